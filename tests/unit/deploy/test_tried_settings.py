"""Of the surroundings of `make run` the services hear what the documentation promises, and nothing else."""

from __future__ import annotations

from deploy.local.services import ROOT, tried_settings


def test_what_is_worth_trying_is_handed_on_and_nothing_else() -> None:
    surroundings = {"SMTP_HOST": "127.0.0.1", "CLOSE_AFTER_DAYS": "1", "MASTER_KEYS": "x", "MONGODB_URL": "y"}
    assert tried_settings(surroundings) == {"SMTP_HOST": "127.0.0.1", "CLOSE_AFTER_DAYS": "1"}


def test_whatever_is_handed_on_is_told_in_operations() -> None:
    told = (ROOT / "docs/operations.md").read_text()
    names = ["SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SENDER"]
    names += ["MODERNISATION_THRESHOLD", "CLOSE_AFTER_DAYS"]
    assert tried_settings(dict.fromkeys(names, "1")).keys() == set(names)
    assert not [name for name in names if f"`{name}`" not in told]
