"""What the organiser's page says of missing translations."""

from digital_days.kernel import database
from digital_days.kernel.i18n import ngettext
from digital_days.kernel.service import Attention
from digital_days.kernel.web.urls import url
from scheduling.domain.translated_texts import progress
from scheduling.domain.untranslated_rules import untranslated_rules


async def untranslated(edition_id: int) -> list[Attention]:
    """One point where the edition opens English and its draft lacks some; makes no draft where there is none yet."""
    edition = await database.fetch_one(
        """
        SELECT e.slug, d.id AS draft FROM edition e JOIN edition d ON d.draft_of = e.id
        WHERE e.id = $1 AND e.english_ground_fr <> ''
        """,
        edition_id,
    )
    missing = await _missing(edition_id, edition["draft"]) if edition else 0
    if edition is None or not missing:
        return []
    sentence = ngettext(
        "%(num)s texte que le public lit n’est pas encore en anglais.",
        "%(num)s textes que le public lit ne sont pas encore en anglais.",
        missing,
    )
    return [Attention(sentence=sentence, path=url("scheduling:untranslated", edition_slug=edition["slug"]))]


async def _missing(edition_id: int, draft_id: int) -> int:
    of_rules = sum(each.missing for each in await untranslated_rules(edition_id, draft_id))
    return sum((await progress(edition_id, draft_id)).missing.values()) + of_rules
