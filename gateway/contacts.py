"""When devices last came: clients keeps them, but whom we let in only we see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from starlette.responses import Response

from gateway.parts import Parts


async def tell_last_contact(parts: Parts, devices: Sequence[dict[str, Any]]) -> None:
    """Fill in `last_contact` of devices as clients shows them."""
    known = await parts.access.devices.last_contacts([UUID(device["id"]) for device in devices])
    for device in devices:
        device["last_contact"] = known.get(UUID(device["id"]))


async def with_last_contact(parts: Parts, response: Response) -> Response:
    """The same answer of clients, a device or a page of them, with their last contacts."""
    if response.status_code != 200 or not response.body:
        return response
    shown = orjson.loads(response.body)
    await tell_last_contact(parts, shown.get("items", [shown]))
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(orjson.dumps(shown, option=orjson.OPT_UTC_Z), headers=headers)
