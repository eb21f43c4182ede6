"""Whom an organisation wishes to meet, and whom not; what it says of the other side is for its own eyes."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import fold
from matchmaking.domain.fit import Fit, Profile, Relation, Strength, fit
from matchmaking.domain.participations import Participation
from matchmaking.domain.settings import speed_dating_of
from matchmaking.domain.taking_part import NotOpen

Answer = Literal["", "must", "like", "no"]

MOST_WISHES, MOST_MUSTS = 40, 5


class NotAcross(NotFound):
    message = N_("Cette organisation n’est pas de l’autre côté, ou ne participe plus.")


class TooManyWishes(Conflict):
    message = N_("C’est trop de souhaits : %(most)s au plus. Retirez-en avant d’en ajouter.")


class TooManyMusts(Conflict):
    message = N_("« Absolument » se dit de %(most)s organisations au plus : choisissez les plus importantes.")


class Across(Struct, frozen=True, kw_only=True):
    """An organisation of the other side as ours sees it; what it says of us is not here."""

    code: str
    name: str
    about: str
    sector: str
    needs: tuple[str, ...]
    people: int
    answer: Answer
    fit: Fit


_ACROSS = """
    SELECT o.code, o.name, o.about, o.sector, coalesce(w.strength, '') AS answer, count(DISTINCT m.id) AS people,
        array_agg(DISTINCT l.language) AS languages,
        ARRAY(SELECT t.slug FROM match_need n JOIN need_term t ON t.id = n.need WHERE n.organisation = o.id
            ORDER BY t.position, t.id) AS needs,
        EXISTS (
            SELECT FROM match_participant u
            JOIN match_participant p ON p.person = u.person AND p.edition <> o.edition
            JOIN meeting h ON p.id IN (h.business, h.resource) AND h.state = 'held'
            JOIN match_participant q ON q.id IN (h.business, h.resource) AND q.id <> p.id
            JOIN match_participant t ON t.person = q.person AND t.organisation = o.id
            WHERE u.organisation = $2) AS met_before
    FROM match_organisation o
    JOIN match_participant m ON m.organisation = o.id AND m.opted_in_at IS NOT NULL AND m.left_at IS NULL
    CROSS JOIN LATERAL jsonb_array_elements_text(m.languages) AS l (language)
    LEFT JOIN match_wish w ON w.by = $2 AND w.about = o.id
    WHERE o.edition = $1 AND o.side <> $3 GROUP BY o.id, w.id ORDER BY o.id
"""
_WRITE = """
    WITH said AS (
        SELECT o.id AS about, a.strength FROM unnest($3::text[], $4::text[]) AS a (code, strength)
        JOIN match_organisation o ON o.code = a.code
        WHERE o.edition = $2 AND o.side <> $5 AND EXISTS (
            SELECT FROM match_participant m
            WHERE m.organisation = o.id AND m.opted_in_at IS NOT NULL AND m.left_at IS NULL)
    ), gone AS (
        DELETE FROM match_wish w USING said WHERE w.by = $1 AND w.about = said.about AND said.strength = ''
    ), kept AS (
        INSERT INTO match_wish (by, about, strength, created_at)
        SELECT $1, about, strength, $6 FROM said WHERE strength <> ''
        ON CONFLICT (by, about) DO UPDATE SET strength = excluded.strength
    ) SELECT count(*) AS found FROM said
"""


async def organisations_across(mine: Participation) -> list[Across]:
    """Best fit first. Two queries."""
    rows = await database.fetch(_ACROSS, mine.edition_id, mine.organisation_id, mine.organisation.side)
    weights = (await speed_dating_of(mine.edition_id)).weights
    found = [
        Across(
            code=row["code"],
            name=row["name"],
            about=row["about"],
            sector=row["sector"],
            needs=tuple(row["needs"]),
            people=row["people"],
            answer=row["answer"],
            fit=_fit(mine, row, weights),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (-each.fit.points, fold(each.name), each.code))


def among(found: Sequence[Across], *, words: str = "", need: str = "") -> list[Across]:
    """Those with these words in their names and texts, and with this need."""
    return [each for each in found if fold(words) in fold(each.name, each.about) and (not need or need in each.needs)]


def _fit(mine: Participation, row: database.Row, weights: Mapping[str, int]) -> Fit:
    """As far as this side may know: without what the other one wishes."""
    ours = Profile(needs=mine.organisation.needs, languages=mine.own.languages, sector=mine.organisation.sector)
    theirs = Profile(needs=tuple(row["needs"]), languages=tuple(row["languages"]), sector=row["sector"])
    said: Strength = row["answer"] if row["answer"] in ("must", "like") else ""
    if mine.organisation.side == "business":
        return fit(ours, theirs, Relation(business_says=said, met_before=row["met_before"]), weights)
    return fit(theirs, ours, Relation(resource_says=said, met_before=row["met_before"]), weights)


async def say_wishes(mine: Participation, answers: Mapping[str, Answer]) -> None:
    """All of these (by the organisations' codes, empty for nothing) or none; those not named stay.

    Two colleagues at once: the last word about each organisation counts. Raises ``NotOpen``, ``NotAcross``,
    ``TooManyWishes``, ``TooManyMusts``.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM match_organisation WHERE id = $1 FOR NO KEY UPDATE", mine.organisation_id)
        if not (await speed_dating_of(mine.edition_id)).takes_people:
            raise NotOpen
        if len(answers) > 10 * MOST_WISHES:
            raise TooManyWishes(most=MOST_WISHES)
        [row] = await database.fetch(
            _WRITE,
            mine.organisation_id,
            mine.edition_id,
            list(answers),
            list(answers.values()),
            mine.organisation.side,
            clock.now(),
        )
        if row["found"] != len(answers):
            raise NotAcross
        await _check_numbers(mine.organisation_id)


async def _check_numbers(organisation_id: int) -> None:
    [row] = await database.fetch(
        """
        SELECT count(*) FILTER (WHERE strength <> 'no') AS wishes, count(*) FILTER (WHERE strength = 'must') AS musts
        FROM match_wish WHERE by = $1
        """,
        organisation_id,
    )
    if row["wishes"] > MOST_WISHES:
        raise TooManyWishes(most=MOST_WISHES)
    if row["musts"] > MOST_MUSTS:
        raise TooManyMusts(most=MOST_MUSTS)
