"""One page lists what is untranslated, with the field to translate it right there."""

from collections.abc import Sequence
from itertools import groupby

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import structs

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.translated_texts import PARTS, PER_PAGE, Progress, progress, texts_called, texts_to_translate
from scheduling.domain.translating import TextChanged, translate
from scheduling.domain.untranslated_rules import UntranslatedRules, untranslated_rules
from scheduling.routes.planned_activity_list import page_number
from scheduling.routes.translation_form import TranslationForm, Typed, is_chosen, keys_in, too_long, typed_in

DOUBTFUL = "a-verifier"
TRANSLATED_MEANWHILE = N_("Quelqu’un vient de traduire ce texte ainsi : « %(text)s »")


@get("/", name="scheduling:untranslated", permission=Permission.ORGANISE)
async def untranslated(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Everything that lacks its English, forty texts at a time; ``partie`` narrows it."""
    if not edition.opens_english:
        return _page(request, edition, [], None)
    draft = await draft_of(edition.id)
    rules = await untranslated_rules(edition.id, draft)
    part, number = _part(request), page_number(request)
    if part == DOUBTFUL:
        texts = await texts_to_translate(edition.id, draft, state="doubtful", page=number)
    else:
        texts = await texts_to_translate(edition.id, draft, part=part, page=number)
    rows = [Typed(text=text, version=text.version, english=text.en) for text in texts]
    return _page(request, edition, rows, await progress(edition.id, draft), rules=rules)


@post("/", name="scheduling:translate", permission=Permission.ORGANISE)
async def save(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Saves what its button names; what was typed elsewhere stays on the page."""
    here = url("scheduling:untranslated", edition_slug=edition.slug)
    if not edition.opens_english:
        return see_other(here)
    draft = await draft_of(edition.id)
    form = (await read_form(request, TranslationForm)).value or TranslationForm()
    rows = typed_in(form, await texts_called(edition.id, draft, keys_in(form)))
    saved = await _save([row for row in rows if is_chosen(row, form.save)], edition, draft, by=signed_in(request).id)
    said = ngettext("%(num)s texte est enregistré.", "%(num)s textes sont enregistrés.", saved) if saved else ""
    left = [row for row in rows if not row.is_saved]
    if not any(row.note or (row.english and row.english != row.text.en) for row in left):
        part = _part(request)
        return see_other(f"{here}?partie={part}" if part else here, flash=said)
    return await _still_typed(request, edition, draft, left, said)


async def _save(rows: Sequence[Typed], edition: Edition, draft: int, *, by: int) -> int:
    """How many texts were written; each row that was not says why. A thing is written whole or not at all."""
    saved = 0
    # Activities first: what they are found by changes with rooms and labels, and would make them another writing.
    ordered = sorted(rows, key=lambda row: row.text.part != "activity")
    for (part, number), several in groupby(ordered, key=lambda row: (row.text.part, row.text.id)):
        things = list(several)
        for row in things:
            row.note = too_long(row)
        if any(row.note for row in things):
            continue
        texts = {row.text.column: row.english for row in things}
        try:
            await translate(edition.id, draft, part, number, texts, version=things[0].version, by=by)
        except TextChanged as refusal:
            for row in things:
                row.note = _(TRANSLATED_MEANWHILE, text=row.text.en) if row.text.en else str(refusal)
            continue
        for row in things:
            row.is_saved = True
        saved += len(things)
    return saved


async def _still_typed(
    request: PageRequest, edition: Edition, draft: int, rows: Sequence[Typed], said: str
) -> Response[str]:
    now = await texts_called(edition.id, draft, [row.text.key for row in rows])
    rules = await untranslated_rules(edition.id, draft)
    left = [
        structs.replace(row, text=now[row.text.key], version=now[row.text.key].version)
        for row in rows
        if row.text.key in now
    ]
    notes = [row for row in left if row.note]
    status = 422 if any(map(too_long, notes)) else 409 if notes else 200
    return _page(request, edition, left, await progress(edition.id, draft), rules=rules, said=said, status=status)


def _page(
    request: PageRequest,
    edition: Edition,
    rows: Sequence[Typed],
    how_far: Progress | None,
    *,
    rules: Sequence[UntranslatedRules] = (),
    said: str = "",
    status: int = 200,
) -> Response[str]:
    here, part, number = url("scheduling:untranslated", edition_slug=edition.slug), _part(request), page_number(request)
    return page(
        request,
        "scheduling/untranslated.html",
        edition=edition,
        status_code=status,
        organiser_menu=organiser_menu(edition, "scheduling:untranslated"),
        parts=_by_part(rows),
        progress=how_far,
        rules=rules,
        tabs=_tabs(here, part, how_far) if how_far else [],
        part=part,
        here=f"{here}?partie={part}" if part else here,
        page_number=number,
        pages=-(-_count(part, how_far) // PER_PAGE) if how_far else 1,
        next_pages=f"?partie={part}&page=",
        said=said,
    )


def _by_part(rows: Sequence[Typed]) -> list[tuple[str, str, list[list[Typed]]]]:
    """Name and words of each part, with the texts of each of its things."""
    return [
        (part, _(PARTS[part].words), [list(texts) for _id, texts in groupby(several, key=lambda row: row.text.id)])
        for part, several in groupby(rows, key=lambda row: row.text.part)
    ]


def _tabs(here: str, part: str, how_far: Progress) -> list[dict[str, object]]:
    named = {name: _(PARTS[name].words) for name in how_far.missing}
    names = {"": _("Tout"), **named, **({DOUBTFUL: _("À vérifier")} if how_far.doubtful else {})}
    return [
        {
            "label": f"{words} ({_count(name, how_far)})",
            "url": f"{here}?partie={name}" if name else here,
            "current": name == part,
        }
        for name, words in names.items()
    ]


def _count(part: str, how_far: Progress) -> int:
    if part == DOUBTFUL:
        return how_far.doubtful
    return how_far.missing.get(part, 0) if part else sum(how_far.missing.values())


def _part(request: PageRequest) -> str:
    asked = request.query_params.get("partie", "")
    return asked if asked in PARTS or asked == DOUBTFUL else ""


router = Router(
    path="/{edition_slug:str}/organisation/traductions",
    route_handlers=[untranslated, save],
    include_in_schema=False,
)
