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
    return [
        LevelLine(
            name=_(LEVEL_NAMES[level.name]),
            text=_text(level, request),
            proof=_("Prouvé : on ne peut pas faire mieux.") if level.proven else _gap(level),
            proven=level.proven,
        )
        for level in levels
    ]


def _text(level: Level, request: Request) -> str:
    if level.name in ("musts", "wishes"):
        wishes = [wish for wish in request.problem.wishes if level.name == "wishes" or wish.must]
        return _served(level.value, wishes)
    return str(level.value[-1])


def _served(value: Sequence[int], wishes: Iterable[Wish]) -> str:
    """How many wishes are served, and how many organisations have at least one."""
    wished = list(wishes)
    owners = len({wish.owner for wish in wished})
    return _(
        "%(served)s sur %(wishes)s; %(owners)s organisations sur %(all)s en ont au moins un.",
        served=sum(value),
        wishes=len(wished),
        owners=value[0] if value else 0,
        all=owners,
    )


def _gap(level: Level) -> str:
    """At the first place where the bound leaves room."""
    value, bound = next(
        ((value, bound) for value, bound in zip(level.value, level.bound, strict=True) if value != bound), (0, 0)
    )
    count = abs(bound - value)
    if level.name in ("breaks", "moves"):
        return ngettext("Peut-être %(num)s de moins.", "Peut-être jusqu’à %(num)s de moins.", count)
    return ngettext("Peut-être %(num)s de plus.", "Peut-être jusqu’à %(num)s de plus.", count)
