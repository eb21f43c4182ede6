"""Transactions give their connection back and forget themselves, whatever happens to COMMIT or to the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest

from digital_days.kernel import database

POOL = 4


@pytest.fixture
async def small_pool(database_url: str, pool: None) -> AsyncIterator[None]:
    """Four connections, so that a lost one is soon missed; and a table whose constraint fails at COMMIT."""
    large, database.DB.pool = database.DB.pool, None
    await database.open_pool(POOL)
    await database.fetch("CREATE TABLE promise (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    yield
    await database.fetch("DROP TABLE promise")
    await database.close_pool()
    database.DB.pool = large


async def break_at_commit() -> None:
    async with database.transaction():
        await database.fetch("INSERT INTO promise VALUES (1), (1)")


async def die_inside() -> None:
    async with database.transaction():
        await database.fetch("SELECT pg_terminate_backend(pg_backend_pid())")


async def fail_after_an_inner_transaction() -> None:
    async with database.transaction():
        async with database.transaction():
            await database.fetch("INSERT INTO promise VALUES (2)")
        raise ZeroDivisionError


async def everything_works() -> bool:
    async with asyncio.timeout(5):
        answers = await asyncio.gather(*(database.fetch_one("SELECT 1 AS one") for _ in range(POOL * 2)))
        async with database.transaction():
            answers.append(await database.fetch_one("SELECT 1 AS one"))
    return all(answer is not None and answer["one"] == 1 for answer in answers)


@pytest.mark.usefixtures("small_pool")
async def test_transaction_gives_its_connection_back_when_commit_fails_a_hundred_times():
    for _ in range(100):
        with pytest.raises(asyncpg.UniqueViolationError):
            await break_at_commit()

    assert await everything_works()


@pytest.mark.usefixtures("small_pool")
async def test_transaction_gives_its_connection_back_when_the_server_ends_it_a_hundred_times():
    for _ in range(100):
        with pytest.raises((asyncpg.PostgresError, *database.Unreachable)):
            await die_inside()

    assert await everything_works()


@pytest.mark.usefixtures("small_pool")
async def test_statement_says_that_the_database_is_away_when_the_pool_or_its_connection_is_closed():
    async def use_what_is_dead() -> None:
        async with database.transaction():
            with suppress(asyncpg.PostgresError):
                await database.fetch("SELECT pg_terminate_backend(pg_backend_pid())")
            await database.fetch("SELECT 1")

    with pytest.raises(database.Unreachable):
        await use_what_is_dead()
    assert database.DB.pool
    pool = database.DB.pool
    await pool.close()
    with pytest.raises(database.Unreachable):
        await database.fetch("SELECT 1")
    with pytest.raises(database.Unreachable):
        await break_at_commit()

    database.DB.pool = None
    await database.open_pool(POOL)


@pytest.mark.usefixtures("small_pool")
async def test_statement_that_lacks_an_argument_is_not_taken_for_a_database_that_is_away():
    with pytest.raises(asyncpg.InterfaceError) as found:
        await database.fetch("SELECT $1::int")

    assert not isinstance(found.value, database.Unreachable)


@pytest.mark.usefixtures("small_pool")
async def test_transaction_is_forgotten_by_its_task_after_a_failed_commit():
    with pytest.raises(asyncpg.UniqueViolationError):
        await break_at_commit()

    assert database.DB.current_transaction.get() is None


@pytest.mark.usefixtures("small_pool")
async def test_transaction_inside_another_joins_it():
    with pytest.raises(ZeroDivisionError):
        await fail_after_an_inner_transaction()

    assert await database.fetch("SELECT FROM promise") == []


@pytest.mark.usefixtures("small_pool")
async def test_transaction_is_rolled_back_when_its_task_is_cancelled():
    async def slow() -> None:
        async with database.transaction():
            await database.fetch("INSERT INTO promise VALUES (3)")
            await database.fetch("SELECT pg_sleep(30)")

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await everything_works()
    assert await database.fetch("SELECT FROM promise") == []
