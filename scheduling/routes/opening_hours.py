"""The page of the hours at which the doors open and close, one line a day."""

from datetime import date, time

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import written_times as times
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, format_day
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.event_days import every_day
from scheduling.domain.opening_hours import OpeningHours, opening_hours_of, say_opening_hours

ROUTE = "scheduling:opening-hours"
BOTH = N_("%(day)s : écrivez les deux heures, ou laissez les deux vides.")
NO_TIME = N_("%(day)s : écrivez chaque heure comme 13 h 30.")
BACKWARDS = N_("%(day)s : l’heure de fermeture doit venir après l’ouverture.")


class HoursForm(Struct):
    """As it is sent: one of each for every day, in order."""

    day: list[str]
    opens: list[str]
    closes: list[str]
    version: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """One day as the page shows it."""

    day: date
    opens: str = ""
    closes: str = ""
    error: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Every day of the edition, and those that have hours all the same."""
    known = await opening_hours_of(await draft_of(edition.id))
    return _hours_page(request, edition, _lines_of(edition, known), version=known.version)


@post("/", name="scheduling:say-opening-hours", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """All days at once."""
    draft, form = await draft_of(edition.id), await read_form(request, HoursForm)
    lines = _lines_in(form)
    if any(line.error for line in lines):
        return _hours_page(request, edition, lines, version=str(form["version"]), status=422)
    hours = {line.day: (_time(line.opens), _time(line.closes)) for line in lines if line.opens}
    try:
        await say_opening_hours(draft, hours, version=str(form["version"]))
    except ChangedMeanwhile:
        known = await opening_hours_of(draft)
        return _hours_page(request, edition, lines, version=known.version, now=_lines_of(edition, known), status=409)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_("Les heures d’ouverture sont enregistrées."))


def _lines_of(edition: Edition, known: OpeningHours) -> list[Line]:
    days = every_day(edition.starts_on, edition.ends_on, known.hours)
    return [
        Line(day=day, opens=f"{known.hours[day][0]:%H:%M}", closes=f"{known.hours[day][1]:%H:%M}")
        if day in known.hours
        else Line(day=day)
        for day in days
    ]


def _lines_in(form: Form[HoursForm]) -> list[Line]:
    sent = zip(form["day"], form["opens"], form["closes"], strict=False)
    return [_line(found, opens.strip(), closes.strip()) for day, opens, closes in sent if (found := times.day(day))]


def _line(day: date, opens: str, closes: str) -> Line:
    return Line(day=day, opens=opens, closes=closes, error=_error(format_day(day), opens, closes))


def _error(day: str, opens: str, closes: str) -> str:
    if not opens and not closes:
        return ""
    if not opens or not closes:
        return _(BOTH, day=day)
    first, last = times.clock(opens), times.clock(closes)
    if first is None or last is None:
        return _(NO_TIME, day=day)
    return "" if first < last else _(BACKWARDS, day=day)


def _time(text: str) -> time:
    return times.clock(text) or time()


def _hours_page(
    request: PageRequest,
    edition: Edition,
    lines: list[Line],
    *,
    version: str,
    now: list[Line] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/opening_hours.html",
        edition=edition,
        status_code=status,
        lines=lines,
        now=now,
        version=version,
        errors={f"opens-{line.day}": line.error for line in lines if line.error},
        organiser_menu=organiser_menu(edition, "scheduling:rooms"),
    )


router = Router(path="/{edition_slug:str}/organisation/heures", route_handlers=[show, change], include_in_schema=False)
