"""What the check of a plan finds, in sentences for its organisers."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, ngettext
from exhibitors.domain.floor_plan import Booth, Plan, Shape
from exhibitors.domain.lengths import metres
from exhibitors.engine.plan_check import Finding, FindingKind, findings
from exhibitors.engine.plan_shapes import Box, Hall

_FORBIDS: frozenset[FindingKind] = frozenset({"outside", "overlap", "same_number"})
_A_PIECE = {
    "aisle": N_("une allée"),
    "entrance": N_("une entrée"),
    "obstacle": N_("un obstacle"),
    "label": N_("une étiquette"),
}
_FEW = 6
"""Numbers in a sentence; of more, the first ones and how many there are."""


Facts = dict[str, object]


class Told(Struct, frozen=True, kw_only=True):
    """``forbids`` publishing; ``codes`` and ``names`` are of the pieces it is about, in the order of the sentence."""

    kind: FindingKind
    sentence: str
    forbids: bool
    codes: tuple[str, ...]
    names: tuple[str, ...]


async def found_in(plan: Plan) -> list[Told]:
    """The gravest first, in the reader's language; a plan that has not changed is not checked again."""
    hall = Hall(plan.width, plan.depth, plan.aisle)
    booths = (
        Box(b.code, "booth", b.x, b.y, b.width, b.depth, number=b.number, step_free=b.step_free) for b in plan.booths
    )
    shapes = (Box(s.code, s.kind, s.x, s.y, s.width, s.depth) for s in plan.shapes)
    found = await asyncio.to_thread(_checked, hall, (*booths, *shapes))
    pieces: dict[str, Booth | Shape] = {booth.code: booth for booth in plan.booths}
    pieces |= {shape.code: shape for shape in plan.shapes}
    return [_told(finding, pieces, metres(plan.aisle)) for finding in found]


@lru_cache(8)
def _checked(hall: Hall, boxes: tuple[Box, ...]) -> Sequence[Finding]:
    return tuple(findings(hall, boxes))


def _told(finding: Finding, pieces: Mapping[str, Booth | Shape], rule: str) -> Told:
    names = tuple(_name(pieces[key]) for key in finding.keys)
    facts: Facts = {"rule": rule, "metres": metres(finding.cm)}
    if finding.kind == "overlap":
        facts |= {"one": names[0], "other": names[1]}
    elif names:
        facts |= {"name": names[0], "names": _some(names)}
    return Told(
        kind=finding.kind,
        sentence=_SENTENCES[finding.kind](len(names), facts),
        forbids=finding.kind in _FORBIDS,
        codes=finding.keys,
        names=names,
    )


def _name(piece: Booth | Shape) -> str:
    if isinstance(piece, Booth):
        return piece.number
    return f"« {piece.label} »" if piece.label else _(_A_PIECE[piece.kind])


def _some(names: Sequence[str]) -> str:
    if len(names) <= _FEW:
        return ", ".join(names)
    return _("%(names)s et %(count)s autres", names=", ".join(names[: _FEW - 1]), count=len(names) - _FEW + 1)


_SENTENCES: dict[FindingKind, Callable[[int, Facts], str]] = {
    "outside": lambda _count, facts: _("Dépasse de la salle : %(name)s.", **facts),
    "overlap": lambda _count, facts: _("Se chevauchent : %(one)s et %(other)s.", **facts),
    "same_number": lambda _count, facts: _("Plusieurs kiosques portent le numéro %(name)s.", **facts),
    "no_entrance": lambda _count, _facts: _(
        "Le plan n’a pas d’entrée : on ne sait pas si chaque kiosque peut être atteint."
    ),
    "narrow_aisle": lambda _count, facts: _(
        "Trop étroite, %(name)s : %(metres)s m, et la règle de la salle est de %(rule)s m.", **facts
    ),
    "unreachable": lambda count, facts: ngettext(
        "Personne ne peut atteindre ce kiosque : %(names)s.",
        "Personne ne peut atteindre ces kiosques : %(names)s.",
        count,
        **facts,
    ),
    "narrow_way": lambda _count, facts: _(
        "Le seul chemin vers %(names)s a %(metres)s m de large, et la règle de la salle est de %(rule)s m.", **facts
    ),
    "not_step_free": lambda count, facts: ngettext(
        "Annoncé accessible, mais un fauteuil roulant n’y arrive pas (il faut %(metres)s m) : %(names)s.",
        "Annoncés accessibles, mais un fauteuil roulant n’y arrive pas (il faut %(metres)s m) : %(names)s.",
        count,
        **facts,
    ),
}
