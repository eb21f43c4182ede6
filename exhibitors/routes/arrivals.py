"""Organisers open quarters of an hour for unloading, and see who comes when."""

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, _, format_day, format_time_range, ngettext
from digital_days.kernel.local_times import DoubledTime, SkippedTime
from digital_days.kernel.permissions import Permission
from digital_days.kernel.typesetting import typeset
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.paper import sheet
from digital_days.kernel.web.urls import url
from exhibitors.domain.arrival_slots import (
    MOST,
    ArrivalSlot,
    NotQuarters,
    arrival_slots,
    change_capacity,
    open_slots,
    quarters,
    remove_slot,
    without_arrival,
)

ROUTE = "exhibitors:arrivals"
TEMPLATE = Path(__file__).parent.parent / "paper" / "arrivals.typ"
LABELS = {
    "day": N_("Jour"),
    "begin": N_("De"),
    "end": N_("À"),
    "capacity": N_("Véhicules à la fois"),
}
WRONG_CAPACITY = N_("Écrivez un nombre de 0 à %(most)s.")
Capacity = Annotated[int, Meta(ge=0, le=MOST)]


class NewSlots(Struct, frozen=True):
    """One after the other, from ``begin`` to before ``end``."""

    day: date
    begin: time
    end: time
    capacity: Annotated[int, Meta(ge=1, le=MOST)]


class SlotChange(Struct, frozen=True):
    """``do`` is the button beside the quarter."""

    slot: str
    capacity: Capacity = 0
    do: Literal["save", "remove"] = "save"


@get("/arrivees", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """All quarters, by day."""
    return await _arrivals_page(request, edition)


@post("/arrivees", name="exhibitors:open-arrivals", permission=Permission.ORGANISE)
async def open_more(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Those there already stay as they are."""
    form = await read_form(request, NewSlots)
    if "capacity" in form.errors:
        form.refuse("capacity", _(WRONG_CAPACITY, most=MOST))
    if form.value:
        try:
            starts = quarters(form.value.day, form.value.begin, form.value.end)
            made = await open_slots(edition.id, starts, form.value.capacity)
        except (NotQuarters, SkippedTime, DoubledTime) as refusal:
            form.refuse("begin", str(refusal))
        else:
            return _back(edition, ngettext("%(num)s quart d’heure ouvert.", "%(num)s quarts d’heure ouverts.", made))
    return await _arrivals_page(request, edition, form)


@post("/arrivees/changer", name="exhibitors:change-arrivals", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """Nobody who has chosen loses their quarter."""
    form = await read_form(request, SlotChange)
    if form.value is None:
        return _back(edition, _(WRONG_CAPACITY, most=MOST), kind="error")
    try:
        if form.value.do == "remove":
            await remove_slot(edition.id, form.value.slot)
        else:
            await change_capacity(edition.id, form.value.slot, form.value.capacity)
    except Refusal as refusal:
        return _back(edition, str(refusal), kind="error")
    return _back(edition, _("C’est enregistré."))


@get("/arrivees.pdf", name="exhibitors:arrivals-file", permission=Permission.ORGANISE)
async def on_paper(edition: RequestedEdition) -> Response[bytes]:
    """For whoever stands at the loading dock."""
    data = {
        "subtitle": edition.name,
        "words": {"hour": _("Heure"), "who": _("Exposant"), "booth": _("Kiosque"), "vehicle": _("Véhicule")},
        "nothing": _("Aucun exposant n’a encore choisi son heure."),
        "days": [
            {"name": day, "visits": _visits(slots)} for day, slots in _by_day(await arrival_slots(edition.id)).items()
        ],
    }
    content = await typeset(TEMPLATE, data=data, title=_("Arrivées des exposants"))
    return sheet(content, f"{_('arrivees')}-{edition.slug}")


def _visits(slots: list[ArrivalSlot]) -> list[dict[str, str]]:
    return [
        {
            "when": format_time_range(slot.starts_at, slot.ends_at),
            "name": visit.name,
            "booth": visit.booth,
            "vehicle": visit.vehicle,
        }
        for slot in slots
        for visit in slot.visits
    ]


def _by_day(slots: list[ArrivalSlot]) -> dict[str, list[ArrivalSlot]]:
    days: dict[str, list[ArrivalSlot]] = {}
    for slot in slots:
        days.setdefault(format_day(slot.starts_at), []).append(slot)
    return days


def _back(edition: Edition, flash: str, *, kind: str = "success") -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash, kind=kind)


async def _arrivals_page(request: PageRequest, edition: Edition, form: Form[NewSlots] | None = None) -> Response[str]:
    return page(
        request,
        "exhibitors/arrivals.html",
        edition=edition,
        status_code=422 if form else 200,
        days=_by_day(await arrival_slots(edition.id)),
        missing=await without_arrival(edition.id),
        typed=form.typed if form else {"day": edition.starts_on.isoformat(), "capacity": "3"},
        errors=form.errors if form else {},
        labels={name: _(label) for name, label in LABELS.items()},
        most=MOST,
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon",
    route_handlers=[show, open_more, change, on_paper],
    include_in_schema=False,
)
