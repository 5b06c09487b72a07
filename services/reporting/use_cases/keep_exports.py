"""Files in the background are asked for and found by who asked, and by nobody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.principal import Principal
from contracts.exports_http import NewExport
from services.reporting.domain.export import (
    KEPT,
    MOST_UNFINISHED,
    Export,
    ExportKeyReusedError,
    ExportNotFoundError,
    ExportStorage,
    TooManyExportsError,
)
from services.reporting.use_cases.ask import Asking, NotForYouError, asked_by, reach_of

_SHOWN = 50


async def ask_export(
    exports: ExportStorage, new: NewExport, caller: Principal, key: UUID, at: datetime, zone: ZoneInfo
) -> Export:
    """Raises NotForYouError, TooManyExportsError, ExportKeyReusedError; the same key asks once."""
    if new.report == "articles" and not caller.is_staff:
        raise NotForYouError
    span = asked_by(Asking(new, caller, zone, at)).span
    query = {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        **new.model_dump(mode="json", include={"company", "staff", "category"}, exclude_none=True),
    }
    wanted = Export(
        id=key,
        owner=caller.id,
        reach=reach_of(caller),
        report=new.report,
        format=new.format,
        lang=new.lang,
        query=query,
        asked_at=at,
        expires_at=at + KEPT,
    )
    if await exports.unfinished(caller.id) >= MOST_UNFINISHED:
        await _known(exports, wanted)
    kept = await exports.add(wanted)
    if not kept.asks_for_the_same(wanted):
        raise ExportKeyReusedError
    return kept


async def _known(exports: ExportStorage, wanted: Export) -> None:
    """What is asked for again is no more of them."""
    try:
        await exports.get(wanted.id)
    except ExportNotFoundError:
        raise TooManyExportsError from None


async def list_exports(exports: ExportStorage, caller: Principal, at: datetime) -> list[Export]:
    reach = reach_of(caller)
    return [one for one in await exports.of(caller.id, _SHOWN) if one.is_for(caller.id, reach, at)]


async def find_export(exports: ExportStorage, key: UUID, caller: Principal, at: datetime) -> Export:
    """Raises ExportNotFoundError."""
    export = await exports.get(key)
    if not export.is_for(caller.id, reach_of(caller), at):
        raise ExportNotFoundError
    return export


async def end_export(exports: ExportStorage, key: UUID, caller: Principal, at: datetime) -> None:
    """Raises ExportNotFoundError."""
    export = await find_export(exports, key, caller, at)
    await exports.end(export.id, at)
