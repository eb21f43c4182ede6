from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from digital_days.kernel.calendar_timezone import vtimezone
from digital_days.kernel.i18n import TORONTO

HOUR = timedelta(hours=1)
FROM_2026_TO_2028 = [datetime(2026, 1, 1, tzinfo=UTC) + hour * HOUR for hour in range(24 * 365 * 2)]

TORONTO_RULES = """\
BEGIN:VTIMEZONE
TZID:America/Toronto
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZNAME:EDT
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZNAME:EST
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
"""


def test_vtimezone_is_two_yearly_rules_for_toronto() -> None:
    assert vtimezone(TORONTO).decode() == TORONTO_RULES.replace("\n", "\r\n")


@pytest.mark.parametrize("key", ["America/Toronto", "Europe/Paris", "America/Sao_Paulo", "Africa/Cairo"])
def test_vtimezone_gives_the_offset_of_the_tz_database_at_every_hour(key: str) -> None:
    zone = ZoneInfo(key)

    component = Timezone.from_ical(vtimezone(zone))
    assert isinstance(component, Timezone)
    read = component.to_tz(lookup_tzid=False)

    differing = [at for at in FROM_2026_TO_2028 if at.astimezone(read).utcoffset() != at.astimezone(zone).utcoffset()]
    assert differing == []


def test_vtimezone_lists_dates_when_the_rule_has_ended() -> None:
    text = vtimezone(ZoneInfo("America/Sao_Paulo")).decode()

    assert "RRULE" not in text
    assert "RDATE" in text
