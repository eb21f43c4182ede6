"""English beside the French: the catalogue is complete, and no page mixes the two."""

import io
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from digital_days.kernel.typography import french_spaces
from digital_days.messages import ENGLISH, is_translated, template_messages, written
from tests.catalogue import in_one_process, of_today
from tests.pages import PAGES, Route, address, viewer_of
from tests.product import Product
from tests.visible_text import pieces

_PLACEHOLDER = re.compile(r"%%|%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?([a-zA-Z])")
_ENGLISH_WORDS = re.compile(
    r"\b(the|and|with|your|you|please|this|which|welcome|sign in|from|are|have|been|there|seats?|tickets?)\b", re.I
)
_FRENCH_WORDS = re.compile(
    r"\b(vous|votre|vos|nous|avec|pour|est|sont|cette|dans|une|billets?|courriels?|inscriptions?|plages?|chercher)\b",
    re.I,
)
# The examples of the one are nobody's words; the others show mails, which speak their readers' language.
TEXTS = [page for page in PAGES if page.name not in ("site:styleguide", "site:mailbox", "site:mailbox-message")]


def catalogue() -> Catalog:
    return read_po(io.BytesIO(ENGLISH.read_bytes()), locale="en")


@cache
def translated() -> list[tuple[str, str]]:
    """Every French form with the English one beside it."""
    pairs = []
    for message in catalogue():
        if message.id:
            ours = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            theirs = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            pairs += list(zip(ours, theirs, strict=True))
    return pairs


@in_one_process
def test_every_message_is_translated():
    assert [message.id for message in of_today() if message.id and not is_translated(message)] == []


@in_one_process
def test_catalogue_holds_today_s_messages_and_nothing_else():
    assert ENGLISH.read_bytes() == written(of_today())
    assert "\n#~" not in ENGLISH.read_text(encoding="utf-8")


def test_no_translation_is_a_guess():
    assert [message.id for message in catalogue() if message.fuzzy and message.id] == []


def test_translation_fills_the_same_placeholders():
    different = [
        (french, english)
        for french, english in translated()
        if sorted(_PLACEHOLDER.findall(french)) != sorted(_PLACEHOLDER.findall(english))
    ]

    assert different == []


def test_english_sentence_that_ends_in_an_hour_has_one_full_stop():
    """« 2:29 p.m. » brings its own."""
    assert [english for _french, english in translated() if english.endswith("%(time)s.")] == []


@in_one_process
def test_template_message_can_be_filled():
    """Jinja fills every message, also one without a placeholder: a lone « % » would break the page."""
    messages = {
        form for message in template_messages() for form in ([message] if isinstance(message, str) else message)
    }
    forms = [form for pair in translated() if pair[0] in messages for form in pair]
    filling = {name: 1 for form in forms for name, _kind in _PLACEHOLDER.findall(form)}

    assert [form for form in forms if not form % filling] == []


def test_translation_has_the_same_markup():
    tags = re.compile(r"<[^>]*>")

    assert [pair for pair in translated() if len({tuple(tags.findall(form)) for form in pair}) > 1] == []


@in_one_process
def test_extraction_knows_messages_of_code_and_templates():
    known = {message.id for message in of_today()}

    assert {
        "Cette édition n’existe pas.",
        "Réserver ma place",
        ("%(num)s place libre", "%(num)s places libres"),
    } <= known


@pytest.mark.parametrize("route", TEXTS, ids=lambda route: route.name)
async def test_french_page_speaks_no_english(product: Product, samples: dict[str, str], route: Route):
    page = await product.page(address(route, samples), viewer_of(route))

    assert foreign_words(page, "fr") == []


@pytest.mark.parametrize("route", TEXTS, ids=lambda route: route.name)
async def test_english_page_speaks_no_french(product: Product, samples: dict[str, str], route: Route):
    page = await product.page("/en" + address(route, samples), viewer_of(route))

    assert foreign_words(page, "en") == []


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_mail_speaks_its_reader_s_language(product: Product, language: str):
    slot = await product.open_slot()
    email = f"langue.{language}@example.ca"
    await product.register(slot.code, "Bob Roy", email, language)

    letter = await product.letter(email, about=slot.title_en if language == "en" else slot.title_fr)

    assert foreign_words(letter.html, language) == []
    assert foreign_words(f'<html lang="{language}"><p>' + letter.text.replace("\n", "<p>"), language) == []


def foreign_words(page: str, language: str) -> list[str]:
    """What claims to be in this language and is in the other."""
    words = _FRENCH_WORDS if language == "en" else _ENGLISH_WORDS
    whole, filled = interface("fr" if language == "en" else "en")
    return [
        text
        for claimed, text in said(page)
        if claimed == language and (text in whole or filled.fullmatch(text) or words.search(text))
    ]


def said(page: str) -> list[tuple[str, str]]:
    """What stands on the page, its line ends folded."""
    return [(language, re.sub(r"\S+://\S+|[ \n]+", " ", words).strip()) for language, words in pieces(page)]


@cache
def interface(language: str) -> tuple[set[str], re.Pattern[str]]:
    """Any message of the interface in this language, as it is or filled, unless it reads the same in the other."""
    forms = {"fr": {french_spaces(french) for french, _english in translated()}}
    forms["en"] = {english for _french, english in translated()}
    both = forms["fr"] & forms["en"]
    split = [
        _PLACEHOLDER.split(form)[::3]
        for form in forms[language] - both
        if re.search(r"[^\W\d]{3}", _PLACEHOLDER.sub("", form))
    ]
    patterns = [".+".join(map(re.escape, parts)) for parts in split if len(parts) > 1]
    return {parts[0] for parts in split if len(parts) == 1}, re.compile("|".join(patterns))
