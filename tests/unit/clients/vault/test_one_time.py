"""One-time codes as an authenticator shows them."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime

import pytest

from services.clients.domain.errors import RuleError
from services.clients.domain.vault.one_time import checked_seed, code_of

# The seed of RFC 6238, appendix B: «12345678901234567890».
_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
_URI = f"otpauth://totp/ACME:me?secret={_SEED}&digits=8&algorithm=SHA1&period=30"


@pytest.mark.parametrize(
    ("second", "code"), [(59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")]
)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    at = datetime.fromtimestamp(second, UTC)
    assert code_of(_URI, at).code == code
    assert code_of(_SEED, at).code == code[2:]


@pytest.mark.parametrize(
    ("second", "code"), [(59, "46119246"), (1111111109, "68084774"), (20000000000, "77737706")]
)
def test_codes_of_sha256_are_those_of_the_standard(second: int, code: str) -> None:
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA===="
    address = f"otpauth://totp/x?secret={seed.rstrip('=')}&digits=8&algorithm=SHA256"
    assert code_of(address, datetime.fromtimestamp(second, UTC)).code == code


def test_the_short_seeds_of_many_sites_are_good_too() -> None:
    """Sixteen signs are 80 bits; the code is computed here from the standard alone."""
    seed, at = "GEZDGNBVGY3TQOJQ", datetime.fromtimestamp(1111111109, UTC)
    digest = hmac.digest(b"1234567890", (1111111109 // 30).to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    code = f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"
    assert checked_seed("GEZD GNBV GY3T QOJQ") == seed
    assert code_of(seed, at).code == code
    for address in (
        f"otpauth://totp/ACME:me?secret={seed}",
        f"OTPAUTH://TOTP/A:me?secret={seed.lower()}&issuer=B",
    ):
        assert code_of(checked_seed(address), at).code == code


def test_it_says_how_long_a_code_is_good() -> None:
    assert code_of(_SEED, datetime.fromtimestamp(59, UTC)).valid_for_seconds == 1
    assert code_of(_SEED, datetime.fromtimestamp(60, UTC)).valid_for_seconds == 30


def test_a_seed_is_taken_as_sites_print_it() -> None:
    assert checked_seed("gezd gnbv gy3t qojq-gezd gnbv gy3t qojq==") == _SEED
    assert checked_seed("") == ""
    assert checked_seed(_URI) == _URI


@pytest.mark.parametrize(
    "seed",
    [
        "GEZD",
        "не семя",
        "1" * 32,
        "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQ&counter=1",
        "otpauth://totp/x",
        "otpauth://totp/x?secret=!!!",
        f"otpauth://totp/x?secret={_SEED}&period=0",
        f"otpauth://totp/x?secret={_SEED}&period=99999999",
        f"otpauth://totp/x?secret={_SEED}&digits=77",
        f"otpauth://totp/x?secret={_SEED}&algorithm=MD4",
    ],
)
def test_what_is_no_seed_is_refused(seed: str) -> None:
    with pytest.raises(RuleError):
        checked_seed(seed)
