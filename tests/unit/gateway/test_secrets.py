from datetime import UTC, datetime

import pytest

from gateway.access.passwords import Passwords
from gateway.access.secret import csrf_token_of, hashed, new_token
from gateway.access.staff import login_key
from gateway.access.totp import code_at, matching_step

# RFC 6238, appendix B: the secret of SHA-1 in Base32, and its codes cut to six digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_one_time_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    assert code_at(SECRET, seconds // 30) == code


def test_a_code_is_good_half_a_minute_early_or_late_and_no_longer() -> None:
    at = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
    step = int(at.timestamp()) // 30

    assert matching_step(SECRET, code_at(SECRET, step - 1), at) == step - 1
    assert matching_step(SECRET, f" {code_at(SECRET, step + 1)[:3]} {code_at(SECRET, step + 1)[3:]}", at)
    assert matching_step(SECRET, code_at(SECRET, step - 2), at) is None
    assert matching_step(SECRET, "", at) is None
    assert matching_step(SECRET, "١٢٣٤٥٦", at) is None


def test_tokens_are_long_and_different_and_csrf_follows_from_the_session() -> None:
    first, second = new_token(), new_token()

    assert len(first) >= 43
    assert first != second
    assert csrf_token_of(first) == csrf_token_of(first) != csrf_token_of(second)
    assert hashed(first) not in csrf_token_of(first)


async def test_a_password_matches_its_own_hash_only() -> None:
    passwords = Passwords()
    known = await passwords.hash("верный пароль")

    assert known.startswith("$argon2id$")
    assert await passwords.match(known, "верный пароль")
    assert not await passwords.match(known, "неверный")
    assert not await passwords.match("not a hash", "верный пароль")


async def test_nobodys_password_is_never_right_however_it_is_spelt() -> None:
    passwords = Passwords()

    assert not await passwords.match(None, "что угодно")
    assert not await passwords.match(None, "\ud800")


def test_two_spellings_of_one_login_are_one_account() -> None:
    assert login_key(" Admin ") == login_key("ADMIN") == login_key("ａｄｍｉｎ")
