"""Work done: totals, performers, and what contracts had included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from contracts.reports_http import ContractUse, PerformerWork, WorkStep, WorkTotals
from contracts.terms import ContractSaved
from services.reporting.domain.contributions import ALL
from services.reporting.domain.figures import Figures
from services.reporting.domain.reports.names import Names
from services.reporting.domain.span import Span


def totals_of(figures: Figures) -> WorkTotals:
    minutes, additional = figures.number("work", ALL, "m"), figures.number("work", ALL, "a")
    return WorkTotals(
        tickets=figures.number("work", ALL, "t"),
        minutes=minutes,
        contract_minutes=minutes - additional,
        additional_minutes=additional,
        additional_tickets=figures.number("work", ALL, "at"),
    )


def steps_of(steps: Sequence[tuple[Span, Figures]]) -> list[WorkStep]:
    return [
        WorkStep(
            from_=span.first,
            to=span.last,
            minutes=figures.number("work", ALL, "m"),
            additional_minutes=figures.number("work", ALL, "a"),
        )
        for span, figures in steps
    ]


def performers_of(figures: Figures, names: Names) -> list[PerformerWork]:
    """Who worked most first."""
    found = [
        PerformerWork(
            staff=names.staff(key),
            tickets=figures.number("work", key, "t"),
            minutes=figures.number("work", key, "m"),
            additional_minutes=figures.number("work", key, "a"),
        )
        for key in figures.keys("work")
        if key != ALL and figures.number("work", key, "m")
    ]
    return sorted(found, key=lambda one: (-one.minutes, one.staff.full_name if one.staff else ""))


class ContractMonth(NamedTuple):
    """`span`: the days of the month on which the contract holds."""

    contract: ContractSaved
    month: str
    span: Span


def contract_months(contracts: Sequence[ContractSaved], span: Span) -> list[ContractMonth]:
    """Every month of the period in which a contract holds on some day."""
    found = []
    for month in span.months():
        whole = month_span(month)
        for contract in contracts:
            held = Span(
                max(whole.first, contract.valid_from), min(whole.last, contract.valid_to or whole.last)
            )
            if held.first <= held.last and not contract.archived:
                found.append(ContractMonth(contract, month, held))
    return found


def month_span(month: str) -> Span:
    first = date.fromisoformat(f"{month}-01")
    return Span(first, (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1))


def use_of(held: ContractMonth, figures: Figures) -> ContractUse:
    """`figures` are of the company's work on the days held."""
    totals, contract = totals_of(figures), held.contract
    beyond = totals.contract_minutes - contract.included_minutes
    return ContractUse(
        company_id=contract.company_id,
        contract_id=contract.id,
        number=contract.number,
        valid_from=contract.valid_from,
        valid_to=contract.valid_to,
        month=held.month,
        from_=held.span.first,
        to=held.span.last,
        included_minutes=contract.included_minutes,
        used_minutes=totals.contract_minutes,
        left_minutes=max(-beyond, 0),
        over_minutes=max(beyond, 0),
        additional_minutes=totals.additional_minutes,
        **_money(contract, max(beyond, 0), totals.additional_minutes),
    )


def _money(contract: ContractSaved, over: int, additional: int) -> dict[str, int | None]:
    additional_rate = contract.rate if contract.additional_rate is None else contract.additional_rate
    amounts = charged(over, contract.rate), charged(additional, additional_rate)
    return {
        "rate": contract.rate,
        "additional_rate": additional_rate,
        "over_amount": amounts[0],
        "additional_amount": amounts[1],
        "amount": summed(amounts),
    }


def charged(minutes: int, rate: int) -> int | None:
    """Kopecks for `minutes` at `rate` kopecks an hour, half upwards; None where no rate was agreed."""
    if minutes and not rate:
        return None
    return (minutes * rate + 30) // 60


def amount_of(contracts: Sequence[ContractUse]) -> int | None:
    """None without a contract: nothing was agreed."""
    return summed(one.amount for one in contracts) if contracts else None


def summed(amounts: Iterable[int | None]) -> int | None:
    """None as soon as one is not known: a sum without it would be too little."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
