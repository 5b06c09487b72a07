"""What is sealed opens in its own place with its own key, and nowhere else."""

from __future__ import annotations

import base64
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clients.domain.vault.data_key import CompanyKey, DataKey, new_data_key, rewrap, unwrap
from services.clients.domain.vault.errors import BrokenSealError
from services.clients.domain.vault.master_keys import MasterKeys

_OLD, _NEW = bytes(range(32)), bytes(range(32, 64))
_TEXTS = st.text(min_size=1, max_size=200)
_FIELDS = st.sampled_from(["login", "secret", "totp_seed", "notes"])


def _masters(**keys: bytes) -> MasterKeys:
    return MasterKeys.read(",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in keys.items()))


def _key(company: UUID | None = None) -> CompanyKey:
    masters = _masters(old=_OLD)
    return unwrap(new_data_key(company or uuid4(), masters), masters)


@given(_TEXTS, _FIELDS)
def test_what_is_sealed_opens_as_it_was(text: str, field: str) -> None:
    key, owner = _key(), uuid4()
    sealed = key.seal(owner, field, text)
    assert key.open(owner, field, sealed) == text
    assert text.encode() not in sealed or len(text) < 4


@given(_TEXTS)
def test_the_same_text_is_never_sealed_alike(text: str) -> None:
    key, owner = _key(), uuid4()
    assert key.seal(owner, "secret", text) != key.seal(owner, "secret", text)


@given(_TEXTS, st.data())
def test_a_byte_that_was_changed_is_noticed_wherever_it_is(text: str, data: st.DataObject) -> None:
    key, owner = _key(), uuid4()
    sealed = bytearray(key.seal(owner, "secret", text))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BrokenSealError):
        key.open(owner, "secret", bytes(sealed))


@given(_TEXTS, st.data())
def test_what_was_cut_off_is_noticed(text: str, data: st.DataObject) -> None:
    key, owner = _key(), uuid4()
    sealed = key.seal(owner, "secret", text)
    with pytest.raises(BrokenSealError):
        key.open(owner, "secret", sealed[: data.draw(st.integers(1, len(sealed) - 1))])


@given(_TEXTS)
def test_what_was_moved_to_another_field_credential_or_company_does_not_open(text: str) -> None:
    company, owner = uuid4(), uuid4()
    key = _key(company)
    sealed = key.seal(owner, "secret", text)
    elsewhere = [
        (key, owner, "login"),
        (key, uuid4(), "secret"),
        (CompanyKey(uuid4(), key.key), owner, "secret"),
        (_key(company), owner, "secret"),
    ]
    for other_key, other_owner, field in elsewhere:
        with pytest.raises(BrokenSealError):
            other_key.open(other_owner, field, sealed)


def test_nothing_is_kept_as_nothing() -> None:
    key, owner = _key(), uuid4()
    assert key.seal(owner, "secret", "") == b""
    assert key.open(owner, "secret", b"") == ""


def test_a_data_key_moved_to_another_company_does_not_open() -> None:
    masters = _masters(old=_OLD)
    kept = new_data_key(uuid4(), masters)
    with pytest.raises(BrokenSealError):
        unwrap(DataKey(company_id=uuid4(), master=kept.master, wrapped=kept.wrapped), masters)


@given(_TEXTS)
def test_a_rotation_changes_the_wrapping_and_nothing_that_is_sealed(text: str) -> None:
    before, both, after = _masters(old=_OLD), _masters(new=_NEW, old=_OLD), _masters(new=_NEW)
    kept, owner = new_data_key(uuid4(), before), uuid4()
    sealed = unwrap(kept, before).seal(owner, "secret", text)
    fresh = rewrap(kept, both)
    assert (fresh.master, fresh.wrapped != kept.wrapped) == ("new", True)
    for data_key, masters in ((kept, both), (fresh, both), (fresh, after)):
        assert unwrap(data_key, masters).open(owner, "secret", sealed) == text
    with pytest.raises(BrokenSealError):
        unwrap(kept, after)


def test_a_fingerprint_is_the_same_for_the_same_and_another_companys_is_another() -> None:
    key = _key()
    assert key.fingerprint("demo") == key.fingerprint("demo") != key.fingerprint("Demo")
    assert _key().fingerprint("demo") != key.fingerprint("demo")


def test_keys_do_not_show_themselves() -> None:
    masters, key = _masters(old=_OLD), _key()
    for shown in (repr(masters), str(masters), repr(key), f"{key}"):
        assert repr(_OLD)[2:-1] not in shown
        assert repr(key.key)[2:-1] not in shown


@pytest.mark.parametrize(
    "text",
    ["", ",", "a", "a:", ":AAAA", "a:AAAA", "a:не ключ", f"a b:{'A' * 43}=", f"a:{'A' * 43}=,a:{'A' * 43}="],
)
def test_what_are_no_master_keys_is_refused_without_showing_them(text: str) -> None:
    with pytest.raises(ValueError, match="MASTER_KEYS is") as refused:
        MasterKeys.read(text)
    assert "AAAA" not in str(refused.value)


def test_the_first_of_several_is_the_newest() -> None:
    assert _masters(new=_NEW, old=_OLD).newest == "new"
