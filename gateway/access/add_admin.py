"""`python -m gateway.access.add_admin LOGIN "FULL NAME"`: the first account of a new installation.

Reads the password from standard input, or asks for it; everything else about staff is done by this account.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys

from pydantic import ValidationError

from chassis.clock import now
from chassis.mongo import connect, database
from chassis.problems import Problem, field_errors
from chassis.serve import read_settings
from contracts.gateway_http import NewStaff
from gateway.access.access import Access
from gateway.access.accounts import add_member
from gateway.settings import GatewaySettings


async def _add(settings: GatewaySettings, new: NewStaff) -> None:
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        access = Access(database(client, settings.mongodb_database), settings)
        await access.prepare()
        await add_member(access, new, now())


def main() -> None:
    """The environment is the gateway's."""
    parser = argparse.ArgumentParser(prog="python -m gateway.access.add_admin", description=__doc__)
    parser.add_argument("login")
    parser.add_argument("full_name")
    asked = parser.parse_args()
    settings = read_settings(GatewaySettings, "gateway")
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        new = NewStaff(login=asked.login, full_name=asked.full_name, roles=["admin"], password=password)
        asyncio.run(_add(settings, new))
    except ValidationError as error:
        sys.exit("; ".join(f"{field}: {message}" for field, message in field_errors(error.errors())))
    except Problem as problem:
        sys.exit(problem.detail)


if __name__ == "__main__":
    main()
