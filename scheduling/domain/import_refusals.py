"""Why a well-formed file is turned away all the same: what it would do to the edition, or to people."""

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct
from piccolo.columns import Varchar
from piccolo.table import Table

from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.tables import Edition
from scheduling.domain.import_plan import Plan
from scheduling.domain.import_wording import slot_title
from scheduling.domain.programme_facts import StoredProgramme
from scheduling.imports.model import ImportedProgramme, Remark
from scheduling.tables.programme import Activity, Label, Room, Slot, Speaker


def foreign_file(programme: ImportedProgramme, stored: StoredProgramme) -> Iterator[Remark]:
    """A file that shares no identifier with a programme already there would replace all of it."""
    known = stored.activity_ids
    if known and not any(activity.key in known for activity in programme.activities):
        yield Remark(
            _("activités"),
            ngettext(
                "Ce fichier ne reprend pas l’activité déjà au programme de cette édition : il l’effacerait. "
                "Vérifiez l’édition choisie, ou demandez le remplacement.",
                "Ce fichier ne reprend aucune des %(num)d activités déjà au programme de cette édition : il les "
                "effacerait toutes. Vérifiez l’édition choisie, ou demandez le remplacement.",
                len(known),
            ),
        )


def too_few_seats(plan: Plan, stored: StoredProgramme, zone: ZoneInfo) -> Iterator[Remark]:
    """Nobody loses a seat because a number became smaller."""
    for key, (_before, after) in plan.slots.changed.items():
        taken = stored.slots[key].taken
        if after.seats is not None and after.seats < taken and not after.cancelled:
            yield Remark(
                slot_title(plan.after, key, after, zone),
                _("%(seats)s : %(people)s.", seats=_not_enough(after.seats), people=_registered(taken)),
            )


def too_long(plan: Plan) -> Iterator[Remark]:
    """Texts that the database has no room for, the source's identifiers included."""
    after = plan.after
    things = (
        (_("édition"), Edition, [{"name_fr": after.edition.title if after.edition else ""}]),
        (_("salle"), Room, _fields(after.rooms.values(), {"name": "name"})),
        (_("étiquette"), Label, _fields(after.labels.values(), {"name_fr": "name_fr"})),
        (_("personne intervenante"), Speaker, _fields(after.speakers.values(), {"key": "source_id"})),
        (_("activité"), Activity, _fields(after.activities.values(), {"key": "source_id"})),
        (_("plage"), Slot, [{"source_id": key} for _activity, key in after.slots]),
    )
    for what, table, rows in things:
        limits = _limits(table)
        for row in rows:
            for field, most in limits.items():
                text = row.get(field)
                if isinstance(text, str) and len(text) > most:
                    yield Remark(
                        _("%(what)s « %(title)s »", what=what, title=text[:60]),
                        _(
                            "Ce texte compte %(length)s caractères, il y a place pour %(most)s : raccourcissez-le.",
                            length=len(text),
                            most=most,
                        ),
                    )


def _not_enough(seats: int) -> str:
    return ngettext("%(num)d place ne suffit pas", "%(num)d places ne suffisent pas", seats)


def _registered(people: int) -> str:
    return ngettext("%(num)d personne est déjà inscrite", "%(num)d personnes sont déjà inscrites", people)


def _limits(table: type[Table]) -> dict[str, int]:
    return {
        column._meta.name: column.length  # noqa: SLF001 - Piccolo's only way to a column's name
        for column in table._meta.columns  # noqa: SLF001 - nor to its columns
        if isinstance(column, Varchar) and column.length
    }


def _fields(things: Iterable[Struct], renamed: Mapping[str, str]) -> list[dict[str, object]]:
    return [{renamed.get(name, name): getattr(thing, name) for name in thing.__struct_fields__} for thing in things]
