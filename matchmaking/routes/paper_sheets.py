"""What the sheets of paper say, as data for their templates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import Locale, _, format_day, format_time, format_time_range
from digital_days.kernel.need_terms import NeedTerm
from digital_days.kernel.qr import drawing
from digital_days.kernel.web.urls import absolute, url
from matchmaking.domain.paper_meetings import PaperMeeting, PaperSeat, by_person, by_table
from matchmaking.domain.rounds import Round
from matchmaking.domain.settings import SpeedDating


def personal_data(
    edition: Edition,
    dating: SpeedDating,
    meetings: Sequence[PaperMeeting],
    terms: Collection[NeedTerm],
    *,
    only: str = "",
    locale: Locale | None = None,
) -> dict[str, object]:
    """A sheet each, in the reader's language or in this one; ``only``: one participant's."""
    sheets = []
    for seat, theirs in by_person(meetings):
        if only in ("", seat.code):
            with i18n.use(locale or seat.language(english=edition.opens_english)):
                sheets.append(_sheet(edition, dating, seat, theirs, {term.slug: term.name for term in terms}))
    return {"sheets": sheets, "nothing": _("Aucune rencontre n’est publiée.")}


def _sheet(
    edition: Edition,
    dating: SpeedDating,
    seat: PaperSeat,
    meetings: Sequence[PaperMeeting],
    needs: Mapping[str, str],
) -> dict[str, object]:
    days = dict.fromkeys(format_day(each.starts_at) for each in meetings)
    return {
        "language": i18n.current(),
        "event": edition.name,
        "name": seat.name,
        "organisation": seat.organisation,
        "place": " · ".join(filter(None, (", ".join(days), dating.place))),
        "head": [_("Heure"), _("Table"), _("Avec qui")],
        "meetings": [
            {
                "hour": format_time_range(each.starts_at, each.ends_at),
                "round": _round(each.round, each.starts_at, several=len(days) > 1),
                "table": str(each.table),
                "name": each.across(seat).name,
                "organisation": each.across(seat).organisation,
                "common": _common(each, needs),
            }
            for each in meetings
        ],
        "advice": _(
            "Arrivez à la table deux minutes avant. Si quelque chose change, votre page « Mes rencontres » le dit."
        ),
    }


def _common(meeting: PaperMeeting, needs: Mapping[str, str]) -> str:
    named = ", ".join(needs[slug] for slug in meeting.common if slug in needs)
    return _("En commun : %(needs)s", needs=named) if named else ""


def _round(number: int, starts_at: datetime, *, several: bool) -> str:
    """With its day, where there is more than one."""
    words = _("Ronde %(number)s", number=number)
    return f"{words}, {format_day(starts_at)}" if several else words


def table_data(edition: Edition, meetings: Sequence[PaperMeeting]) -> dict[str, object]:
    """A sheet a table; its QR leads the team to the table's page."""
    several = len({format_day(each.starts_at) for each in meetings}) > 1
    return {
        "head": [_("Heure"), _("Entreprise"), _("Ressource de soutien")],
        "nothing": _("Aucune rencontre n’est publiée."),
        "for_team": _("Pour l’équipe"),
        "tables": [
            {
                "name": _("Table %(number)s", number=number),
                "when": " · ".join([edition.name, *dict.fromkeys(format_day(each.starts_at) for each in theirs)]),
                "qr": drawing(absolute(url("matchmaking:table", edition_slug=edition.slug, number=number))),
                "alt": _("Code de la table %(number)s, pour l’équipe", number=number),
                "meetings": [
                    {
                        "hour": format_time_range(each.starts_at, each.ends_at),
                        "round": _round(each.round, each.starts_at, several=several),
                        "business": _named(each.business),
                        "resource": _named(each.resource),
                    }
                    for each in theirs
                ],
            }
            for number, theirs in by_table(meetings)
        ],
    }


def _named(seat: PaperSeat) -> dict[str, str]:
    return {"name": seat.name, "organisation": seat.organisation}


def wall_data(edition: Edition, meetings: Sequence[PaperMeeting], rounds: Sequence[Round]) -> dict[str, object]:
    """Everybody who meets somebody, by name; a column a round."""
    days = len({format_day(each.starts_at) for each in rounds}) > 1
    return {
        "subtitle": " · ".join([edition.name, *dict.fromkeys(format_day(each.starts_at) for each in rounds)]),
        "who": _("Personne"),
        "nothing": _("Aucune rencontre n’est publiée."),
        "rounds": [
            {"hour": format_time(each.starts_at), "name": _round(each.number, each.starts_at, several=days)}
            for each in rounds
        ],
        "people": [_line(seat, theirs, rounds) for seat, theirs in by_person(meetings)],
    }


def _line(seat: PaperSeat, meetings: Sequence[PaperMeeting], rounds: Sequence[Round]) -> dict[str, object]:
    at = {each.round: each for each in meetings}
    cells = [
        {"table": _("T%(number)s", number=at[each.number].table), "whom": at[each.number].across(seat).organisation}
        if each.number in at
        else {"table": "", "whom": ""}
        for each in rounds
    ]
    return {**_named(seat), "cells": cells}
