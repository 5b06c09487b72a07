"""Passwords: hashed by Argon2id in threads of their own, so that the loop never waits."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chassis.problems import Problem

SHORTEST, LONGEST = 8, 1000
_THREADS = 2
# More waiting than this means guessing, or an outage: each takes some 30 ms of a core.
_MOST_WAITING = 32


class Passwords:
    """OWASP's parameters for Argon2id (19 MiB, 2 passes, 1 lane)."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="argon2")
        self._nobody = self._hasher.hash(secrets.token_hex())
        self._waiting = 0

    async def hash(self, password: str) -> str:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._hasher.hash, _encoded(password))

    async def match(self, known: str | None, password: str) -> bool:
        """Without a known hash (no such account) it takes as long and is False."""
        if self._waiting >= _MOST_WAITING:
            raise Problem(503, "Too many are signing in just now.", headers={"Retry-After": "2"})
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            matches = await loop.run_in_executor(self._threads, self._verify, known or self._nobody, password)
        finally:
            self._waiting -= 1
        return matches and known is not None

    def _verify(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, _encoded(password))
        except (VerificationError, InvalidHashError):
            return False


def _encoded(password: str) -> bytes:
    """JSON can carry lone surrogates, which UTF-8 cannot."""
    return password.encode("utf-8", "surrogatepass")
