"""Reports the tests of pages and files speak of."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from chassis.clock import new_id
from contracts.people import CompanyRef, EquipmentRef, PersonRef, StaffRef
from contracts.reports_http import (
    AgeRow,
    ArticleRef,
    ArticlesReport,
    ArticleUse,
    AssigneeRow,
    BacklogReport,
    Candidate,
    CategoriesReport,
    CategoryCell,
    CategoryRow,
    Comparison,
    ContractUse,
    Customer,
    EffectivenessReport,
    Filters,
    FlowDay,
    Handled,
    HeatCell,
    Kept,
    PerformerWork,
    Period,
    ReasonRow,
    SlaReport,
    SlaRow,
    SlaStep,
    Speed,
    SpeedStep,
    StaffSpeed,
    StatusRow,
    TicketLine,
    Why,
    WorkReport,
    WorkStep,
    WorkTotals,
)
from contracts.tickets import Priority, Status

NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
COMPANY = CompanyRef(id=new_id(), name="ООО «Ромашка»")
ORLOV = StaffRef(id=new_id(), full_name="Орлов Дмитрий Петрович")
CONTRACTOR = Customer(name="ООО «Поддержка»", tax_id="7809876543")
PERIOD = Period.model_validate({"from": date(2026, 11, 1), "to": date(2026, 11, 30), "zone": "Europe/Moscow"})


def line(number: int, *, minutes: int = 60, additional: int = 0, title: str = "Не печатает") -> TicketLine:
    return TicketLine(
        number=number,
        title=title,
        company=COMPANY,
        person=PersonRef(id=new_id(), full_name="Иванова Мария Петровна"),
        category="Печать / Картриджи",
        equipment=None,
        assignee=ORLOV,
        performers=[ORLOV],
        status=Status.CLOSED,
        priority=Priority.NORMAL,
        received_at=NOON,
        reacted_at=NOON,
        resolved_at=NOON,
        reaction_due=NOON,
        resolution_due=NOON,
        reaction_minutes=5,
        resolution_minutes=95,
        assigned_reaction_minutes=3,
        reaction_broken_at=None,
        resolution_broken_at=None,
        breach_reason=None,
        rating=5,
        minutes=minutes,
        additional_minutes=additional,
    )


def work_report(lines: Sequence[TicketLine], *, company: bool = True) -> WorkReport:
    minutes = sum(one.minutes for one in lines)
    additional = sum(one.additional_minutes for one in lines)
    return WorkReport(
        period=PERIOD,
        filters=Filters(company=COMPANY if company else None),
        as_of=NOON,
        previous=PERIOD,
        totals=WorkTotals(
            tickets=len(lines),
            minutes=minutes,
            contract_minutes=minutes - additional,
            additional_minutes=additional,
            additional_tickets=sum(1 for one in lines if one.additional_minutes),
        ),
        previous_totals=WorkTotals(
            tickets=2, minutes=50, contract_minutes=50, additional_minutes=0, additional_tickets=0
        ),
        steps=[
            WorkStep(from_=day, to=day, minutes=minutes, additional_minutes=additional)
            for day in (date(2026, 11, 19), date(2026, 11, 20))
        ],
        customer=Customer(name=COMPANY.name, tax_id="7701234567") if company else None,
        performers=[
            PerformerWork(staff=ORLOV, tickets=len(lines), minutes=minutes, additional_minutes=additional)
        ],
        contracts=[
            ContractUse(
                company_id=COMPANY.id,
                contract_id=new_id(),
                number="1/26",
                valid_from=date(2026, 1, 1),
                valid_to=None,
                month="2026-11",
                from_=date(2026, 11, 1),
                to=date(2026, 11, 30),
                included_minutes=2400,
                used_minutes=2500,
                left_minutes=0,
                over_minutes=100,
                additional_minutes=additional,
                rate=290_000,
                additional_rate=360_000,
                over_amount=483_333,
                additional_amount=additional * 6_000,
                amount=483_333 + additional * 6_000,
            )
        ],
        amount=483_333 + additional * 6_000 if company else None,
        lines=list(lines),
    )


async def streamed(lines: Sequence[TicketLine]) -> AsyncIterator[TicketLine]:
    for one in lines:
        yield one


def categories_report(name: str = "Печать / Картриджи") -> CategoriesReport:
    why = Why(kind="grows", tickets=6, previous_tickets=2, days=30, threshold=5, minutes=340)
    return CategoriesReport(
        period=PERIOD,
        filters=Filters(),
        as_of=NOON,
        previous=PERIOD,
        tickets=10,
        previous_tickets=8,
        minutes=900,
        additional_minutes=60,
        threshold=5,
        rows=[
            CategoryRow(
                category=category, tickets=tickets, share=tickets / 10, minutes=450, additional_minutes=30,
                previous_tickets=previous, change=change,
            )
            for category, tickets, previous, change in ((name, 6, 2, 2.0), (None, 4, 0, None))
        ],
        cells=[CategoryCell(category=name, company=COMPANY, tickets=6, minutes=340)],
        candidates_found=1,
        candidates=[
            Candidate(
                category=name, company=COMPANY, equipment=EquipmentRef(id=new_id(), name=name), tickets=6,
                minutes=340, previous_tickets=2, change=2.0, why=why, numbers=[3, 2, 1],
            )
        ],
    )  # fmt: skip


def _speed(clock: str, median: int | None = 12) -> Speed:
    return Speed.model_validate(
        {
            "clock": clock,
            "tickets": 4,
            "median": median,
            "p90": 40,
            "judged": 4,
            "within": 3,
            "share_within": 0.75,
        }
    )


def effectiveness_report(who: StaffRef | None = ORLOV) -> EffectivenessReport:
    return EffectivenessReport(
        period=PERIOD,
        filters=Filters(),
        as_of=NOON,
        previous=PERIOD,
        tickets=4,
        previous_tickets=0,
        from_registration=_speed("plan"),
        previous_from_registration=_speed("plan", None),
        from_assignment=_speed("shift"),
        resolution=_speed("plan", 240),
        previous_resolution=_speed("plan", 200),
        steps=[
            SpeedStep(from_=date(2026, 11, day), to=date(2026, 11, day), tickets=2, median=median, p90=median)
            for day, median in ((18, 12), (19, None), (20, 30))
        ],
        rating=4.5,
        ratings=2,
        staff=[
            StaffSpeed(
                staff=one, tickets=2, minutes=120, rating=None, from_registration=_speed("plan"),
                from_assignment=_speed("shift", None),
            )
            for one in (who, None)
        ],
        heat=[
            HeatCell(weekday=day, hour=hour, tickets=tickets, median=median)
            for day, hour, tickets, median in ((0, 9, 3, 7), (4, 17, 1, None))
        ],
    )  # fmt: skip


def sla_report(reason: str | None = "Ждали запчасть") -> SlaReport:
    kept = Kept(judged=4, kept=3, broken=1, share_kept=0.75)
    unknown = Kept(judged=0, kept=0, broken=0, share_kept=None)
    return SlaReport(
        period=PERIOD,
        filters=Filters(),
        as_of=NOON,
        previous=PERIOD,
        tickets=5,
        previous_tickets=4,
        reaction=kept,
        previous_reaction=kept,
        resolution=unknown,
        previous_resolution=unknown,
        steps=[
            SlaStep(from_=date(2026, 11, day), to=date(2026, 11, day), reaction=one, resolution=unknown)
            for day, one in ((19, kept), (20, unknown))
        ],
        rows=[SlaRow(company=COMPANY, priority=Priority.HIGH, tickets=5, reaction=kept, resolution=kept)],
        reasons=[ReasonRow(reason=one, target="reaction", broken=1) for one in (reason, None)],
    )


def backlog_report(who: StaffRef | None = ORLOV) -> BacklogReport:
    return BacklogReport(
        period=PERIOD,
        filters=Filters(),
        as_of=NOON,
        previous=PERIOD,
        open=7,
        unassigned=2,
        received=30,
        previous_received=20,
        ended=25,
        previous_ended=0,
        ages=[AgeRow(age="day", tickets=4), AgeRow(age="older", tickets=3)],
        statuses=[StatusRow(status=Status.NEW, tickets=5), StatusRow(status=Status.WAITING, tickets=2)],
        assignees=[AssigneeRow(staff=one, tickets=2, waiting=1, oldest_at=NOON) for one in (who, None)],
        flow=[
            FlowDay(day=date(2026, 11, day), received=day % 7, ended=day % 5, open_at_end=day)
            for day in range(1, 31)
        ],
    )


ARTICLE = ArticleRef(id=UUID(int=77), title="Замяло бумагу", category="Печать", is_published=True)


def articles_report() -> ArticlesReport:
    compared = Comparison(
        category="Печать",
        with_article=Handled(tickets=12, median=15),
        without=Handled(tickets=120, median=40),
        difference=-25,
    )
    use = ArticleUse(article=ARTICLE, inserted=14, linked=0, helped=3, comparisons=[compared])
    return ArticlesReport(
        period=PERIOD,
        filters=Filters(),
        as_of=NOON,
        fewest=10,
        uses=14,
        helped=3,
        rows=[use],
        uncovered=[],
        misses=[],
    )
