"""Real servers for all tests: one PostgreSQL and one Valkey a run, one database a worker."""

import asyncio
import gc
import os
import tempfile
from collections.abc import AsyncIterator, Generator
from contextlib import suppress
from pathlib import Path

import asyncpg
import httpx
import hypothesis
import pytest
from litestar import Litestar

from digital_days.app import build, outermost
from digital_days.embedded import servers
from digital_days.kernel import database, editions, revalidated, wake
from digital_days.kernel.settings import Settings, current
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.sessions import start_session
from digital_days.migrations import migrate

pytest_plugins = ["tests.live_site"]
hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("untimed")
SECRET = "a secret of the tests, long enough for any key"


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts the servers; xdist's workers are told where they are."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = tempfile.TemporaryDirectory(prefix="digital-days-tests-")
    running = servers(Path(folder.name), durable=False)
    addresses = running.__enter__()
    os.environ["TEST_DATABASE_URL"] = addresses.database_url
    os.environ["TEST_REDIS_URL"] = addresses.redis_url
    asyncio.run(_make_template(addresses.database_url))

    def stop() -> None:
        running.__exit__(None, None, None)
        folder.cleanup()

    config.add_cleanup(stop)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it again and again (a sixth of the time)."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is at hand (NO_SKIPS), a test that does not run is a test that fails."""
    report = yield
    if report.skipped and os.environ.get("NO_SKIPS"):
        report.outcome = "failed"
    return report


async def _make_template(server: str) -> None:
    await _execute(server, "CREATE DATABASE template_of_tests")
    await migrate(Settings(database_url=in_database(server, "template_of_tests")))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def in_database(url: str, name: str) -> str:
    """The same server, another database."""
    return f"{url.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="session")
def database_url(worker_id: str) -> str:
    """This worker's own migrated database."""
    server = os.environ["TEST_DATABASE_URL"]
    name = f"tests_{worker_id}"
    asyncio.run(_execute(server, f"CREATE DATABASE {name} TEMPLATE template_of_tests"))
    return in_database(server, name)


@pytest.fixture(scope="session")
def redis_url(worker_id: str) -> str:
    """This worker's own numbered database of the shared Valkey."""
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1
    return f"{os.environ['TEST_REDIS_URL'].rstrip('/').removesuffix('/0')}/{number}"


@pytest.fixture(scope="session")
def settings(database_url: str, redis_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        secret_key=SECRET,
        base_url="http://test.example",
        mailbox=True,
    )


@pytest.fixture(scope="session")
async def pool(database_url: str) -> AsyncIterator[None]:
    """The process's pool, open for the whole run."""
    database.connect_to(database_url)
    await database.open_pool(10)
    yield
    await database.close_pool()


@pytest.fixture
async def db(pool: None) -> AsyncIterator[None]:
    """Everything the test writes is rolled back at its end; for code that needs no second connection."""
    forget_everything()
    with suppress(_RollBackError):
        async with database.transaction():
            yield
            raise _RollBackError


@pytest.fixture
async def committed(emptying: str) -> AsyncIterator[None]:
    """For races and for requests: what is written stays until the test ends, then every table is emptied."""
    yield
    await database.fetch(emptying)
    forget_everything()


@pytest.fixture(scope="session")
async def emptying(pool: None) -> str:
    """One statement that deletes everything: keys are checked at its end. TRUNCATE takes 165 ms, this takes 2."""
    tables = await database.fetch(
        """
        SELECT tablename AS name, EXISTS (
            SELECT FROM pg_trigger WHERE tgrelid = tablename::regclass AND NOT tgisinternal
        ) AS guarded FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'
        """
    )
    names = [f'"{row["name"]}"' for row in tables]
    guarded = [f'"{row["name"]}"' for row in tables if row["guarded"]]  # some of what is written is to stay
    return f"""
        DO $$ BEGIN
            {" ".join(f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in guarded)}
            WITH {", ".join(f"_{number} AS (DELETE FROM {name})" for number, name in enumerate(names[1:]))}
            DELETE FROM {names[0]};
            {" ".join(f"ALTER TABLE {name} ENABLE TRIGGER USER;" for name in guarded)}
        END $$
    """


def forget_everything() -> None:
    """What this process remembers of the database for a second or so."""
    editions.forget()
    revalidated.forget_all()


@pytest.fixture(scope="session")
async def app(settings: Settings, pool: None) -> AsyncIterator[Litestar]:
    """The web program inside this process, on this process's pool."""
    os.environ |= {"DATABASE_URL": settings.database_url or "", "REDIS_URL": settings.redis_url or ""}
    os.environ |= {"SECRET_KEY": settings.secret_key, "BASE_URL": settings.base_url, "MAILBOX": "1"}
    current.cache_clear()
    application = build()
    application.state.redis = redis = wake.valkey(settings.redis_url or "")
    yield application
    await redis.aclose()


@pytest.fixture
def mid_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rates are counted in windows of ten minutes: none ends while a test counts."""
    monkeypatch.setattr("time.time", lambda: 600 * 1000 + 200.0)


@pytest.fixture
async def client(app: Litestar, mid_window: None) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without cookies; it joins the test's transaction."""
    rate_limits.forget()
    forget_everything()
    transport = httpx.ASGITransport(app=outermost(app))  # type: ignore[arg-type] # httpx types ASGI more loosely
    async with httpx.AsyncClient(transport=transport, base_url="http://test.example") as browser:
        yield browser


async def sign_in(client: httpx.AsyncClient, person_id: int) -> None:
    """Gives this browser a session of the person."""
    cookie = await start_session(person_id, browser="tests")
    client.cookies.set(cookie.key, cookie.value or "")
    client.headers["origin"] = "http://test.example"


class _RollBackError(Exception):
    pass


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    workerinput = getattr(request.config, "workerinput", None)
    return str(workerinput["workerid"]) if workerinput else "master"
