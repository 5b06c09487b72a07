"""What is up beside the tests."""

from __future__ import annotations

import pytest

from deploy.local.stack import Stack

# The whole product while it is up; a suite that comes after all that need it stops it.
HELPDESK = pytest.StashKey[Stack]()
# Of a product whose answers, not whose haste, are tested.
PATIENT = {"ANSWER_WITHIN_SECONDS": "30"}
