"""Which contract holds on a day, and which may not stand beside another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clients.domain.contract import Contract, holding_on
from services.clients.domain.errors import RuleError

_AT = datetime(2026, 11, 23, tzinfo=UTC)
_COMPANY = uuid4()
_DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def _contract(first: str, last: str | None = None, number: str = "1", key: UUID | None = None) -> Contract:
    return Contract(
        id=key or uuid4(),
        company_id=_COMPANY,
        number=number,
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(last) if last else None,
        created_at=_AT,
        updated_at=_AT,
    )


def test_both_days_belong_to_the_period() -> None:
    contract = _contract("2026-01-01", "2026-12-31")
    assert contract.holds_on(date(2026, 1, 1))
    assert contract.holds_on(date(2026, 12, 31))
    assert not contract.holds_on(date(2025, 12, 31))
    assert not contract.holds_on(date(2027, 1, 1))


def test_without_an_end_it_holds_until_further_notice() -> None:
    contract = _contract("2026-01-01")
    assert contract.holds_on(date(2150, 1, 1))
    assert contract.state(date(2026, 1, 1)) == "current"


@pytest.mark.parametrize(
    ("day", "state"), [("2025-12-31", "coming"), ("2026-06-01", "current"), ("2027-01-01", "over")]
)
def test_its_state_follows_from_the_day(day: str, state: str) -> None:
    assert _contract("2026-01-01", "2026-12-31").state(date.fromisoformat(day)) == state


def test_the_next_one_begins_the_day_after() -> None:
    _contract("2027-01-01").must_fit_among([_contract("2026-01-01", "2026-12-31")])


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-12-31", None),
        ("2025-01-01", "2026-01-01"),
        ("2025-01-01", None),
        ("2026-03-01", "2026-03-01"),
        ("2025-01-01", "2028-01-01"),
    ],
)
def test_a_period_that_meets_another_names_it(first: str, last: str | None) -> None:
    with pytest.raises(RuleError, match="contract 7-А holds from 2026-01-01 until 2026-12-31"):
        _contract(first, last).must_fit_among([_contract("2026-01-01", "2026-12-31", "7-А")])


def test_it_does_not_stand_in_its_own_way() -> None:
    contract = _contract("2026-01-01", "2026-12-31")
    _contract("2026-02-01", key=contract.id).must_fit_among([contract])


def test_an_archived_one_is_in_nobodys_way() -> None:
    archived = _contract("2026-01-01")
    archived.change({"archived": True}, _AT)
    _contract("2026-02-01").must_fit_among([archived])
    archived.must_fit_among([_contract("2026-02-01")])
    assert not archived.holds_on(date(2026, 3, 1))


def test_one_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        _contract("2026-02-01", "2026-01-31").must_fit_among([])
    assert refused.value.field == "valid_to"


@given(st.lists(st.tuples(_DAYS, st.integers(0, 400)), max_size=12), _DAYS)
def test_of_those_that_were_let_in_never_two_hold_on_a_day(
    periods: list[tuple[date, int]], day: date
) -> None:
    kept: list[Contract] = []
    for first, length in periods:
        last = first + timedelta(days=length)
        contract = _contract(first.isoformat(), last.isoformat() if length < 400 else None)
        try:
            contract.must_fit_among(kept)
        except RuleError:
            continue
        kept.append(contract)
    holding = [contract for contract in kept if contract.holds_on(day)]
    assert len(holding) <= 1
    assert holding_on(kept, day) == (holding[0] if holding else None)
