"""What of a draft breaks a hard rule by now, in words: somebody's day changed, or a hand did it."""

from msgspec import Struct

from digital_days.kernel.i18n import _
from matchmaking.domain.drafting import Drafted
from matchmaking.domain.violation_words import violations_said
from matchmaking.engine.rules import violations

MOST_SAID = 12


class Wrongs(Struct, frozen=True):
    """The first sentences, and how many more there are."""

    said: list[str]
    more: int


async def wrongs_of(draft: Drafted) -> Wrongs:
    """Meetings that may no longer be come first. Two queries at most, however much is wrong."""
    broken = violations(draft.asked.problem, draft.held)
    shown = broken[: max(0, MOST_SAID - len(draft.lost))]
    gone = [
        _("%(meeting)s : cette rencontre n’est plus possible.", meeting=draft.names.pair(each.one, each.other))
        for each in draft.lost[:MOST_SAID]
    ]
    said = [*gone, *await violations_said(draft.run.edition_id, shown, draft.names)]
    return Wrongs(said, len(broken) + len(draft.lost) - len(said))
