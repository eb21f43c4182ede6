"""What forms answer, in both languages: pages that no address leads to are looked at and read like the others."""

from collections.abc import Mapping

import pytest
from msgspec import Struct
from playwright.async_api import Page

from tests.french import slips
from tests.journeys.browsing import Windows
from tests.journeys.whole import expect_translated_whole, expect_whole
from tests.product import EDITION, Product
from tests.test_translations import foreign_words
from tests.visible_text import pieces

HOLDER = "dominique.answers@example.ca"
DESK = "alice@example.ca"


class Scene(Struct, frozen=True):
    """A slot that is full, two of the same hour of which the holder has one, and what opens the holder's things."""

    full: str
    held: str
    clashing: str
    registration: str
    spent_link: str


class Answer(Struct, frozen=True, kw_only=True):
    """The form's address and what it sends, in terms of the scene; who sends it, and the status of the answer."""

    path: str
    fields: Mapping[str, str] = {}
    viewer: str | None = None
    status: int


_STRANGER = {"name": "Eve Roy", "email": "eve.answers@example.ca", "consent": "registration"}
_SLOT = f"/{EDITION}/plages/{{scene.%s}}/places"
_DOOR = f"/{EDITION}/portes/{{scene.%s}}"

ANSWERS = {
    "place-form-with-errors": Answer(path=_SLOT % "clashing", status=422),
    "full": Answer(path=_SLOT % "full", fields=_STRANGER, status=409),
    "overlap": Answer(path=_SLOT % "clashing", fields={"consent": "registration"}, viewer=HOLDER, status=409),
    "sign-in-with-errors": Answer(path="/connexion", fields={"email": "x"}, status=422),
    "sign-in-link-spent": Answer(path="/connexion/{scene.spent_link}", fields={"confirm": "yes"}, status=410),
    "desk-on-another-day": Answer(
        path=f"/{EDITION}/accueil", fields={"ticket": "{scene.registration}"}, viewer=DESK, status=409
    ),
    "desk-insists": Answer(path=f"/{EDITION}/accueil/entrees/{{scene.registration}}", viewer=DESK, status=409),
    "desk-unknown-ticket": Answer(path=f"/{EDITION}/accueil", fields={"ticket": "0000000000"}, viewer=DESK, status=404),
    "desk-entry-undone": Answer(
        path=f"/{EDITION}/accueil/entrees/{{scene.registration}}/annuler", viewer=DESK, status=200
    ),
    "desk-registration-with-errors": Answer(path=f"/{EDITION}/accueil/inscrire", viewer=DESK, status=422),
    "door-absent": Answer(path=_DOOR % "held" + "/absents/{scene.registration}", viewer=DESK, status=200),
    "door-of-another-activity": Answer(
        path=_DOOR % "clashing", fields={"ticket": "{scene.registration}"}, viewer=DESK, status=409
    ),
    "door-unknown-ticket": Answer(path=_DOOR % "held", fields={"ticket": "0000000000"}, viewer=DESK, status=404),
}

_SEND = """
([action, fields]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
}
"""


@pytest.fixture(scope="module")
async def scene(product: Product) -> Scene:
    full = await product.open_slot()
    held, clashing = await product.overlapping_slots()
    await product.register(full.code, "Charlie Roy", "charlie.answers@example.ca")
    await product.database.execute("UPDATE slot SET seats = taken WHERE code = $1", full.code)
    await product.register(held.code, "Dominique Roy", HOLDER)
    registration = await product.database.fetchval(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.account_email = $1", HOLDER
    )
    spent = await product.sign_in_link(HOLDER)
    async with product.browser() as browser:
        await browser.post(f"/connexion/{spent}", data={"confirm": "yes"})
    return Scene(full=full.code, held=held.code, clashing=clashing.code, registration=registration, spent_link=spent)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ANSWERS)
async def test_answer_is_whole_and_in_its_reader_s_language(windows: Windows, scene: Scene, name: str, language: str):
    answer = ANSWERS[name]
    page = await windows.page(viewer=answer.viewer, english=language == "en")
    prefix = "/en" if language == "en" else ""
    await page.goto(f"{prefix}/accessibilite")

    status = await send(page, prefix + answer.path.format(scene=scene), filled(answer.fields, scene))

    said = await page.content()
    assert status == answer.status
    assert foreign_words(said, language) == []
    assert [slip for spoken, words in pieces(said) if spoken == "fr" for slip in slips(words)] == []
    if language == "fr":
        await expect_whole(page, f"answer-{name}-fr")
    else:
        await expect_translated_whole(page)
    assert windows.visitor.troubles == []


def filled(fields: Mapping[str, str], scene: Scene) -> dict[str, str]:
    """The fields with what the scene has for them."""
    return {name: value.format(scene=scene) for name, value in fields.items()}


async def send(page: Page, action: str, fields: Mapping[str, str]) -> int:
    """As a browser without scripts would; gives the status of the page that comes."""
    async with (
        page.expect_navigation(wait_until="load"),
        page.expect_response(lambda response: response.request.resource_type == "document") as answered,
    ):
        await page.evaluate(_SEND, [action, dict(fields)])
    return (await answered.value).status
