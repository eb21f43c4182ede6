"""How many statements a block of code needs: pages must not need more for more rows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from digital_days.kernel import database, editions


@asynccontextmanager
async def counted_statements(*, remembering: bool = False) -> AsyncIterator[list[str]]:
    """The statements that the test's own transaction sends meanwhile, with the editions already known or not."""
    sent: list[str] = []

    def note(record: Any) -> None:
        sent.append(record.query)

    if not remembering:
        editions.forget()
    await asyncio.sleep(0)  # asyncpg tells of a statement in the loop's next turn
    transaction = database.DB.current_transaction.get()
    assert transaction is not None
    with transaction.connection.query_logger(note):
        yield sent
        await asyncio.sleep(0)
