"""What the programme puts on the organiser's page: what is missing, who was turned away, how full it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import _, format_day, format_time, localized, ngettext
from digital_days.kernel.service import Attention, Panel
from digital_days.kernel.web.urls import url
from scheduling.domain.untranslated_attention import untranslated

MOST_OF_A_KIND = 5
SOON = timedelta(days=1)
NEARLY_FULL = 0.8


class Occupancy(Struct, frozen=True, kw_only=True):
    """A slot's seats; ``turned_away`` counts people who asked in vain and got no other slot of the activity.

    ``waiting`` of them stand in line for the slot whose code is ``slot``.
    """

    code: str
    title_fr: str
    title_en: str
    starts_at: datetime
    seats: int
    taken: int
    turned_away: int
    slot: str = ""
    waiting: int = 0

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def is_tight(self) -> bool:
        """Full or nearly (as the bar's colour says), or not enough for those who asked."""
        return self.taken >= NEARLY_FULL * self.seats or self.turned_away > 0


# What runs by itself; any other kind, and whatever a file calls its own, is somebody's to present.
_KINDS_WITHOUT_SPEAKER = (
    "salon|exposant|foire|fair|kiosque|rencontres|speed|reseautage|network|convivial|social|animation|pause|break"
    "|repas|dejeuner|diner|lunch|accueil|inscription"
)

_TO_DO = """
    WITH a AS (SELECT activity.*, edition.slug FROM activity JOIN edition ON edition.id = edition WHERE edition = $1),
    s AS (SELECT slot.* FROM slot JOIN a ON a.id = slot.activity WHERE slot.state = 'scheduled' AND slot.ends_at > $2)
    SELECT CASE count(x.id) WHEN 0 THEN 'full' ELSE 'turned_away' END AS what, a.slug, a.code, a.title_fr, a.title_en,
        count(x.id) AS number, s.starts_at AS at
    FROM a JOIN s ON s.activity = a.id
    LEFT JOIN place x ON x.slot = s.id AND x.state = 'refused' AND x.reason = 'full' AND NOT EXISTS (
        SELECT FROM place y JOIN slot z ON z.id = y.slot
        WHERE y.person = x.person AND y.state = 'confirmed' AND z.activity = a.id
    ) WHERE s.taken + s.held >= s.seats GROUP BY a.slug, a.code, a.title_fr, a.title_en, s.id, s.starts_at
    UNION ALL
    SELECT 'no_room', a.slug, a.code, a.title_fr, a.title_en, count(*), min(s.starts_at)
    FROM a JOIN s ON s.activity = a.id WHERE s.room IS NULL GROUP BY a.slug, a.code, a.title_fr, a.title_en
    UNION ALL
    SELECT 'no_speaker', a.slug, a.code, a.title_fr, a.title_en, 1, min(s.starts_at)
    FROM a JOIN s ON s.activity = a.id LEFT JOIN label k ON k.id = a.kind
    WHERE coalesce(k.slug, '') !~ $3 AND NOT EXISTS (SELECT FROM activity_speaker z WHERE z.activity = a.id)
    GROUP BY a.slug, a.code, a.title_fr, a.title_en
    UNION ALL
    SELECT 'no_slot', a.slug, a.code, a.title_fr, a.title_en, 1, NULL
    FROM a WHERE NOT EXISTS (SELECT FROM slot z WHERE z.activity = a.id)
    ORDER BY what DESC, number DESC, at, title_fr
"""

_SENTENCES: dict[str, Callable[[str, int, datetime], str]] = {
    "turned_away": lambda title, number, at: ngettext(
        "« %(title)s », %(day)s à %(time)s : c’est complet, %(num)s personne n’a pas eu de place.",
        "« %(title)s », %(day)s à %(time)s : c’est complet, %(num)s personnes n’ont pas eu de place.",
        number,
        title=title,
        day=format_day(at),
        time=format_time(at),
    ),
    "full": lambda title, _number, at: _(
        "« %(title)s », %(day)s à %(time)s : c’est complet. Personne n’a encore été refusé.",
        title=title,
        day=format_day(at),
        time=format_time(at),
    ),
    "no_room": lambda title, number, _at: ngettext(
        "« %(title)s » : %(num)s plage n’a pas de salle.",
        "« %(title)s » : %(num)s plages n’ont pas de salle.",
        number,
        title=title,
    ),
    "no_speaker": lambda title, _number, _at: _("Personne n’est encore prévu pour animer « %(title)s ».", title=title),
    "no_slot": lambda title, _number, _at: _("« %(title)s » n’est pas encore à l’horaire.", title=title),
}


def _other_full(more: int) -> str:
    return ngettext("%(num)s autre plage complète.", "%(num)s autres plages complètes.", more)


_OTHERS: dict[str, Callable[[int], str]] = {
    "turned_away": _other_full,
    "full": _other_full,
    "no_room": lambda more: ngettext(
        "%(num)s autre activité sans salle.", "%(num)s autres activités sans salle.", more
    ),
    "no_speaker": lambda more: ngettext(
        "%(num)s autre activité que personne n’anime encore.",
        "%(num)s autres activités que personne n’anime encore.",
        more,
    ),
    "no_slot": lambda more: ngettext(
        "%(num)s autre activité pas encore à l’horaire.", "%(num)s autres activités pas encore à l’horaire.", more
    ),
}


async def attention(edition_id: int) -> list[Attention]:
    """What is missing or too full in what is still to come; a few of each kind, then how many more."""
    now = clock.now()
    found = await database.fetch(_TO_DO, edition_id, now, _KINDS_WITHOUT_SPEAKER)
    shown = []
    for what, sentence in _SENTENCES.items():
        rows = [row for row in found if row["what"] == what]
        for row in rows[:MOST_OF_A_KIND]:
            title = localized(row["title_fr"], row["title_en"])
            shown.append(
                Attention(
                    sentence=sentence(title, row["number"], row["at"]),
                    path=url("scheduling:activity", edition_slug=row["slug"], activity_code=row["code"]),
                    urgent=what in ("no_room", "no_speaker") and row["at"] < now + SOON,
                )
            )
        if more := max(0, len(rows) - MOST_OF_A_KIND):
            path = url("scheduling:programme", edition_slug=rows[0]["slug"])
            shown.append(Attention(sentence=_OTHERS[what](more), path=path))
    return [*shown, *await untranslated(edition_id)]


async def occupancy(edition_id: int) -> list[Occupancy]:
    """Every slot with seats that is not cancelled, by time; one query."""
    rows = await database.fetch(
        """
        SELECT a.code, a.title_fr, a.title_en, s.starts_at, s.seats, s.taken + s.held AS taken, s.code AS slot,
            (SELECT count(*) FROM waiting_entry l WHERE l.slot = s.id AND l.state = 'waiting') AS waiting,
            (SELECT count(*) FROM place x
             WHERE x.slot = s.id AND x.state = 'refused' AND x.reason = 'full' AND NOT EXISTS (
                SELECT FROM place y JOIN slot w ON w.id = y.slot
                WHERE y.person = x.person AND y.state = 'confirmed' AND w.activity = a.id)) AS turned_away
        FROM activity a JOIN slot s ON s.activity = a.id
        WHERE a.edition = $1 AND s.state = 'scheduled' AND s.seats IS NOT NULL
        ORDER BY s.starts_at, a.title_fr, s.id
        """,
        edition_id,
    )
    return [Occupancy(**row) for row in rows]


async def panels(edition_id: int) -> list[Panel]:
    """How full each slot is."""
    return [Panel(template="scheduling/_seats_panel.html", context={"rows": await occupancy(edition_id)})]
