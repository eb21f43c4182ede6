"""Sweeps by the clock: once a minute a worker, and no service keeps another from its own."""

from datetime import UTC, datetime, timedelta

import pytest

from digital_days.kernel import clock, sweeping
from digital_days.kernel.sweeping import Sweeper

NOW = datetime(2027, 10, 20, 21, 0, tzinfo=UTC)


class StumblingError(Exception):
    """Quotes somebody's address, as errors of libraries do."""


async def test_services_are_asked_once_a_minute_whatever_one_of_them_does(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    asked: list[datetime] = []

    async def stumbles(_now: datetime) -> None:
        raise StumblingError("bob@example.ca")

    async def works(now: datetime) -> None:
        asked.append(now)

    monkeypatch.setattr(sweeping, "_services", [stumbles, works])
    sweeper = Sweeper()

    for seconds in (0, 5, 59, 60, 61):
        with clock.stopped_at(NOW + timedelta(seconds=seconds)):
            await sweeper.sweep_if_due()

    assert asked == [NOW, NOW + timedelta(seconds=60)]
    assert "StumblingError" in caplog.text
    assert "bob@example.ca" not in caplog.text
