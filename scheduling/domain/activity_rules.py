"""What must be known and met for a place in each activity, held in memory as forms and programs need it."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import localized
from digital_days.kernel.questions import Question, questions_in
from digital_days.kernel.revalidated import Revalidated
from scheduling.domain.words import Words


class Rules(Struct, frozen=True, kw_only=True):
    """``reserved_for`` is an audience's slug; without dates a window is open, and seats stay reserved."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    reserved_seats: int = 0
    reserved_for: str = ""
    reserved_until: datetime | None = None
    prerequisites_fr: str = ""
    prerequisites_en: str = ""
    questions: tuple[Question, ...] = ()

    @property
    def prerequisites(self) -> str:
        """In the reader's language."""
        return localized(self.prerequisites_fr, self.prerequisites_en)

    @property
    def reserves(self) -> bool:
        """Whether seats are reserved for an audience now."""
        return self.reserved_seats > 0 and (self.reserved_until is None or self.reserved_until > clock.now())


NO_RULES = Rules()


class RuleBook(Struct, frozen=True, kw_only=True):
    """The rules of an edition's activities, by ``source_id``, and its audiences, by slug."""

    version: str
    rules: Mapping[str, Rules]
    audiences: Mapping[str, Words]

    def asking(self, activity: str) -> "Asking":
        """What a form for a place in this activity (``source_id``) asks."""
        rules = self.rules.get(activity, NO_RULES)
        return Asking(rules=rules, audiences=self.audiences if rules.reserves else {})


class Asking(Struct, frozen=True, kw_only=True):
    """``audiences``: those to choose from, none where nobody has to say which is theirs."""

    rules: Rules
    audiences: Mapping[str, Words]

    @property
    def reserved_for(self) -> str:
        """The name of the audience for which seats are reserved now, in the reader's language."""
        return str(self.audiences.get(self.rules.reserved_for, "")) if self.rules.reserves else ""

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.audiences or self.rules.prerequisites or self.rules.questions)


RULES = """
    r.opens_at, r.closes_at, r.reserved_seats, r.reserved_for, r.reserved_until, r.prerequisites_fr,
    r.prerequisites_en, r.questions::text
"""
"""The columns of ``Rules``, out of ``activity_rules r``."""

_VERSION = """
    SELECT concat_ws('-',
        (SELECT md5(string_agg(concat_ws(':', id, xmin, ctid), ',' ORDER BY id)) FROM activity_rules
            WHERE edition = $1),
        (SELECT md5(string_agg(concat_ws(':', id, xmin, ctid), ',' ORDER BY id)) FROM label
            WHERE edition = $1 AND facet = 'audience'),
        (SELECT count(*) FROM activity_rules WHERE edition = $1 AND reserved_until <= $2)
    ) AS version
"""
# An audience for which seats are reserved may be one that only the draft has yet.
_AUDIENCES = """
    SELECT slug, name_fr, name_en FROM (
        SELECT DISTINCT ON (l.slug) l.slug, l.name_fr, l.name_en, l.position, l.id
        FROM label l JOIN edition e ON e.id = l.edition
        WHERE l.facet = 'audience' AND (e.id = $1 OR e.draft_of = $1 AND EXISTS (
            SELECT FROM activity_rules r WHERE r.edition = $1 AND r.reserved_for = l.slug
        ))
        ORDER BY l.slug, e.id = $1 DESC
    ) audience ORDER BY position, id
"""


def rules_in(row: database.Row) -> Rules:
    """Out of a row of ``RULES``."""
    said = {name: row[name] for name in Rules.__struct_fields__}
    return Rules(**{**said, "questions": questions_in(row["questions"])})


async def _version(edition_id: int) -> str:
    row = await database.fetch_one(_VERSION, edition_id, clock.now())
    return row["version"] if row else ""


async def _read(edition_id: int, version: str) -> RuleBook:
    rows = await database.fetch(f"SELECT r.activity, {RULES} FROM activity_rules r WHERE r.edition = $1", edition_id)
    audiences = await database.fetch(_AUDIENCES, edition_id)
    return RuleBook(
        version=version,
        rules={row["activity"]: rules_in(row) for row in rows},
        audiences={row["slug"]: Words(row["name_fr"], row["name_en"]) for row in audiences},
    )


_books = Revalidated(_version, _read)


async def rule_book(edition_id: int) -> RuleBook:
    """The edition's rules, at most a second old; usually without a question to the database."""
    return await _books.get(edition_id)


def forget() -> None:
    """What this process has read is no longer so: somebody has just changed it here."""
    _books.forget()
