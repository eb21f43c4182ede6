"""The form by which a contact registers several people: what was typed is checked line by line, and never lost."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

import msgspec
from litestar import Response
from litestar.datastructures import UploadFile
from msgspec import Meta, Struct

from digital_days.kernel import consents, i18n
from digital_days.kernel.codes import new_code
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.web.forms import Form, OneLine, Paragraphs, WholeNumber
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.urls import url
from scheduling.domain.group_lines import Kind, NewMember, WrittenLine, checked, lines_of, padded
from scheduling.domain.group_offers import at_the_same_time, audiences_with_seats, slots_for_groups
from scheduling.domain.group_places import MOST, Shortage
from scheduling.domain.group_reading import slots_called
from scheduling.domain.slots import SlotSummary
from scheduling.imports.group_rows import BYTES, GroupSheet

MOST_ACTIVITIES = 6

SIGNED_OUT = N_(
    "Votre session est fermée. Reconnectez-vous dans un autre onglet, puis revenez ici et inscrivez de nouveau : "
    "ce que vous avez écrit est encore là."
)
NO_ACTIVITY = N_("Cochez au moins une activité.")
TOO_MANY_ACTIVITIES = N_("Choisissez au plus %(most)s activités à la fois.")
SAME_TIME = N_("« %(one)s » et « %(other)s » ont lieu en même temps : gardez-en une seule.")
GONE = N_("Une activité cochée n’est plus au programme : vérifiez votre choix.")
NOBODY = N_("Écrivez au moins un nom, ou dites combien vous serez.")
TOO_FEW = N_("Vous avez écrit %(named)s noms : le nombre total doit être au moins celui-là.")
TOO_MANY = N_(
    "Au plus %(most)s personnes s’inscrivent ainsi en ligne. Pour un plus grand groupe, écrivez à l’équipe de "
    "l’événement : elle s’en occupe avec vous."
)
WRONG_LINES = N_("Des lignes sont à corriger : elles sont dites ci-dessous.")
WRONG_FILE = N_("Ce fichier n’a pas été repris : ce qu’il faut corriger est dit ci-dessous.")
TOO_LARGE = N_("Ce fichier est trop gros : une simple liste de noms suffit.")
DECLARE = N_("Cochez cette case : sans cet accord, nous ne pouvons pas inscrire d’autres personnes.")
READ = N_("Voici ce que nous avons lu. Vérifiez, puis inscrivez votre groupe : rien n’est encore réservé.")


class GroupForm(Struct):
    """``count``: how many in all, names to come included. ``do``: « read » a file, or « some »: take what is left."""

    kind: Kind
    organisation: Annotated[OneLine, Meta(max_length=110)]
    form_code: str
    slots: list[str]
    members: Paragraphs = Paragraphs("")
    count: WholeNumber = WholeNumber(0)
    together: Literal["all", "some"] = "all"
    audience: str = ""
    declared: bool = False
    do: str = ""


class Looked(Struct, kw_only=True):
    """The form with what we found in it: the people, what is wrong line by line, what is short of seats."""

    form: Form[GroupForm]
    people: list[NewMember] = []
    wrong: list[str] = []
    slots: list[SlotSummary] = []
    short: list[str] = []
    some_left: bool = False
    was_read: bool = False


def empty_form(kind: Kind, slot: str) -> Looked:
    """Nothing typed; the activity somebody comes from is ticked."""
    typed: dict[str, str | list[str]] = {
        "kind": kind,
        "form_code": new_code(),
        "slots": [slot] if slot else [],
        "together": "all",
    }
    return Looked(form=Form(typed=typed, errors={}, value=None))


async def look_at(form: Form[GroupForm], edition: Edition) -> Looked:
    """Checks what was typed; errors are in the form."""
    found = Looked(form=form)
    kind: Kind = "class" if form["kind"] == "class" else "business"
    found.people, found.wrong = checked(lines_of(str(form["members"])), kind)
    if found.wrong:
        form.refuse("members", _(WRONG_LINES))
    _look_at_number(form, found)
    await _look_at_slots(form, found, edition)
    if not form["declared"]:
        form.refuse("declared", _(DECLARE))
    return found


def _look_at_number(form: Form[GroupForm], found: Looked) -> None:
    if "count" in form.errors:
        return
    count = int(str(form["count"]) or 0)
    if count and count < len(found.people):
        form.refuse("count", _(TOO_FEW, named=len(found.people)))
    elif max(count, len(found.people)) > MOST:
        form.refuse("count", _(TOO_MANY, most=MOST))
    elif not count and not found.people:
        form.refuse("members", _(NOBODY))
    else:
        found.people = padded(found.people, count)


async def _look_at_slots(form: Form[GroupForm], found: Looked, edition: Edition) -> None:
    chosen = list(dict.fromkeys(form["slots"]))
    found.slots = await slots_called(edition.id, chosen[: MOST_ACTIVITIES + 1])
    pair = at_the_same_time(found.slots)
    if not chosen:
        form.refuse("slots", _(NO_ACTIVITY))
    elif len(chosen) > MOST_ACTIVITIES:
        form.refuse("slots", _(TOO_MANY_ACTIVITIES, most=MOST_ACTIVITIES))
    elif len(found.slots) < len(chosen):
        form.refuse("slots", _(GONE))
    elif pair:
        form.refuse("slots", _(SAME_TIME, one=pair[0].title, other=pair[1].title))


async def uploaded(request: PageRequest) -> bytes | None:
    """The file that came with the form; none where none was chosen. One byte too many tells that it is too large."""
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return await file.read(BYTES + 1)


async def read_into(form: Form[GroupForm], file: bytes | None) -> Looked:
    """The people of the file as lines of the form, after those typed; nothing of it where something is wrong."""
    found = Looked(form=form, was_read=True)
    form.errors.clear()
    sheet = await _read(file or b"")
    lines = [WrittenLine(number=line.number, name=line.name, email=line.email, note=line.note) for line in sheet.lines]
    _people, found.wrong = checked(lines, "class" if form["kind"] == "class" else "business")
    found.wrong = [*sheet.errors, *found.wrong]
    if found.wrong:
        form.refuse("file", _(WRONG_FILE))
    else:
        written = [*str(form["members"]).splitlines(), *(line.text for line in lines)]
        form.typed["members"] = "\n".join(line for line in written if line.strip())
    form.value = None
    return found


async def _read(data: bytes) -> GroupSheet:
    if len(data) > BYTES:
        return GroupSheet(lines=[], errors=[_(TOO_LARGE)])
    # By a program of its own: the web process stays free of the spreadsheet library.
    command = (sys.executable, "-m", "scheduling.imports.group_reader", i18n.current())
    pipe = asyncio.subprocess.PIPE
    reader = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    said, _nothing = await reader.communicate(data)
    if reader.returncode:
        raise RuntimeError(f"the spreadsheet could not be read ({reader.returncode})")
    return msgspec.json.decode(said, type=GroupSheet)


def in_words(shortages: Sequence[Shortage], slots: Sequence[SlotSummary]) -> list[str]:
    """Why not everybody got a seat, a sentence an activity."""
    by_code = {slot.code: slot for slot in slots}
    return [_in_words(each, by_code[each.slot].title) for each in shortages if each.slot in by_code]


def _in_words(short: Shortage, title: str) -> str:
    if short.outcome == "limit":
        return _("« %(title)s » : chaque personne a déjà autant d’activités que l’événement en permet.", title=title)
    if short.outcome not in ("full", "overlap"):
        return _("« %(title)s » : les inscriptions ne sont pas ouvertes.", title=title)
    if short.got == 0:
        return _("« %(title)s » : il ne reste aucune place.", title=title)
    return ngettext(
        "« %(title)s » : il y a %(num)s place pour %(wanted)s personnes.",
        "« %(title)s » : il y a %(num)s places pour %(wanted)s personnes.",
        short.got,
        title=title,
        wanted=short.wanted,
    )


async def form_page(request: PageRequest, edition: Edition, looked: Looked, *, status: int) -> Response[str]:
    """The form as it stands."""
    form = looked.form
    kind: Kind = "class" if form["kind"] == "class" else "business"
    days = await slots_for_groups(edition.id)
    return page(
        request,
        "scheduling/group_form.html",
        edition=edition,
        status_code=status,
        kind=kind,
        form=form,
        wrong=looked.wrong,
        short=looked.short,
        some_left=looked.some_left,
        read_words=_(READ) if looked.was_read and not looked.wrong else "",
        slots=days,
        full=await _full(edition, list(form["slots"]), days),
        audiences=await audiences_with_seats(edition.id),
        declaration=consents.GROUPS[kind].text(edition.organiser_name),
        most=MOST,
        sign_in_url="" if request.user else url("site:sign-in", next=here(edition, kind)),
        template_urls={
            ending: url("scheduling:group-template", edition_slug=edition.slug, kind=ending)
            for ending in ("xlsx", "csv")
        },
    )


async def _full(edition: Edition, chosen: list[str], days: dict[date, list[SlotSummary]]) -> list[SlotSummary]:
    """What is ticked and has no seats left, to be said."""
    offered = {slot.code for slots in days.values() for slot in slots}
    return await slots_called(edition.id, [code for code in chosen if code not in offered][:MOST_ACTIVITIES])


def here(edition: Edition, kind: str, slot: str = "") -> str:
    """The form's own address, with nothing personal in it."""
    more = {"plage": slot} if slot else {}
    return url("scheduling:new-group", edition_slug=edition.slug, genre=kind, **more)
