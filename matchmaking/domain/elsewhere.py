"""What keeps people from a round: their own word, or what their agenda has."""

from collections.abc import Iterable

from digital_days.kernel import agenda
from digital_days.kernel.i18n import _, format_time
from matchmaking.domain.agenda_items import CALENDARS
from matchmaking.domain.asking import Asked
from matchmaking.engine.rules import RuleName, Violation


async def elsewhere(asked: Asked, violations: Iterable[Violation]) -> dict[tuple[int, int], str]:
    """By participant and round, of those that these violations name; for a few: it asks for each."""
    busy = {
        (participant, violation.round)
        for violation in violations
        if violation.rule is RuleName.BUSY and violation.round is not None
        for participant in violation.participants
    }
    return {(participant, at): await _why(asked, participant, at) for participant, at in sorted(busy)}


async def _why(asked: Asked, participant: int, at: int) -> str:
    person, when = asked.participants[participant], asked.rounds[at]
    if any(when.overlaps(*span) for span in person.absent):
        return _("absence annoncée")
    for item in await agenda.busy(person.person_id, when.starts_at, when.ends_at):
        if not item.uid.endswith(CALENDARS):
            return _("« %(title)s » jusqu’à %(time)s", title=item.title, time=format_time(item.ends_at))
    return ""
