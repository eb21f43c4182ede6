"""What a new plan of the rounds that remain would change: counted, and in detail for each person."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from digital_days.kernel import database
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.remaining import Standing
from matchmaking.engine.changes import ChangeKind, change_kind

Where = tuple[int, int]
"""Round and table."""


class Change(Struct, frozen=True, kw_only=True):
    """One meeting of one person, with ``partner``; ``was`` is None where it is new, ``now`` where it goes."""

    kind: ChangeKind
    partner: str
    organisation: str
    was: Where | None
    now: Where | None


class Affected(Struct, frozen=True, kw_only=True):
    """Somebody for whom something changes, in the order of the rounds."""

    name: str
    organisation: str
    changes: list[Change]


class Changes(Struct, frozen=True, kw_only=True):
    """``count`` is of meetings, by kind."""

    count: dict[ChangeKind, int]
    people: list[Affected]

    def many(self, *kinds: str) -> int:
        """Of these kinds together."""
        return sum(self.count.get(ChangeKind(kind), 0) for kind in kinds)


_NAMES = """
    SELECT k.code, p.name, o.name AS organisation FROM match_participant k
    JOIN person p ON p.id = k.person JOIN match_organisation o ON o.id = k.organisation
    WHERE k.code = ANY($1) ORDER BY p.search_key, k.id
"""


async def changes_to(plan: Sequence[DraftPlace], standing: Sequence[Standing], *, begun: int) -> Changes:
    """Against what is announced for the rounds after ``begun``; one query."""
    was = {
        (each.one, each.other): (each.round, each.table) for each in standing if each.round > begun and not each.missed
    }
    now = {(each.one, each.other): (each.round, each.table) for each in plan}
    kinds = {pair: change_kind(was.get(pair), now.get(pair)) for pair in was.keys() | now.keys()}
    codes = sorted({code for pair, kind in kinds.items() if kind is not ChangeKind.KEPT for code in pair})
    names = {row["code"]: (row["name"], row["organisation"]) for row in await database.fetch(_NAMES, codes)}
    theirs: dict[str, list[Change]] = defaultdict(list)
    for pair, kind in kinds.items():
        if kind is ChangeKind.KEPT:
            continue
        for code, other in (pair, pair[::-1]):
            name, organisation = names[other]
            change = Change(kind=kind, partner=name, organisation=organisation, was=was.get(pair), now=now.get(pair))
            theirs[code].append(change)
    count: dict[ChangeKind, int] = {kind: list(kinds.values()).count(kind) for kind in ChangeKind}
    people = [
        Affected(name=name, organisation=organisation, changes=sorted(theirs[code], key=_order))
        for code, (name, organisation) in names.items()
    ]
    return Changes(count=count, people=people)


def _order(change: Change) -> Where:
    return change.now or change.was or (0, 0)
