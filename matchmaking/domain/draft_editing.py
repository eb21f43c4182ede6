"""Organisers change a draft by hand, one after the other: nobody's change is lost, and the next run knows of it."""

from collections.abc import Iterable

import msgspec

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from matchmaking.domain.draft_changes import Change, followed, rewritten
from matchmaking.domain.drafting import Drafted, Pair, drafted
from matchmaking.domain.drafts import DraftPlace, write_draft
from matchmaking.domain.scenarios import Lock, Scenario

_HOLD = """
    SELECT FROM scenario s JOIN solver_run r ON r.scenario = s.id
    WHERE s.edition = $1 AND r.code = $2 FOR NO KEY UPDATE OF s
"""
_REMEMBER = "UPDATE scenario SET locks = $2, bans = $3, updated_at = $4 WHERE id = $1"


async def change_draft(edition_id: int, run: str, change: Change, *, version: str) -> None:
    """``version`` is that of the draft whose consequences were seen.

    What is locked or forbidden holds for the scenario's next runs too. Raises ``ChangedMeanwhile``, and whatever
    ``followed`` raises.
    """
    async with database.transaction():
        await database.fetch(_HOLD, edition_id, run)
        now = await drafted(edition_id, run, also=[change.pair])
        if now.version != version:
            raise ChangedMeanwhile
        draft = rewritten(now, change, followed(now, change))
        await write_draft(now.run.id, draft)
        bans = [*now.scenario.bans, change.pair] if change.do == "forbid" else list(now.scenario.bans)
        await _remember(now.scenario, _locks(now, draft), bans)


def _locks(before: Drafted, draft: Iterable[DraftPlace]) -> list[Lock]:
    """The scenario's, with what this change has locked, moved or let go."""
    were = {each for each in before.draft if each.locked}
    are = {each for each in draft if each.locked}
    touched = {(each.one, each.other) for each in were ^ are}
    new = [Lock(one=each.one, other=each.other, round=each.round, table=each.table or None) for each in are - were]
    return [
        *(lock for lock in before.scenario.locks if (lock.one, lock.other) not in touched),
        *sorted(new, key=lambda lock: (lock.round, lock.one, lock.other)),
    ]


async def _remember(scenario: Scenario, locks: Iterable[Lock], bans: Iterable[Pair]) -> None:
    locks, bans = list(locks), list(dict.fromkeys(bans))
    await database.fetch(
        _REMEMBER, scenario.id, msgspec.json.encode(locks).decode(), msgspec.json.encode(bans).decode(), clock.now()
    )
