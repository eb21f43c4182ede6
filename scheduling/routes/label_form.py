"""The form of a theme, an audience or a kind, and the words of each of the three lists."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import Form, OneLine, Paragraphs
from scheduling.domain.label_lists import LARGEST_NUMBER, Facet, LabelTexts, ListedLabel
from scheduling.domain.palette import PALETTE

NO_COLOUR = "none"
FacetWord = Literal["theme", "public", "genre"]
FACETS: dict[FacetWord, Facet] = {"theme": "theme", "public": "audience", "genre": "kind"}
"""By their words in addresses, in the order of the page."""

LISTS: dict[Facet, dict[str, str]] = {
    "theme": {
        "title": N_("Thèmes"),
        "lead": N_("De quoi on parle : les gens filtrent le programme par thème."),
        "add": N_("Ajouter un thème"),
        "new": N_("Nouveau thème"),
        "empty": N_("Aucun thème encore"),
        "description": N_("En une ou deux phrases, ce que ce thème couvre."),
    },
    "audience": {
        "title": N_("Publics"),
        "lead": N_("Pour qui : élèves, entreprises, grand public… Chaque public a sa page."),
        "add": N_("Ajouter un public"),
        "new": N_("Nouveau public"),
        "empty": N_("Aucun public encore"),
        "description": N_(
            "Le texte de la page de ce public : ce qui l’attend, comment venir. Ligne vide entre deux paragraphes."
        ),
    },
    "kind": {
        "title": N_("Genres d’activités"),
        "lead": N_("Sous quelle forme : conférence, atelier, kiosque…"),
        "add": N_("Ajouter un genre"),
        "new": N_("Nouveau genre"),
        "empty": N_("Aucun genre encore"),
        "description": N_("En une ou deux phrases, comment cela se passe."),
    },
}
LABELS = {
    "name_fr": N_("Nom"),
    "name_en": N_("Nom en anglais"),
    "colour": N_("Couleur"),
    "description_fr": N_("Description"),
    "description_en": N_("Description, en anglais"),
    "after": N_("Place dans la liste"),
}


class LabelForm(Struct, frozen=True):
    """As it is sent; ``after`` is the number of the one that stands before it, 0 for none."""

    name_fr: Annotated[OneLine, Meta(max_length=120)]
    name_en: Annotated[OneLine, Meta(max_length=120)] = OneLine("")
    colour: str = NO_COLOUR
    description_fr: Paragraphs = Paragraphs("")
    description_en: Paragraphs = Paragraphs("")
    after: Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)] = 0
    version: str = ""

    @property
    def said(self) -> LabelTexts:
        """What it says of the label."""
        facts = {name: getattr(self, name) for name in LabelTexts.__struct_fields__}
        return LabelTexts(**{**facts, "colour": "" if self.colour == NO_COLOUR else self.colour})


def list_words(facet: Facet) -> dict[str, str]:
    """In the reader's language."""
    return {name: _(words) for name, words in LISTS[facet].items()}


def colours(label: ListedLabel | None) -> dict[str, str]:
    """What may be chosen, with its name: our own colours, none, and the one that a file has brought."""
    own = {code: _(name) for code, name in PALETTE.items()}
    brought = {label.colour: _("Couleur actuelle")} if label and label.colour and label.colour not in own else {}
    return {NO_COLOUR: _("Aucune"), **own, **brought}


def check_colour(form: Form[LabelForm], label: ListedLabel | None) -> None:
    """Any other colour is refused: nobody has seen whether its words can be read."""
    if form.value and form.value.colour not in colours(label):
        form.refuse("colour", _("Choisissez une couleur de la liste."))


def typed_of(label: ListedLabel) -> dict[str, str]:
    """What the form shows of it before anybody has typed."""
    facts = {name: str(getattr(label, name)) for name in LabelTexts.__struct_fields__}
    return {**facts, "colour": label.colour or NO_COLOUR, "version": label.version}


def spoken(label: ListedLabel) -> dict[str, str]:
    """The name of its colour."""
    return {"colour": colours(label)[label.colour or NO_COLOUR]}


def before(others: Sequence[ListedLabel], number: int) -> int:
    """The number of the one that stands before it, 0 for the first; for a new one that of the last."""
    numbers = [0, *(label.id for label in others)]
    return numbers[numbers.index(number) - 1] if number in numbers else numbers[-1]


def typed_in(form: Form[LabelForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}
