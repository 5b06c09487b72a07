"""What access hears: clients' devices."""

from __future__ import annotations

from typing import Annotated

from faststream.rabbit import RabbitRouter

from chassis.broker import Store, listen
from contracts.clients import DeviceEvent, DeviceRevoked
from contracts.envelope import Envelope
from contracts.queues import GATEWAY_ON_DEVICE
from gateway.access.devices import Devices

router = RabbitRouter()
HEARD = (GATEWAY_ON_DEVICE,)
DevicesStore = Annotated[Devices, Store("devices")]


@router.subscriber(listen(GATEWAY_ON_DEVICE))
async def on_device(event: Envelope[DeviceEvent], devices: DevicesStore) -> None:
    await devices.hear(event.data, revoked=event.data.revoked or event.type == DeviceRevoked.TYPE)
