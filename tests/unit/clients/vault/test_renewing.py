"""Keys change while secrets are read and written: whatever happens in whatever order, all of it opens."""

from __future__ import annotations

import base64
import os
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from services.clients.domain.vault.data_key import CompanyKey, DataKey, new_data_key, renew, rewrap, unwrap
from services.clients.domain.vault.errors import BrokenSealError
from services.clients.domain.vault.master_keys import MasterKeys


def _masters(*keys: bytes) -> MasterKeys:
    encoded = (f"k{place}-{key[:4].hex()}:{base64.b64encode(key).decode()}" for place, key in enumerate(keys))
    return MasterKeys.read(",".join(encoded))


class Vault(RuleBasedStateMachine):
    """`held` are keys that some process read a while ago and goes on to use."""

    held = Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        self.company, self.masters = uuid4(), [os.urandom(32)]
        self.kept = new_data_key(self.company, self._all())
        self.sealed: dict[tuple[UUID, str], tuple[bytes, str]] = {}
        self.owners = [uuid4() for _ in range(3)]

    def _all(self) -> MasterKeys:
        return MasterKeys({key.hex()[:8]: key for key in self.masters})

    def _now(self) -> CompanyKey:
        return unwrap(self.kept, self._all())

    @rule(target=held)
    def read_the_key(self) -> CompanyKey:
        return self._now()

    @rule(
        key=held, text=st.text(min_size=1, max_size=20), place=st.integers(0, 2), field=st.sampled_from("ab")
    )
    def seal_with_whatever_was_read(self, key: CompanyKey, text: str, place: int, field: str) -> None:
        owner = self.owners[place]
        self.sealed[owner, field] = (key.seal(owner, field, text), text)

    @rule()
    def renew_the_key(self) -> None:
        self.kept = renew(self.kept, self._all())

    @rule()
    def rotate_the_master(self) -> None:
        self.masters.insert(0, os.urandom(32))
        self.kept = rewrap(self.kept, self._all())
        del self.masters[1:]

    @rule(place=st.integers(0, 2), field=st.sampled_from("ab"))
    def seal_anew(self, place: int, field: str) -> None:
        owner, key = self.owners[place], self._now()
        if found := self.sealed.get((owner, field)):
            self.sealed[owner, field] = (key.seal(owner, field, key.open(owner, field, found[0])), found[1])
            assert key.is_newest_of(owner, field, self.sealed[owner, field][0])

    @invariant()
    def all_of_it_opens(self) -> None:
        key = self._now()
        for (owner, field), (sealed, text) in self.sealed.items():
            assert key.open(owner, field, sealed) == text

    @invariant()
    def nothing_of_it_opens_elsewhere(self) -> None:
        key = self._now()
        for (owner, field), (sealed, _) in self.sealed.items():
            assert not key.opens(owner, field + "?", sealed)
            assert not key.opens(uuid4(), field, sealed)


TestVault = Vault.TestCase


def test_what_a_former_key_sealed_is_known_for_that() -> None:
    masters = _masters(os.urandom(32))
    kept, owner = new_data_key(uuid4(), masters), uuid4()
    before = unwrap(kept, masters)
    sealed = before.seal(owner, "secret", "тайна")
    after = unwrap(renew(kept, masters), masters)
    assert after.open(owner, "secret", sealed) == "тайна"
    assert not after.is_newest_of(owner, "secret", sealed)
    assert after.is_newest_of(owner, "secret", after.seal(owner, "secret", "тайна"))
    assert after.is_newest_of(owner, "secret", b"")
    assert not before.opens(owner, "secret", after.seal(owner, "secret", "тайна")), "who has the old one only"


def test_a_former_key_of_another_company_does_not_open() -> None:
    masters = _masters(os.urandom(32))
    one, other = (renew(new_data_key(uuid4(), masters), masters) for _ in range(2))
    mixed = DataKey(company_id=one.company_id, master=one.master, wrapped=one.wrapped, former=other.former)
    try:
        unwrap(mixed, masters)
    except BrokenSealError:
        return
    raise AssertionError
