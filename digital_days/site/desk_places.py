"""Places taken at the desk for somebody who stands there, and the reason for each that was not to be had."""

from collections.abc import Sequence

from msgspec import Struct

from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, _, ngettext
from scheduling.domain.places import Applicant, take_place
from scheduling.domain.refused_places import Overlap, refusal_of
from scheduling.domain.slots import slot_called

_NO_PLACE = N_("« %(title)s » : %(reason)s")
_MOST = 3  # reasons told one by one: the sentences travel in a cookie


class Taken(Struct, frozen=True, kw_only=True):
    """The titles of the activities the person has now, and a sentence for each they could not have."""

    titles: list[str]
    reasons: list[str]

    @property
    def why_not(self) -> str:
        """The reasons, in one text."""
        more = len(self.reasons) - _MOST
        rest = ngettext("Et %(num)s autre activité.", "Et %(num)s autres activités.", more) if more > 0 else ""
        return " ".join(filter(None, [*self.reasons[:_MOST], rest]))


async def take_each(edition_id: int, person_id: int, slots: Sequence[str]) -> Taken:
    """One after the other; what was taken before is there and no second one is taken."""
    taken = Taken(titles=[], reasons=[])
    for slot in slots:
        title = ""
        try:
            chosen = await slot_called(edition_id, slot)
            title = chosen.title
            answer = await take_place(chosen.code, Applicant(person_id=person_id), consents=[], origin="desk")
            refused: Refusal | None = await refusal_of(answer.outcome, chosen, person_id)
        except Refusal as refusal:
            refused = refusal
        if refused is None:
            taken.titles.append(title)
        else:
            taken.reasons.append(_sentence(title, refused))
    return taken


def _sentence(title: str, refused: Refusal) -> str:
    return str(refused) if isinstance(refused, Overlap) or not title else _(_NO_PLACE, title=title, reason=str(refused))
