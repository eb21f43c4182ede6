"""What an organiser is told when the schedule does not take a move: who was faster, and where the slot is now."""

from digital_days.kernel import database
from digital_days.kernel.codes import normalize
from digital_days.kernel.errors import Conflict, Invalid, NotFound
from digital_days.kernel.i18n import N_, _, format_date, format_time_range, localized


class NoSuchRoom(Invalid):
    message = N_("Cette salle n’est pas de cette édition, ou vient d’être retirée. Choisissez-en une autre.")


class EndsTooSoon(Invalid):
    message = N_("La fin vient après le début.")


class LastsTooLong(Invalid):
    message = N_("Une plage dure au plus un jour.")


class NoSuchActivity(NotFound):
    message = N_("Cette activité n’existe pas, ou vient d’être retirée.")


class SlotGone(NotFound):
    message = N_("Cette plage n’est plus à l’horaire : quelqu’un l’en a retirée entre-temps.")


class SlotChanged(Conflict):
    message = N_(
        "Cette plage vient d’être changée par %(who)s. Elle est maintenant ici : %(where)s. "
        "Votre changement n’a pas été fait."
    )


class AlreadyPlaced(Conflict):
    message = N_("Cette activité vient d’être placée par %(who)s, ici : %(where)s. Votre changement n’a pas été fait.")


class SlotsChanged(Conflict):
    message = N_("Les plages de cette activité ont changé entre-temps. Votre changement n’a pas été fait.")


_WHERE_NOW = """
    SELECT s.room, s.starts_at, s.ends_at, s.seats, s.changed_by, p.name AS who, r.name, r.name_en
    FROM slot s JOIN activity a ON a.id = s.activity
    LEFT JOIN room r ON r.id = s.room LEFT JOIN person p ON p.id = s.changed_by
"""


async def slot_now(draft_id: int, code: str) -> database.Row:
    """The slot as somebody else has left it; raises ``SlotGone``."""
    row = await database.fetch_one(f"{_WHERE_NOW} WHERE a.edition = $1 AND s.code = $2", draft_id, normalize(code))
    if row is None:
        raise SlotGone
    return row


async def slots_now(activity: int) -> list[database.Row]:
    """Those of one activity, the one that changed last first."""
    return await database.fetch(f"{_WHERE_NOW} WHERE a.id = $1 ORDER BY s.updated_at DESC, s.id DESC", activity)


def changed_meanwhile(now: database.Row, by: int) -> SlotChanged:
    """What to tell who wanted to move it."""
    return SlotChanged(**_who_and_where(now, by))


def already_placed(others: list[database.Row], by: int) -> Conflict:
    """What to tell who wanted to place it."""
    return AlreadyPlaced(**_who_and_where(others[0], by)) if len(others) == 1 else SlotsChanged()


def _who_and_where(row: database.Row, by: int) -> dict[str, str]:
    other = row["who"] or _("quelqu’un d’autre")
    room = localized(row["name"], row["name_en"]) if row["name"] else _("sans salle")
    hours = format_time_range(row["starts_at"], row["ends_at"])
    return {
        "who": _("vous, dans une autre fenêtre") if row["changed_by"] == by else other,
        "where": f"{room}, {format_date(row['starts_at'])}, {hours}",
    }
