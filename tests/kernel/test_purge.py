"""Old rows that have done their work go; what is young, or failed, stays."""

from datetime import UTC, datetime, timedelta

import pytest

from digital_days.kernel import clock, database, purge
from tests.factories import make_person

NOW = datetime(2027, 9, 1, 16, 0, tzinfo=UTC)
A_MOMENT = timedelta(seconds=1)


async def make_rows(name: str, *, age: timedelta) -> None:
    """One row of every kind, as old as that."""
    then = NOW - age
    person = await make_person(email="")
    await database.fetch("INSERT INTO idempotency_key (key, fingerprint, created_at) VALUES ($1, 'x', $2)", name, then)
    await database.fetch("INSERT INTO left_content (token_hash, content, created_at) VALUES ($1, '', $2)", name, then)
    await database.fetch(
        "INSERT INTO session (token_hash, person, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $3)",
        name,
        person,
        then,
    )
    await database.fetch(
        "INSERT INTO sign_in_link (token_hash, person, created_at, expires_at) VALUES ($1, $2, $3, $3)",
        name,
        person,
        then,
    )
    for state in ("done", "failed"):
        await database.fetch(
            """
            WITH made AS (
                INSERT INTO outbox_message (kind, topic, dedup_key, state, done_at)
                VALUES ('mail', 'x', $1, $2, $3) RETURNING id
            )
            INSERT INTO stored_mail (message, "to", subject, request) SELECT id, '', '', '{}' FROM made
            """,
            f"{name} {state}",
            state,
            then,
        )


async def left() -> dict[str, list[str]]:
    wanted = {
        "idempotency_key": "key",
        "left_content": "token_hash",
        "session": "token_hash",
        "sign_in_link": "token_hash",
        "outbox_message": "dedup_key",
    }
    found = {
        table: await database.fetch(f"SELECT {column} AS name FROM {table} ORDER BY 1")
        for table, column in wanted.items()
    }
    [mails] = await database.fetch("SELECT count(*) AS mails FROM stored_mail")
    assert mails["mails"] == len(found["outbox_message"])
    return {table: [row["name"] for row in rows] for table, rows in found.items()}


async def test_purge_takes_each_row_at_its_own_age(db: None) -> None:
    for days in (0, 1, 2, 90):
        await make_rows(f"{days} days", age=timedelta(days=days) + A_MOMENT)
    await make_rows("young", age=-A_MOMENT)

    await purge.purge(NOW)

    assert await left() == {
        "idempotency_key": ["0 days", "1 days", "young"],
        "left_content": ["0 days", "young"],
        "session": ["young"],
        "sign_in_link": ["0 days", "young"],
        "outbox_message": sorted(
            [f"{name} {state}" for name in ("0 days", "1 days", "2 days", "young") for state in ("done", "failed")]
            + ["90 days failed"]
        ),
    }


async def test_purge_takes_everything_when_there_is_more_than_a_batch(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "BATCH", 2)
    for number in range(5):
        await make_rows(str(number), age=timedelta(days=91))

    gone = await purge.purge(NOW)

    assert gone == {
        "idempotency_key": 5,
        "left_content": 5,
        "session": 5,
        "sign_in_link": 5,
        "outbox_message": 5,
        "person": 5,
    }


async def test_worker_purges_once_an_hour(db: None) -> None:
    housekeeping = purge.Housekeeping()
    for minutes in (0, 59, 60):
        await make_rows(f"after {minutes}", age=timedelta(days=100))
        with clock.stopped_at(NOW + timedelta(minutes=minutes)):
            await housekeeping.purge_if_due()
        if minutes == 59:
            between = (await left())["session"]

    assert between == ["after 59"]
    assert (await left())["session"] == []
