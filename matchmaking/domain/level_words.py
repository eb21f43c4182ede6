"""What each level of a plan means, for people: how much is reached, and whether more would be possible."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, ngettext
from matchmaking.engine.plan import Level, LevelName
from matchmaking.engine.problem import Wish
from matchmaking.engine.protocol import Request

LEVEL_NAMES: Mapping[LevelName, str] = {
    "kept": N_("Rencontres annoncées qui restent"),
    "musts": N_("« Absolument »"),
    "wishes": N_("Souhaits"),
    "value": N_("Affinité"),
    "breaks": N_("Pauses"),
    "moves": N_("Changements de table"),
}


class LevelLine(Struct, frozen=True, kw_only=True):
    """``text`` says what is reached, ``proof`` whether it is the best there is."""

    name: str
    text: str
    proof: str
    proven: bool


def level_lines(levels: Sequence[Level], request: Request) -> list[LevelLine]:
    """One a level, in their order of importance."""
    return [level_line(level, request) for level in levels]


def level_line(level: Level, request: Request) -> LevelLine:
    """In the reader's language."""
    proof = _("Prouvé : on ne peut pas faire mieux.") if level.proven else _gap(level)
    return LevelLine(name=_(LEVEL_NAMES[level.name]), text=_text(level, request), proof=proof, proven=level.proven)


def _text(level: Level, request: Request) -> str:
    match level.name:
        case "musts" | "wishes":
            wishes = [wish for wish in request.problem.wishes if level.name == "wishes" or wish.must]
            return _served(level.value, wishes)
        case "value":
            return ngettext("%(num)s point", "%(num)s points", level.value[-1])
        case "breaks":
            over, breaks = level.value
            said = ngettext("%(num)s pause", "%(num)s pauses", breaks)
            return _("%(said)s; l’écart permis est dépassé de %(over)s", said=said, over=over) if over else said
        case "moves":
            return ngettext("%(num)s changement", "%(num)s changements", level.value[-1])
        case "kept":
            return ngettext("%(num)s rencontre", "%(num)s rencontres", level.value[-1])


def _served(value: Sequence[int], wishes: Iterable[Wish]) -> str:
    """How many wishes are served, and how many organisations have at least one."""
    wished = list(wishes)
    owners = len({wish.owner for wish in wished})
    if not wished:
        return _("Aucun souhait")
    return _(
        "%(served)s sur %(wishes)s; %(owners)s organisations sur %(all)s en ont au moins un.",
        served=sum(value),
        wishes=len(wished),
        owners=value[0] if value else 0,
        all=owners,
    )


def _gap(level: Level) -> str:
    """At the first place where the bound leaves room."""
    pairs = list(zip(level.value, level.bound, strict=True))
    place = next(place for place, (value, bound) in enumerate(pairs) if value != bound)
    value, bound = pairs[place]
    count = abs(bound - value)
    match level.name:
        case "musts" | "wishes":
            return ngettext(
                "Au mieux, %(num)s organisation de plus en aurait au moins %(share)s.",
                "Au mieux, %(num)s organisations de plus en auraient au moins %(share)s.",
                count,
                share=place + 1,
            )
        case "value":
            return ngettext("Au mieux %(num)s point de plus.", "Au mieux %(num)s points de plus.", count)
        case "breaks" if place == 0:
            return _("Au mieux, l’écart serait dépassé de %(bound)s.", bound=bound)
        case "breaks" | "moves":
            return _("Au mieux %(count)s de moins.", count=count)
        case "kept":
            return _("Au mieux %(count)s de plus.", count=count)
