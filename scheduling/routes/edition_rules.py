"""What holds for every activity of the edition: how many places each person may have, how long an offer waits."""

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, format_day, format_time
from digital_days.kernel.local_times import PASSAGES
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.moment_fields import TypedMoment, read_moment, typed_moment
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.edition_rules import OFFER_HOURS, EditionRules, edition_rules_of, write_edition_rules

ROUTE = "scheduling:edition-rules"
LABELS = {
    "most": N_("Nombre d’activités par personne"),
    "most_until_day": N_("Jusqu’au : jour"),
    "most_until_time": N_("Jusqu’au : heure"),
    "offer_hours": N_("Heures pour accepter une place offerte"),
}
SAVED = N_("Les règles de l’édition sont enregistrées. Elles comptent dès maintenant.")
MANY = N_("Écrivez un nombre entier de 1 à %(most)s, ou rien.")
HOURS = N_("Écrivez un nombre d’heures de 1 à 72.")
MOST_PLACES = 100


class RulesOfAll(Struct, frozen=True, kw_only=True):
    """As it is sent, all of it as text."""

    most: Annotated[str, Meta(max_length=20)] = ""
    most_until_day: Annotated[str, Meta(max_length=20)] = ""
    most_until_time: Annotated[str, Meta(max_length=20)] = ""
    most_until_which: Annotated[str, Meta(max_length=20)] = ""
    offer_hours: Annotated[str, Meta(max_length=20)] = ""
    version: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As they are on record."""
    return _rules_page(request, edition, _typed(await edition_rules_of(edition.id)), {})


@post("/", name="scheduling:change-edition-rules", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """They count at once, for everybody who asks from now on."""
    form = await read_form(request, RulesOfAll)
    typed = {name: str(form[name]).strip() for name in RulesOfAll.__struct_fields__}
    rules, errors = _read(form, typed)
    if errors:
        return _rules_page(request, edition, typed, errors, status=422)
    try:
        await write_edition_rules(edition.id, rules)
    except ChangedMeanwhile:
        now = await edition_rules_of(edition.id)
        typed["version"] = now.version
        return _rules_page(request, edition, typed, {}, changes=_said(now), status=409)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(SAVED))


def _read(form: Form[RulesOfAll], typed: dict[str, str]) -> tuple[EditionRules, dict[str, str]]:
    errors = dict(form.errors)
    until, wrong = read_moment(_moment(typed))
    errors |= {f"most_until_{part}": sentence for part, sentence in wrong.items()}
    most = _whole(typed["most"] or "0", MOST_PLACES)
    hours = _whole(typed["offer_hours"] or str(OFFER_HOURS), 72)
    if most is None:
        errors["most"] = _(MANY, most=MOST_PLACES)
    if not hours:
        errors["offer_hours"] = _(HOURS)
    rules = EditionRules(
        most=most or 0, most_until=until if most else None, offer_hours=hours or OFFER_HOURS, version=typed["version"]
    )
    return rules, errors


def _whole(text: str, most: int) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
    return number if number is not None and number <= most else None


def _moment(typed: dict[str, str]) -> TypedMoment:
    return TypedMoment(*(typed[f"most_until_{part}"] for part in ("day", "time", "which")))


def _typed(rules: EditionRules) -> dict[str, str]:
    until = typed_moment(rules.most_until)
    return {
        "most": str(rules.most or ""),
        "most_until_day": until.day,
        "most_until_time": until.time,
        "most_until_which": until.which,
        "offer_hours": str(rules.offer_hours),
        "version": rules.version,
    }


def _said(rules: EditionRules) -> list[tuple[str, str]]:
    """All of what is on record, in words."""
    until = f"{format_day(rules.most_until)}, {format_time(rules.most_until)}" if rules.most_until else ""
    said = {"most": str(rules.most or ""), "most_until_day": until, "offer_hours": str(rules.offer_hours)}
    return [(_(LABELS[name]), text) for name, text in said.items()]


def _rules_page(
    request: PageRequest,
    edition: Edition,
    typed: dict[str, str],
    errors: dict[str, str],
    *,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "scheduling/edition_rules.html",
        edition=edition,
        status_code=status,
        typed=typed,
        until=_moment(typed),
        errors=errors,
        labels=labels(LABELS),
        changes=changes,
        passages=[(which, _(words)) for which, words in PASSAGES],
        organiser_menu=organiser_menu(edition, "scheduling:edition-settings"),
    )


router = Router(path="/{edition_slug:str}/organisation/regles", route_handlers=[show, change], include_in_schema=False)
