"""Contracts by table: periods that fit, plans by name, hours and roubles as people write them."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from contracts.plans import PlanSaved
from tests.contract.clients.service import SPECIALIST, Service
from tests.contract.clients.tables.files import applied, previewed, rows_of, text_of, unique, upload

_HEAD = "Номер договора;Компания;Действует с;Действует по;План SLA;Часов в месяц;Ставка\n"


async def _listed(service: Service, company: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = (await service.call("GET", f"/contracts?company={company['id']}")).body["items"]
    return {one["number"]: one for one in found}


async def test_contracts_come_by_table_and_are_told_as_they_are_written(service: Service) -> None:
    company, plan = await service.company(unique("ООО Договор")), unique("План")
    saved = PlanSaved(id=new_id(), version=1, name=plan)
    await service.registry.plans.save(saved)
    name = company["name"]
    content = _HEAD + (
        f"1/25;{name};01.01.2025;31.12.2025;{plan.upper()};1,5;2 500,50\n"
        f"2/26;{name};2026-01-01;;;40;0\n"
        f"3/26;{name};01.06.2025;30.06.2025;Нет такого;1;1\n"
        f"4/26;{name};01.02.2026;01.01.2026;;;\n"
        f"5/26;{name};01.01.2020;31.12.2020;;сорок;\n"
    )
    job = await previewed(service, "contracts", content)
    rows = await rows_of(service, job)
    assert [(row["outcome"], row["reason"]) for row in rows] == [
        ("create", ""),
        ("create", ""),
        ("error", "plan: there is no such SLA plan"),
        ("error", "valid_to: it ends before it begins"),
        ("error", "included_minutes: not a number"),
    ]
    await applied(service, job)
    kept = await _listed(service, company)
    first = kept["1/25"]
    assert (first["included_minutes"], first["rate"], first["plan_id"]) == (90, 250_050, str(saved.id))
    assert (kept["2/26"]["included_minutes"], kept["2/26"]["valid_to"]) == (2400, None)
    content = (await text_of(service, f"/export?what=contracts&company={company['id']}")).decode()
    assert f"1/25;{plan};01.01.2025;31.12.2025;1,5;2500,5" in content


async def test_a_period_that_meets_another_contracts_is_refused_before_it_is_written(
    service: Service,
) -> None:
    company = await service.company(unique("ООО Период"))
    body = {"company_id": company["id"], "number": "0", "valid_from": "2025-01-01", "valid_to": "2025-12-31"}
    assert (await service.call("POST", "/contracts", body)).status == 201
    content = _HEAD + (
        f"1;{company['name']};01.12.2025;;;;\n0;{company['name']};01.02.2025;31.03.2026;;10;\n"
        f"2;{company['name']};01.01.2027;;;;\n3;{company['name']};01.01.2028;;;;\n"
        f"4;{company['name']};01.02.2026;30.06.2026;;;\n5;{company['name']};01.04.2026;31.12.2026;;;\n"
    )
    job = await previewed(service, "contracts", content)
    rows = await rows_of(service, job)
    assert [(row["outcome"], row["reason"]) for row in rows] == [
        ("error", "valid_from: contract 0 holds from 2025-01-01 until 2025-12-31"),
        ("update", ""),
        ("create", ""),
        ("error", "valid_from: contract 2 of this file holds from 2027-01-01 until further notice"),
        ("error", "valid_from: contract 0 of this file holds from 2025-02-01 until 2026-03-31"),
        ("create", ""),
    ]
    done = await applied(service, job)
    assert [row["outcome"] for row in await rows_of(service, done)] == [row["outcome"] for row in rows]
    assert sorted(await _listed(service, company)) == ["0", "2", "5"]


@pytest.mark.parametrize("hours", ["-1", "1e9", "NaN", "1,2,3", "９"])
async def test_what_is_no_number_of_hours_is_refused(service: Service, hours: str) -> None:
    company = await service.company(unique("ООО Часы"))
    job = await previewed(service, "contracts", _HEAD + f"1;{company['name']};01.01.2025;;;{hours};\n")
    assert job["counts"]["error"] == 1


async def test_who_keeps_no_contracts_brings_none_in(service: Service) -> None:
    refused = await upload(service, "contracts", _HEAD + "1;А;01.01.2025;;;;\n", who=SPECIALIST)
    assert (refused.status, refused.fields) == (422, ["what"])
