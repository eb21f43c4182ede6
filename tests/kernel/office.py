"""A stand-in for SendGrid and a courier that carries to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from digital_days.kernel.courier import Courier
from digital_days.kernel.patience import Patience
from digital_days.kernel.sendgrid_transport import SendGrid
from digital_days.kernel.settings import Settings
from tests.kernel.sendgrid_stand_in import API_KEY, Answer, StandIn, stand_in

PATIENCE = Patience()


@dataclass
class Office:
    """A stand-in and a courier that carries to it."""

    sendgrid: StandIn
    courier: Courier


@asynccontextmanager
async def an_office(settings: Settings, **behaviour: Any) -> AsyncIterator[Office]:
    async with stand_in(**behaviour) as sendgrid:
        real = with_key(settings, sendgrid.url)
        transport = SendGrid(real, threads=4)
        yield Office(sendgrid, Courier(transport, settings=real, patience=PATIENCE))
        await asyncio.to_thread(transport.close)


def with_key(settings: Settings, url: str) -> Settings:
    return msgspec.structs.replace(settings, sendgrid_api_key=API_KEY, sendgrid_url=url, sendgrid_timeout=0.3)


def always(answer: Answer) -> Callable[[dict[str, Any]], Answer]:
    return lambda _request: answer
