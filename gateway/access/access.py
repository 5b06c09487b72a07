"""Everything about who may come in, in one place."""

from __future__ import annotations

from datetime import timedelta

from chassis.mongo import Database
from gateway.access.api_tokens import ApiTokens
from gateway.access.devices import Devices
from gateway.access.passwords import Passwords
from gateway.access.rate import Rate
from gateway.access.sessions import Sessions
from gateway.access.staff import Staff
from gateway.access.throttle import Throttle
from gateway.settings import GatewaySettings

# How often one address may come with tokens nobody knows.
_GUESSES_PER_SECOND, _GUESSES_AT_ONCE = 2, 50


class Access:
    def __init__(self, database: Database, settings: GatewaySettings) -> None:
        self.passwords = Passwords()
        self.throttle = Throttle(database)
        self.guesses = Rate(_GUESSES_PER_SECOND, _GUESSES_AT_ONCE)
        self.staff = Staff(database, use_demo=settings.environment == "local")
        self.sessions = Sessions(
            database,
            self.staff,
            idle=timedelta(hours=settings.session_idle_hours),
            longest=timedelta(days=settings.session_days),
        )
        self.api_tokens = ApiTokens(database, self.staff)
        self.devices = Devices(database)

    async def prepare(self) -> None:
        """Indexes; made before anything is asked."""
        for part in (self.staff, self.sessions, self.api_tokens, self.devices, self.throttle):
            await part.prepare()
