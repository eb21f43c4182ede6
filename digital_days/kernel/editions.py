"""Editions: which one a request is about, and in which languages it speaks."""

from datetime import date
from time import monotonic

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, TORONTO, localized
from digital_days.kernel.settings import current

FRESH_FOR = 1.0  # seconds; every page asks, few change it
_seen: dict[str, "Edition"] = {}  # all of them, as they were read last, nearest first
_in_english: "Edition | None" = None  # the nearest of those announced that opens English
_fresh_until = 0.0

_COLUMNS = """
    id, slug, name_fr, name_en, tagline_fr, tagline_en, place_fr, place_en, starts_on, ends_on,
    organiser_name, postal_address, contact_email, english_ground_fr, english_ground_en, announced
"""


class NoSuchEdition(NotFound):
    message = N_("Cette édition n’existe pas.")


class Edition(Struct, frozen=True, kw_only=True):
    """One holding of the event, as pages show it; texts come in the reader's language."""

    id: int
    slug: str
    name_fr: str
    name_en: str
    tagline_fr: str
    tagline_en: str
    place_fr: str
    place_en: str
    starts_on: date
    ends_on: date
    organiser_name: str
    postal_address: str
    contact_email: str
    english_ground_fr: str
    english_ground_en: str
    announced: bool

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)

    @property
    def tagline(self) -> str:
        """In the reader's language."""
        return localized(self.tagline_fr, self.tagline_en)

    @property
    def place(self) -> str:
        """In the reader's language."""
        return localized(self.place_fr, self.place_en)

    @property
    def opens_english(self) -> bool:
        """English exists only where the ground for it is on record."""
        return bool(self.english_ground_fr)

    @property
    def english_ground(self) -> str:
        """Who may consult the English pages."""
        return localized(self.english_ground_fr, self.english_ground_en)


async def edition_called(slug: str) -> Edition:
    """The edition at this address, at most a second old, there at once when it is new; raises ``NoSuchEdition``."""
    await _read_when_old()
    if slug not in _seen:
        await _read()
    if slug not in _seen:
        raise NoSuchEdition
    return _seen[slug]


async def edition_numbered(number: int) -> Edition:
    """The edition with this number in the database, as fresh as by its address; raises ``NoSuchEdition``."""
    for read in (_read_when_old, _read):
        await read()
        for edition in _seen.values():
            if edition.id == number:
                return edition
    raise NoSuchEdition


async def every_edition() -> list[Edition]:
    """All of them, at most a second old: what goes on or comes next first, what is over last.

    Those not announced are their organisers' to know: ``web.announced`` says who may see which.
    """
    await _read_when_old()
    return remembered()


async def editions_nearest_first() -> list[Edition]:
    """Those that everybody may know, in the same order."""
    return [edition for edition in await every_edition() if edition.announced]


async def english_edition() -> Edition | None:
    """The nearest announced one that opens English, at most a second old: its ground serves pages of no edition."""
    await _read_when_old()
    return _in_english


def remembered() -> list[Edition]:
    """All of them as this process read them last, nearest first: for menus, which ask the database nothing."""
    return list(_seen.values())


async def say_contact(slug: str, *, contact_email: str, postal_address: str, organiser_name: str = "") -> None:
    """Who holds this edition, and where people write to them; what is empty stays as it was."""
    await database.fetch(
        """
        UPDATE edition SET contact_email = coalesce(nullif($2, ''), contact_email),
            postal_address = coalesce(nullif($3, ''), postal_address),
            organiser_name = coalesce(nullif($4, ''), organiser_name) WHERE slug = $1
        """,
        slug,
        contact_email,
        postal_address,
        organiser_name,
    )
    forget()


def nearest_first(editions: list[Edition], today: date) -> list[Edition]:
    """The one that goes on or comes next, then later ones, then past ones from the last to the first."""
    coming = sorted((e for e in editions if e.ends_on >= today), key=lambda e: (e.starts_on, e.id))
    past = sorted((e for e in editions if e.ends_on < today), key=lambda e: (e.starts_on, e.id), reverse=True)
    return coming + past


async def nearest_edition() -> Edition:
    """The one that goes on or comes next, else the last; raises ``NoSuchEdition`` where there is none at all."""
    editions = await editions_nearest_first()
    if not editions:
        raise NoSuchEdition
    return editions[0]


async def _read_when_old() -> None:
    if _fresh_until <= monotonic():
        await _read()


async def _read() -> None:
    global _fresh_until, _in_english
    rows = await database.fetch(f"SELECT {_COLUMNS} FROM edition WHERE draft_of IS NULL ORDER BY starts_on DESC, id")
    nearest = nearest_first([_edition(row) for row in rows], clock.now().astimezone(TORONTO).date())
    _seen.clear()
    _seen.update((edition.slug, edition) for edition in nearest)
    _in_english = next((edition for edition in nearest if edition.announced and edition.opens_english), None)
    _fresh_until = monotonic() + FRESH_FOR


def _edition(row: database.Row) -> Edition:
    """An edition that names nobody who holds it, as imported ones do, is the program's own organiser's."""
    settings = current()
    return Edition(
        **{
            **row,
            "organiser_name": row["organiser_name"].strip() or settings.organiser_name,
            "postal_address": row["postal_address"].strip() or settings.organiser_address,
            "contact_email": row["contact_email"].strip() or settings.organiser_email,
        }
    )


def forget() -> None:
    """Drops what is remembered, for whoever has just changed an edition in this process."""
    global _fresh_until, _in_english
    _seen.clear()
    _in_english = None
    _fresh_until = 0.0
