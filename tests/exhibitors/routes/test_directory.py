"""The public pages of the fair: who shows themselves, found by words and needs, kept as worth seeing."""

import httpx
import pytest

from digital_days.kernel import database
from tests.conftest import sign_in
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_need, make_plan
from tests.factories import Made, make_activity, make_edition, make_person, make_slot
from tests.scheduling.planning import found
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")
SALON = "/jn2027/salon"


async def listed(edition: Made, category: Made, name: str, *needs: int, summary: str = "") -> Made:
    exhibitor = await make_exhibitor(edition, category, name=name)
    await database.fetch(
        "UPDATE exhibitor SET listed = true, summary_fr = $2 WHERE id = $1", exhibitor.id, summary or f"De {name}."
    )
    for need in needs:
        await database.fetch("INSERT INTO exhibitor_need (exhibitor, need) VALUES ($1, $2)", exhibitor.id, need)
    return exhibitor


def names(answer: httpx.Response) -> list[str]:
    return [title.text_content().strip() for title in found(answer, "//article//h2")]


async def test_directory_shows_who_is_accepted_and_shows_itself_in_order_of_names(client: httpx.AsyncClient):
    edition = await make_edition()
    category = await make_category(edition)
    for name in ("Zeste", "Éclair", "Atelier"):
        await listed(edition, category, name)
    await make_exhibitor(edition, category, name="Discret")
    hidden = await listed(edition, category, "Refusé")
    await database.fetch("UPDATE exhibitor SET state = 'declined' WHERE id = $1", hidden.id)
    other = await make_edition("cafe2028")
    await listed(other, await make_category(other), "Ailleurs")

    answer = await client.get(SALON)

    assert names(answer) == ["Atelier", "Éclair", "Zeste"]
    assert (await client.get(f"{SALON}/exposants/{hidden.code}")).status_code == 404


async def test_search_finds_words_without_accents_in_names_and_needs(client: httpx.AsyncClient):
    edition = await make_edition()
    category = await make_category(edition)
    safe, sell = await make_need(edition), await make_need(edition, "vendre", "Vendre en ligne")
    await listed(edition, category, "Cadenas", safe)
    await listed(edition, category, "Boutique", sell)
    await listed(edition, category, "Éclair", safe, sell)

    found = {
        query: names(await client.get(f"{SALON}?{query}"))
        for query in (
            "q=eclair",
            "q=VENDRE",
            "besoin=securite",
            "besoin=securite&besoin=vendre",
            "q=eclair&besoin=rien",
        )
    }

    assert found == {
        "q=eclair": ["Éclair"],
        "q=VENDRE": ["Boutique", "Éclair"],
        "besoin=securite": ["Cadenas", "Éclair"],
        "besoin=securite&besoin=vendre": ["Boutique", "Cadenas", "Éclair"],
        "q=eclair&besoin=rien": [],
    }


async def test_exhibitor_leads_to_its_booth_and_its_activities(client: httpx.AsyncClient):
    edition = await make_edition()
    exhibitor = await listed(edition, await make_category(edition), "Cadenas")
    activity = await make_activity(edition, "Mots de passe")
    await make_slot(activity)
    await database.fetch(
        "INSERT INTO exhibitor_activity (exhibitor, activity_code) VALUES ($1, $2), ($1, 'GONE000000')",
        exhibitor.id,
        activity.code,
    )
    await make_plan(edition)
    booth = await make_booth(edition, "A7")
    await make_booking(booth, exhibitor)

    page = await client.get(f"{SALON}/exposants/{exhibitor.code}")
    plan = await client.get(f"{SALON}/plan?kiosque={booth.code}")

    links = {str(link.get("href")) for link in found(page, "//main//a")}
    assert {f"/jn2027/activites/{activity.code}", f"{SALON}/plan?kiosque={booth.code}#plan"} <= links
    assert not any("GONE" in link for link in links)
    [mark] = found(plan, "//*[@data-booth]")
    assert "floor-plan-booth--found" in str(mark.get("class"))
    assert str(mark.get("aria-label")).replace("\xa0", " ") == "Kiosque A7 : Cadenas"


async def test_plan_shows_nobody_before_it_is_published(client: httpx.AsyncClient):
    edition = await make_edition()
    exhibitor = await listed(edition, await make_category(edition), "Cadenas")
    await make_plan(edition, published=False)
    await make_booking(await make_booth(edition, "A7"), exhibitor)

    pages = [await client.get(path) for path in (f"{SALON}/plan", f"{SALON}/exposants/{exhibitor.code}")]

    assert ["Kiosque A7" in page.text.replace("\xa0", " ") for page in pages] == [False, False]


async def test_favourite_is_kept_without_account_and_comes_along_when_one_signs_in(client: httpx.AsyncClient):
    edition = await make_edition()
    exhibitor = await listed(edition, await make_category(edition), "Cadenas")
    await listed(edition, await make_category(edition, "Autre"), "Zeste")
    heart = f"{SALON}/exposants/{exhibitor.code}/favori"

    kept = await client.post(heart, data={"wanted": "yes"})
    alone = names(await client.get(f"{SALON}?favoris=oui"))
    await sign_in(client, await make_person())
    await client.post(heart, data={"wanted": "yes"})
    await client.post(heart, data={"wanted": "yes"})
    signed = names(await client.get(f"{SALON}?favoris=oui"))
    await client.post(heart, data={"wanted": "no"})

    assert kept.status_code == 303
    assert (alone, signed, names(await client.get(f"{SALON}?favoris=oui"))) == (["Cadenas"], ["Cadenas"], [])


async def test_directory_asks_the_database_as_often_for_three_as_for_one(client: httpx.AsyncClient):
    edition = await make_edition()
    category, need = await make_category(edition), await make_need(edition)
    await listed(edition, category, "Un", need)
    async with counted_statements() as one:
        await client.get(SALON)
    for name in ("Deux", "Trois"):
        await listed(edition, category, name, need)
    async with counted_statements() as three:
        await client.get(SALON)

    assert len(three) == len(one)
