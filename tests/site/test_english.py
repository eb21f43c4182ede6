"""English outside an edition: only while some edition opens it, and under that edition's ground."""

import httpx
import pytest

from digital_days.kernel import i18n
from digital_days.kernel.people import add_person
from digital_days.site.sign_in_links import ask_for_link
from tests.factories import make_edition
from tests.letters_read import letter

pytestmark = pytest.mark.usefixtures("db")

GROUND = "Members of the English-speaking community"
PAGES = ("/connexion", "/confidentialite", "/accessibilite")


async def test_pages_lead_to_french_when_no_edition_opens_english(client: httpx.AsyncClient) -> None:
    await make_edition(english=False)

    for path in (*PAGES, "/nulle-part", "/connexion?next=%2Fcompte&a=b"):
        answer = await client.get(f"/en{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, path)
    missing = await client.get("/nulle-part")
    assert (missing.status_code, '<html lang="fr">' in missing.text) == (404, True)
    assert 'hreflang="en"' not in "".join([(await client.get(path)).text for path in PAGES])


async def test_form_is_answered_in_french_when_no_edition_opens_english(client: httpx.AsyncClient) -> None:
    await make_edition(english=False)

    answer = await client.post("/en/connexion", data={"email": "x"}, headers={"origin": "http://test.example"})

    assert (answer.status_code, '<html lang="fr">' in answer.text) == (422, True)


@pytest.mark.parametrize("path", ["/en//evil.example", "/en/%5Cevil.example", "/en/a%0D%0Aset-cookie:b"])
async def test_way_to_french_stays_on_this_site(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(f"http://test.example{path}")

    assert answer.status_code == 303
    assert answer.headers["location"][0] == "/"
    assert answer.headers["location"][1] not in "/\\"
    assert "set-cookie" not in answer.headers


async def test_pages_say_who_may_consult_them_when_an_edition_opens_english(client: httpx.AsyncClient) -> None:
    await make_edition("cafe2028", english=False)
    await make_edition()

    for path in (*PAGES, "/nulle-part"):
        page = (await client.get(f"/en{path}")).text
        assert (GROUND in page, '<html lang="en">' in page) == (True, True)
        assert f'hreflang="en" href="/en{path}"' in (await client.get(path)).text


async def test_edition_in_french_only_does_not_borrow_anothers_ground(client: httpx.AsyncClient) -> None:
    await make_edition()
    await make_edition("cafe2028", english=False)

    assert 'hreflang="en"' not in (await client.get("/cafe2028")).text


async def test_page_in_french_only_is_led_to_with_all_that_was_asked_of_it(client: httpx.AsyncClient) -> None:
    await make_edition()
    await make_edition("cafe2028", english=False)

    answer = await client.get("/en/cafe2028/programme?q=photos&jour=tous")

    assert (answer.status_code, answer.headers["location"]) == (303, "/cafe2028/programme?q=photos&jour=tous")


@pytest.mark.parametrize(("english", "subject"), [(True, "Your sign-in link"), (False, "Votre lien de connexion")])
@pytest.mark.usefixtures("app")
async def test_sign_in_mail_is_in_english_only_when_an_edition_opens_it(english: bool, subject: str) -> None:
    await make_edition(english=english)
    await add_person(name="Bob", email="bob@example.ca", locale="en", account=True)
    with i18n.use("en"):
        await ask_for_link("bob@example.ca", browser="", next_path="")

    assert (await letter("site.sign-in")).subject == subject
