"""What follows from a change by hand, in words: rules, wishes, and how good the plan is afterwards."""

from collections.abc import Sequence

from msgspec import Struct

from digital_days.kernel.i18n import _, ngettext
from matchmaking.domain.draft_names import DraftNames
from matchmaking.domain.violation_words import violations_said
from matchmaking.engine.edit import Edited


class Consequences(Struct, frozen=True, kw_only=True):
    """Sentences. ``wrong``: rules that would be broken; ``right``: that would be no more; ``others`` are neither."""

    wrong: Sequence[str]
    right: Sequence[str]
    lost: Sequence[str]
    gained: Sequence[str]
    others: Sequence[str]

    @property
    def are_none(self) -> bool:
        """Whether nobody would notice."""
        return not (self.wrong or self.right or self.lost or self.gained or self.others)


async def consequences_said(edition_id: int, edited: Edited, names: DraftNames) -> Consequences:
    """In the reader's language."""
    wishes = names.asked.problem.wishes
    return Consequences(
        wrong=await violations_said(edition_id, edited.new, names),
        right=await violations_said(edition_id, edited.mended, names),
        lost=[_wish(names, number, must=wishes[number].must) for number in edited.lost],
        gained=[_wish(names, number, must=wishes[number].must) for number in edited.gained],
        others=[*_value(edited), *_breaks(edited), *_moves(edited)],
    )


def _wish(names: DraftNames, number: int, *, must: bool) -> str:
    by, about = names.wish(names.asked.problem.wishes[number])
    if must:
        return _("%(by)s veut absolument rencontrer %(about)s", by=by, about=about)
    return _("%(by)s aimerait rencontrer %(about)s", by=by, about=about)


def _value(edited: Edited) -> list[str]:
    [before], [after] = edited.before["value"], edited.after["value"]
    count = abs(after - before)
    if after > before:
        return [ngettext("%(num)s point d’affinité de plus.", "%(num)s points d’affinité de plus.", count)]
    if after < before:
        return [ngettext("%(num)s point d’affinité de moins.", "%(num)s points d’affinité de moins.", count)]
    return []


def _breaks(edited: Edited) -> list[str]:
    (over, before), (over_then, after) = edited.before["breaks"], edited.after["breaks"]
    said = []
    if after > before:
        said.append(ngettext("%(num)s pause de plus.", "%(num)s pauses de plus.", after - before))
    if after < before:
        said.append(ngettext("%(num)s pause de moins.", "%(num)s pauses de moins.", before - after))
    if over_then > over:
        said.append(_("Les pauses seraient moins bien réparties que l’écart permis."))
    return said


def _moves(edited: Edited) -> list[str]:
    [before], [after] = edited.before["moves"], edited.after["moves"]
    if after > before:
        return [
            ngettext("%(num)s changement de table de plus.", "%(num)s changements de table de plus.", after - before)
        ]
    if after < before:
        return [
            ngettext("%(num)s changement de table de moins.", "%(num)s changements de table de moins.", before - after)
        ]
    return []
