"""What a form for a place asks besides who somebody is, as it was typed: audience, prerequisites, questions."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.questions import Answers, Typed, parse, typed_of
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.activity_rules import Asking
from scheduling.domain.places import Wish

AUDIENCE, PREREQUISITES = "audience", "prerequisites"
SHOWN = "shown"  # the field of a form that shows what is asked
NO_AUDIENCE = "-"
SAY_AUDIENCE = N_("Dites comment vous venez, ou choisissez « Autre ».")
CONFIRM = N_("Cochez la case pour confirmer que vous avez ce qu’il faut.")


class SaidAsking(Struct, frozen=True, kw_only=True):
    """``typed`` and ``errors`` by field; ``wish`` is what ``take_place`` takes, without errors."""

    typed: Typed
    errors: Mapping[str, str]
    wish: Wish

    @property
    def carried(self) -> list[tuple[str, str]]:
        """As hidden fields of a form that asks once more for the same."""
        return [(name, text) for name, texts in self.typed.items() for text in texts]


NOTHING_SAID = SaidAsking(typed={}, errors={}, wish=Wish())


async def said_asking(request: PageRequest, asking: Asking) -> SaidAsking:
    """What the form says of all that is asked now; what is not asked is not read."""
    data = await request.form()
    names = [AUDIENCE, PREREQUISITES, *(question.field for question in asking.rules.questions)]
    typed = {name: [str(text).replace("\x00", "") for text in data.getall(name, [])] for name in names}
    return _read(asking, typed)


async def said_after_all(request: PageRequest, asking: Asking, kept: Answers) -> SaidAsking:
    """The same where answers are on record: a form that did not show what is asked now says nothing against them."""
    if SHOWN in await request.form():
        return await said_asking(request, asking)
    return _read(asking, kept_asking(asking, kept).typed)


def kept_asking(asking: Asking, kept: Answers) -> SaidAsking:
    """What a form shows before anybody types: the answers on record; no prerequisite is confirmed yet."""
    typed = {AUDIENCE: [], PREREQUISITES: [], **typed_of(asking.rules.questions, kept)}
    return SaidAsking(typed=typed, errors={}, wish=Wish())


def _read(asking: Asking, typed: Mapping[str, Sequence[str]]) -> SaidAsking:
    errors = {}
    audience = next(iter(typed[AUDIENCE]), "") if asking.audiences else NO_AUDIENCE
    if audience != NO_AUDIENCE and audience not in asking.audiences:
        errors[AUDIENCE] = _(SAY_AUDIENCE)
    if asking.rules.prerequisites and not any(typed[PREREQUISITES]):
        errors[PREREQUISITES] = _(CONFIRM)
    parsed = parse(asking.rules.questions, typed)
    return SaidAsking(
        typed=typed,
        errors=errors | parsed.errors,
        wish=Wish(audience="" if audience == NO_AUDIENCE else audience, answers=parsed.answers),
    )
