"""The form of an activity: as it was typed, and what it means."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct, structs

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.people import person_name
from digital_days.kernel.web.forms import NOT_UNDERSTOOD, REQUIRED, TOO_LONG, read_form
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.activity_choices import Choices
from scheduling.domain.planned_activities import SlotChanges, WantedSlot
from scheduling.domain.planned_activity import ActivityContent, PlannedActivity
from scheduling.domain.programme import FACETS
from scheduling.imports import limits
from scheduling.routes.slot_rows import SlotRow, read_row, row_of
from scheduling.tables.programme import Activity

TITLE_NEEDED = N_("Écrivez le titre en français.")
NOT_MINUTES = N_("Écrivez un nombre de minutes de 5 en 5, entre 5 et 1440.")
NOT_A_LINK = N_("Écrivez une adresse complète, qui commence par https://, http:// ou mailto:.")
NOBODY = N_("Personne ne s’appelle ainsi parmi les intervenants. Vérifiez le nom, ou ajoutez d’abord cette personne.")
SEVERAL = N_("Plusieurs personnes répondent à ce nom : choisissez.")

LINES = {name: getattr(Activity, name).length for name in ("title_fr", "title_en", "subtitle")}
TEXTS = ("summary_fr", "summary_en", "description_fr", "description_en")
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20]+", re.IGNORECASE)
_LONGEST_ADDRESS = 2000


class ActivityForm(Struct):
    """Every field as text; the rows of lists stand one beside the other. ``gone``: code and version of removed slots.

    ``do`` is the button pressed: empty for the one that saves.
    """

    version: str = ""
    title_fr: str = ""
    title_en: str = ""
    subtitle: str = ""
    summary_fr: str = ""
    summary_en: str = ""
    description_fr: str = ""
    description_en: str = ""
    kind: str = ""
    theme: str = ""
    audience: str = ""
    language: str = "fr"
    minutes: str = ""
    needs_workstations: bool = False
    speakers: list[str] = []
    speaker: str = ""
    speaker_choice: str = ""
    link_title: list[str] = []
    link_address: list[str] = []
    slot_code: list[str] = []
    slot_version: list[str] = []
    slot_was: list[str] = []
    slot_day: list[str] = []
    slot_start: list[str] = []
    slot_end: list[str] = []
    slot_room: list[str] = []
    slot_seats: list[str] = []
    slot_start_which: list[str] = []
    slot_end_which: list[str] = []
    gone: list[str] = []
    do: str = ""

    @property
    def slots(self) -> list[SlotRow]:
        """Row by row."""
        names = SlotRow.__struct_fields__
        columns = zip_longest(*(getattr(self, f"slot_{name}") for name in names), fillvalue="")
        return [SlotRow(**{name: cell.strip() for name, cell in zip(names, row, strict=True)}) for row in columns]

    def put_slots(self, rows: Sequence[SlotRow]) -> None:
        """In place of those there are."""
        for name in SlotRow.__struct_fields__:
            setattr(self, f"slot_{name}", [getattr(row, name) for row in rows])

    @property
    def links(self) -> list[tuple[str, str]]:
        """Pairs of title and address."""
        return list(zip_longest(self.link_title, self.link_address, fillvalue=""))

    def put_links(self, links: Sequence[tuple[str, str]]) -> None:
        """In place of those there are."""
        self.link_title, self.link_address = ([link[part] for link in links] for part in (0, 1))


class ReadActivity(Struct):
    """``content`` is none where ``errors``, by field, say why."""

    content: ActivityContent | None
    slots: SlotChanges
    errors: dict[str, str]


async def typed_form(request: PageRequest) -> ActivityForm:
    """As it was sent, line ends apart."""
    form = (await read_form(request, ActivityForm)).value or ActivityForm()
    for name in TEXTS:
        setattr(form, name, paragraphed(getattr(form, name)))
    return form


def form_of(activity: PlannedActivity) -> ActivityForm:
    """The form as it is opened."""
    content = structs.asdict(activity.content)
    links = content.pop("links")
    form = ActivityForm(
        **{
            **content,
            "version": activity.version,
            "minutes": str(content["minutes"]),
            "speakers": list(content["speakers"]),
        }
    )
    form.put_links(links)
    form.put_slots([row_of(slot) for slot in activity.slots])
    return form


def add_speaker(form: ActivityForm, choices: Choices) -> str:
    """Puts the person named last in the list and empties the field; else the sentence that says why not."""
    chosen = form.speaker_choice if form.speaker_choice in choices.speakers else ""
    found = choices.speakers_called(form.speaker) if form.speaker and not chosen else []
    if form.speaker and not chosen and len(found) != 1:
        return _(SEVERAL if found else NOBODY)
    wanted = chosen or next((each.code for each in found), "")
    if wanted:
        form.speakers = [*(code for code in form.speakers if code != wanted), wanted]
        form.speaker = form.speaker_choice = ""
    return ""


def read_activity(form: ActivityForm, choices: Choices) -> ReadActivity:
    """What the form means, and everything that is wrong with it at once."""
    errors: dict[str, str] = {}
    if sentence := add_speaker(form, choices):
        errors["speaker"] = sentence
    lines = {name: person_name(getattr(form, name)) for name in LINES}
    texts = {name: getattr(form, name) for name in TEXTS}
    if not lines["title_fr"]:
        errors["title_fr"] = _(TITLE_NEEDED)
    errors |= {name: _(TOO_LONG, most=LINES[name]) for name, text in lines.items() if len(text) > LINES[name]}
    errors |= {name: _(TOO_LONG, most=limits.TEXT) for name, text in texts.items() if len(text) > limits.TEXT}
    labels = {facet: getattr(form, facet) for facet in FACETS}
    for facet, slug in labels.items():
        if slug and slug not in {label.slug for label in choices.labels[facet]}:
            errors[facet] = _(NOT_UNDERSTOOD)
    minutes = int(form.minutes) if form.minutes.isascii() and form.minutes.isdigit() and len(form.minutes) < 5 else 0
    if not 5 <= minutes <= 1440 or minutes % 5:
        errors["minutes"] = _(NOT_MINUTES if form.minutes else REQUIRED)
    if not re.fullmatch(r"[a-z]{2}(?:-[a-z0-9]{2,8})?", form.language, re.IGNORECASE):
        errors["language"] = _(NOT_UNDERSTOOD)
    links = _links(form, errors)
    slots = _slots(form, choices, errors)
    content = None
    if not errors:
        content = ActivityContent(
            **lines,
            **texts,
            **labels,
            language=form.language,
            minutes=minutes,
            needs_workstations=form.needs_workstations,
            links=links,
            speakers=tuple(code for code in form.speakers if code in choices.speakers),
        )
    return ReadActivity(content, slots, errors)


def paragraphed(text: str) -> str:
    """Paragraphs apart by one blank line, however the browser ends its lines."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _links(form: ActivityForm, errors: dict[str, str]) -> tuple[tuple[str, str], ...]:
    links = []
    for number, (title, address) in enumerate((person_name(title), address.strip()) for title, address in form.links):
        if not _SAFE.fullmatch(address) and (title or address):
            errors[f"link_address-{number}"] = _(NOT_A_LINK)
        elif len(address) > _LONGEST_ADDRESS:
            errors[f"link_address-{number}"] = _(TOO_LONG, most=_LONGEST_ADDRESS)
        elif len(title) > limits.NAME:
            errors[f"link_title-{number}"] = _(TOO_LONG, most=limits.NAME)
        elif address:
            links.append((title, address))
    return tuple(links)


def _slots(form: ActivityForm, choices: Choices, errors: dict[str, str]) -> SlotChanges:
    written: list[WantedSlot] = []
    for number, row in enumerate(form.slots):
        if not row.is_touched or not (row.says or row.code):
            continue
        wanted, wrong = read_row(row, choices.rooms)
        errors |= {f"slot_{field}-{number}": sentence for field, sentence in wrong.items()}
        written += [wanted] if wanted else []
    removed = [(code, version) for code, _space, version in (each.partition(" ") for each in form.gone)]
    return SlotChanges(written=written, removed=removed)
