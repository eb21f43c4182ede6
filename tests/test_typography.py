"""French typography: the rule that sets the spaces, the messages as written, the pages as shown."""

import re

import pytest

from digital_days.kernel.typography import french_spaces
from tests.catalogue import in_one_process, sentences
from tests.french import slips
from tests.pages import PAGES, Route, address, viewer_of
from tests.product import FRENCH_ONLY, Product
from tests.visible_text import pieces

NOT_OURS = ("site:styleguide", "site:mailbox")  # examples of content; subjects of mails in any language
HOW_FILES_WRITE_HOURS = r"^hour not written.*(écri|ivez|comme|exemple|\(minutes\))"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("L'atelier", "L’atelier"),
        ("Rendez-vous à 13 h 30.", "Rendez-vous à 13\u00a0h\u00a030."),
        ("De 9 h à 10 h", "De 9\u00a0h à 10\u00a0h"),
        ("Dites « bonjour » ici", "Dites «\u00a0bonjour\u00a0» ici"),
        ("Dites «bonjour» ici", "Dites «\u00a0bonjour\u00a0» ici"),
        ("Attention : fermé", "Attention\u00a0: fermé"),
        ("Pour écrire :", "Pour écrire\u00a0:"),
        ("https://exemple.ca : ici", "https://exemple.ca\u00a0: ici"),
        ("Le ratio 3:2", "Le ratio 3:2"),
        ("15 min, 20 % et 12 $", "15\u00a0min, 20\u00a0% et 12\u00a0$"),
        ("%(num)s places", "%(num)s places"),
        ("", ""),
    ],
)
def test_french_spaces_are_set_by_rule(typed: str, shown: str):
    assert french_spaces(typed) == shown


@in_one_process
def test_french_spaces_change_nothing_the_second_time():
    once = [french_spaces(message) for message in sentences()]

    assert [french_spaces(message) for message in once] == once


@pytest.mark.parametrize(
    "text",
    [
        "l'eau",
        'dit "oui"',
        "« oui »",
        "Ici: oui",
        "Ici : oui",
        "Venez !",
        "13h30",
        "13:30",
        "13 h 30",
        "etc...",
        "1er mai",
    ],
)
def test_slips_are_noticed(text: str):
    assert slips(text) != []


@in_one_process
def test_messages_are_written_as_french_is():
    texts = [french_spaces(re.sub("<[^>]*>", "", message)) for message in sentences()]

    found = [slip for text in texts for slip in slips(text)]

    assert [slip for slip in found if not re.search(HOW_FILES_WRITE_HOURS, slip)] == []


@pytest.mark.parametrize("route", [page for page in PAGES if page.name not in NOT_OURS], ids=lambda route: route.name)
async def test_page_is_set_as_french_is(product: Product, samples: dict[str, str], route: Route):
    assert await french_slips(product, address(route, samples), viewer_of(route)) == []


@pytest.mark.parametrize("path", [f"/{FRENCH_ONLY}", f"/{FRENCH_ONLY}/programme", "/nulle-part", "/billet/x"])
async def test_other_page_is_set_as_french_is(product: Product, path: str):
    assert await french_slips(product, path, None) == []


async def french_slips(product: Product, path: str, viewer: str | None) -> list[str]:
    """In all that the page says in French."""
    page = await product.page(path, viewer)
    return [slip for language, words in pieces(page) if language == "fr" for slip in slips(words)]
