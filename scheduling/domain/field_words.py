"""Fields of a programme and their values, in words."""

from collections.abc import Collection, Mapping
from datetime import date

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, format_date
from scheduling.domain.import_report import Change

_LONGEST = 60
_WORDS = {
    "title": N_("titre"),
    "starts_on": N_("premier jour"),
    "ends_on": N_("dernier jour"),
    "name": N_("nom"),
    "name_en": N_("nom anglais"),
    "colour": N_("couleur"),
    "venue": N_("lieu"),
    "address": N_("adresse"),
    "capacity": N_("capacité"),
    "workstations": N_("postes de travail"),
    "step_free": N_("accès sans marche"),
    "organisation": N_("organisation"),
    "ambassador": N_("ambassadeur ou ambassadrice"),
    "biography_fr": N_("biographie"),
    "biography_en": N_("biographie anglaise"),
    "title_fr": N_("titre"),
    "title_en": N_("titre anglais"),
    "subtitle": N_("sous-titre"),
    "summary_fr": N_("résumé"),
    "summary_en": N_("résumé anglais"),
    "description_fr": N_("description"),
    "description_en": N_("description anglaise"),
    "kind": N_("genre"),
    "theme": N_("thème"),
    "audience": N_("public"),
    "language": N_("langue"),
    "speakers": N_("personnes intervenantes"),
    "links": N_("liens"),
    "extra": N_("autres renseignements"),
    "venue_en": N_("lieu en anglais"),
    "equipment_fr": N_("matériel"),
    "equipment_en": N_("matériel en anglais"),
    "portrait": N_("portrait"),
    "minutes": N_("durée en minutes"),
    "needs_workstations": N_("postes de travail nécessaires"),
    "starts_at": N_("début"),
    "ends_at": N_("fin"),
    "room": N_("salle"),
    "seats": N_("places"),
    "cancelled": N_("annulée"),
}


def field_name(field: str) -> str:
    """The French of the catalogue for a column."""
    return _WORDS.get(field, field)


def changes(
    before: Struct, after: Struct, *, names: Mapping[str, str] | None = None, without: Collection[str] = ()
) -> tuple[Change, ...]:
    """The fields that differ, from and to in words; ``names`` says what the keys of people stand for."""
    return tuple(
        Change(_(field_name(field)), _in_words(old, names or {}), _in_words(new, names or {}))
        for field in after.__struct_fields__
        if field not in without and (old := getattr(before, field)) != (new := getattr(after, field))
    )


def _in_words(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        return ", ".join(names.get(each, each) if isinstance(each, str) else each[1] for each in value)
    if isinstance(value, dict):
        return ", ".join(value)
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
