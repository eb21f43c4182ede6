"""One PostgreSQL, one pool a process, and transactions that always give their connection back."""

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine

os.environ.setdefault("PICCOLO_CONF", "digital_days.piccolo_conf")  # where Piccolo's own tools find DB


class _Engine(PostgresEngine):
    async def check_version(self) -> None:
        """Piccolo asks the server at import, when none may be running yet; ours is checked by its migrations."""


DB = _Engine(config={})


class Closed(Exception):
    """The pool or the connection was closed before the statement: the server went away, or we are stopping."""


Unreachable = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.ConnectionDoesNotExistError,
    Closed,
)


def connect_to(database_url: str) -> None:
    """Names the server for this process; nothing is opened yet."""
    DB.config.clear()
    DB.config.update(dsn=database_url, timeout=10)  # seconds to connect: what speaks no PostgreSQL never answers


async def open_pool(size: int) -> None:
    """Opens the pool; raises one of ``Unreachable`` when no server answers."""
    await DB.start_connection_pool(min_size=min(2, size), max_size=size, reset=_keep_as_it_is, command_timeout=30)


async def close_pool() -> None:
    """Waits for borrowed connections and closes; harmless without a pool."""
    if DB.pool:
        await DB.close_connection_pool()


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Commits on leaving, rolls back on an exception; inside another one it joins it.

    Whatever happens to the COMMIT or to the connection, the connection goes back to the pool and the
    task forgets the transaction: Piccolo's own context manager keeps both when COMMIT fails.
    """
    if DB.current_transaction.get():
        yield
        return
    handle = DB.transaction()
    with _closed_told_apart():
        handle.connection = await handle.get_connection()
    try:
        handle.transaction = handle.connection.transaction()
        with _closed_told_apart():
            await handle.begin()
        token = DB.current_transaction.set(handle)
        try:
            yield
        except BaseException:
            with suppress(*Unreachable, asyncpg.PostgresError, asyncpg.InterfaceError):
                await handle.rollback()
            raise
        else:
            with _closed_told_apart():
                await handle.commit()
        finally:
            DB.current_transaction.reset(token)
    finally:
        await _give_back(handle.connection)


@asynccontextmanager
async def taken_back() -> AsyncIterator[None]:
    """What is written inside is seen inside, and undone on leaving; locks last as long as a transaction around it."""
    async with transaction():
        current = DB.current_transaction.get()
        savepoint = current.connection.transaction() if current else None
        if savepoint is None:  # pragma: no cover - we are inside one
            raise RuntimeError("there is no transaction")
        await savepoint.start()
        try:
            yield
        finally:
            await savepoint.rollback()


def in_transaction() -> bool:
    """Whether this task has one open; a statement that fails takes it along."""
    return DB.current_transaction.get() is not None


Row = Mapping[str, Any]


async def fetch(sql: str, *arguments: object) -> list[Row]:
    """Rows of a hand-written statement (``$1`` placeholders), inside the current transaction if there is one."""
    current = DB.current_transaction.get()
    if source := current.connection if current else DB.pool:
        with _closed_told_apart():
            return list(await source.fetch(sql, *arguments))
    connection = await DB.get_new_connection()
    try:
        return list(await connection.fetch(sql, *arguments))
    finally:
        await connection.close()


async def fetch_one(sql: str, *arguments: object) -> Row | None:
    """The first row, or none."""
    rows = await fetch(sql, *arguments)
    return rows[0] if rows else None


@contextmanager
def _closed_told_apart() -> Iterator[None]:
    # asyncpg has one class for what is closed and for what we do wrong, and only words to tell them apart.
    try:
        yield
    except asyncpg.InterfaceError as error:
        if str(error).endswith(("is closed", "is closing", "released back to the pool")):
            raise Closed from error
        raise


async def _give_back(connection: Any) -> None:
    if DB.pool:
        await DB.pool.release(connection)
    else:
        await connection.close()


async def _keep_as_it_is(_connection: Any) -> None:
    """We set nothing on a session, so the pool need not spend a round trip on clearing it."""
