"""The organisers' page of the taxonomy: the needs that visitors look for and exhibitors answer, in one form."""

from itertools import zip_longest

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.need_terms import NeedTerm, WrittenTerm, need_terms, version_of, write_terms
from digital_days.kernel.people import fold, person_name
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import REQUIRED, TOO_LONG, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url

ROUTE = "site:need-terms"
SAVED = N_("Les besoins sont enregistrés.")
TWICE = N_("Ce besoin est écrit deux fois.")
MOST, LONGEST = 60, 120


class TermsForm(Struct, kw_only=True):
    """One field beside the other, row by row. ``do`` is the button, empty to save."""

    version: str = ""
    slug: list[str] = []
    name_fr: list[str] = []
    name_en: list[str] = []
    do: str = ""

    @property
    def rows(self) -> list[WrittenTerm]:
        """As they were typed."""
        columns = zip_longest(self.slug, self.name_fr, self.name_en, fillvalue="")
        return [WrittenTerm(slug=slug, name_fr=person_name(fr), name_en=person_name(en)) for slug, fr, en in columns]


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As they are on record, with an empty row where there is none yet."""
    terms = await need_terms(edition.id)
    return _terms_page(request, edition, _written(terms) or [WrittenTerm(name_fr="")], version_of(terms))


@post("/", name="site:write-need-terms", permission=Permission.ORGANISE)
async def write(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Saves, or answers one of the form's own buttons; two organisers never lose each other's words."""
    form = (await read_form(request, TermsForm)).value or TermsForm()
    if form.do:
        return _terms_page(request, edition, _pressed(form), form.version)
    rows = [row for row in form.rows if row.name_fr or row.name_en or row.slug]
    errors = _errors(rows)
    if errors:
        return _terms_page(request, edition, rows, form.version, errors=errors, status=422)
    try:
        await write_terms(edition.id, rows, version=form.version)
    except ChangedMeanwhile:
        now = await need_terms(edition.id)
        changes = [(_("Besoins"), "\n".join(term.name for term in now))]
        return _terms_page(request, edition, rows, version_of(now), changes=changes, status=409)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(SAVED))


def _written(terms: list[NeedTerm]) -> list[WrittenTerm]:
    return [WrittenTerm(slug=term.slug, name_fr=term.name_fr, name_en=term.name_en) for term in terms]


def _pressed(form: TermsForm) -> list[WrittenTerm]:
    rows, (action, _colon, about) = form.rows, form.do.partition(":")
    number = int(about) if about.isascii() and about.isdigit() and len(about) < 4 else len(rows)
    if action == "add" and len(rows) < MOST:
        rows.append(WrittenTerm(name_fr=""))
    elif action == "drop":
        del rows[number : number + 1]
    elif action in ("up", "down"):
        to = number + (1 if action == "down" else -1)
        if 0 <= number < len(rows) and 0 <= to < len(rows):
            rows.insert(to, rows.pop(number))
    return rows


def _errors(rows: list[WrittenTerm]) -> dict[str, str]:
    errors: dict[str, str] = {}
    seen: set[str] = set()
    for number, row in enumerate(rows[: MOST + 1]):
        if not row.name_fr:
            errors[f"name_fr-{number}"] = _(REQUIRED)
        elif fold(row.name_fr) in seen:
            errors[f"name_fr-{number}"] = _(TWICE)
        seen.add(fold(row.name_fr))
        for name, text in (("name_fr", row.name_fr), ("name_en", row.name_en)):
            if len(text) > LONGEST:
                errors[f"{name}-{number}"] = _(TOO_LONG, most=LONGEST)
    if len(rows) > MOST:
        errors["needs"] = _("C’est trop : %(most)s besoins au plus.", most=MOST)
    return errors


def _terms_page(
    request: PageRequest,
    edition: Edition,
    rows: list[WrittenTerm],
    version: str,
    *,
    errors: dict[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    labels = {f"name_fr-{number}": _("Besoin %(number)s", number=number + 1) for number in range(len(rows))}
    return page(
        request,
        "site/need_terms.html",
        edition=edition,
        status_code=status,
        rows=rows,
        version=version,
        errors=errors or {},
        changes=changes,
        labels={**labels, "needs": _("Besoins")},
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/besoins-et-offres", route_handlers=[show, write], include_in_schema=False
)
