"""Prerequisites and questions that lack their English: written on the page of each activity's rules."""

from msgspec import Struct

from digital_days.kernel import database
from scheduling.domain.activity_rules import RULES, Rules, rules_in


class UntranslatedRules(Struct, frozen=True, kw_only=True):
    """An activity of the draft, and how many texts of its rules are only in French."""

    code: str
    title: str
    missing: int


async def untranslated_rules(edition_id: int, draft_id: int) -> list[UntranslatedRules]:
    """By title; one query."""
    rows = await database.fetch(
        f"""
        SELECT a.code, a.title_fr AS title, {RULES}
        FROM activity_rules r JOIN activity a ON a.edition = $2 AND a.source_id = r.activity
        WHERE r.edition = $1 ORDER BY a.title_fr, a.id
        """,
        edition_id,
        draft_id,
    )
    found = [UntranslatedRules(code=row["code"], title=row["title"], missing=_missing(rules_in(row))) for row in rows]
    return [each for each in found if each.missing]


def _missing(rules: Rules) -> int:
    texts = [(rules.prerequisites_fr, rules.prerequisites_en)]
    for question in rules.questions:
        texts += [(question.fr, question.en), *((option.fr, option.en) for option in question.options)]
    return sum(1 for french, english in texts if french and not english)
