"""One page lists what lacks its English; some of it is saved at a time, and nothing typed beside it is lost."""

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.stored_programme import stored_programme
from scheduling.domain.translated_texts import PER_PAGE
from tests.factories import Made, make_activity, make_edition, make_room
from tests.scheduling.planning import draft, errors_of, fields_of, organiser_signs_in, planned_code, send, texts
from tests.scheduling.programme_factories import describe, make_label, make_speaker
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

PAGE = "/jn2027/organisation/traductions"
LONG = "Un texte assez long pour que personne ne le croie traduit."


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    """All of what it says itself is in English."""
    edition = await make_edition()
    await database.fetch("UPDATE edition SET place_en = 'Lachute' WHERE id = $1", edition.id)
    await organiser_signs_in(client, edition)
    return edition


def listed(page: httpx.Response) -> list[str]:
    """Each thing with the words of its texts."""
    return [
        " / ".join([name, *words])
        for name, words in zip(
            texts(page, "//article/h3"),
            [
                texts(page, f"(//article)[{number}]//p[@class='translation-word']")
                for number in range(1, len(texts(page, "//article/h3")) + 1)
            ],
            strict=True,
        )
    ]


def filled(page: httpx.Response, save: str = "", **english: str) -> list[tuple[str, str]]:
    """The form with these English texts by the end of their names (``title_en``), and this button."""
    answer = []
    name = ""
    for field, value in fields_of(page, "translations"):
        name = value.rpartition(" ")[2] if field == "text" else name
        answer.append((field, english.get(name, value) if field == "english" else value))
    return [*answer, ("save", save)]


async def english_of(edition: Made) -> dict[str, tuple[str | None, str | None]]:
    """Title and summary of the draft's activities, by their French titles."""
    facts = (await stored_programme((await draft(edition)).id)).facts
    return {each.title_fr: (each.title_en, each.summary_en) for each in facts.activities.values()}


async def test_everything_attendees_read_is_listed_in_groups_with_its_french(client: httpx.AsyncClient, edition: Made):
    await database.fetch("UPDATE edition SET tagline_fr = 'Venez!' WHERE id = $1", edition.id)
    await make_room(edition, "Labo")
    label = await make_label(edition, "audience", "eleves", "Élèves", name_en="Students")
    await database.fetch("UPDATE label SET description_fr = 'Pour vous.' WHERE id = $1", label)
    await make_label(edition, "kind", "atelier", "Atelier")
    await describe(await make_activity(edition, "Jeu", title_en="Game"), summary_fr="On joue.", description_fr="Un.")
    await describe(await make_activity(edition, "Rien"), subtitle="Sans anglais")
    await make_speaker(edition, "Denise Lavallée", biography="Elle enseigne.")
    await make_speaker(edition, "Luc Roy", biography="Il écoute.", biography_en="He listens.")

    page = await client.get(PAGE)

    assert listed(page) == [
        "Journées numériques d’Argenteuil / Accroche",
        "Labo / Nom / Lieu",
        "Atelier / Nom",
        "Élèves / Description",
        "Jeu / Résumé / Description",
        "Rien / Titre",
        "Denise Lavallée / Biographie",
    ]
    assert texts(page, "//nav[@class='tabs']//a") == [
        "Tout (9)",
        "Édition (1)",
        "Salles (2)",
        "Genres, thèmes et publics (2)",
        "Activités (3)",
        "Intervenants (1)",
    ]
    assert texts(page, "//p[@class='translation-progress']/label") == ["Textes traduits : 6 sur 15"]
    assert "Elle enseigne." in texts(page, "//div[@class='translation-french']")
    assert listed(await client.get(f"{PAGE}?partie=room")) == ["Labo / Nom / Lieu"]


async def test_edition_that_opens_no_english_has_nothing_to_translate(client: httpx.AsyncClient):
    edition = await make_edition("cafe2028", english=False)
    await organiser_signs_in(client, edition)
    await make_activity(edition, "Jeu")

    page = await client.get("/cafe2028/organisation/traductions")
    answer = await client.post("/cafe2028/organisation/traductions", data={"text": "edition 1 name_en"})

    assert texts(page, "//p[@class='empty-state-title']") == ["Cette édition n’ouvre pas l’anglais"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/cafe2028/organisation/traductions")


async def test_one_thing_is_saved_and_what_was_typed_for_others_stays(client: httpx.AsyncClient, edition: Made):
    await describe(await make_activity(edition, "Jeu"), summary_fr="On joue.")
    await make_speaker(edition, "Denise", biography="Elle enseigne.")
    page = await client.get(PAGE)
    [thing] = {value.rpartition(" ")[0] for field, value in fields_of(page, "translations") if "title_en" in value}

    answer = await send(
        client, PAGE, filled(page, thing, title_en="Game", summary_en="We play.", biography_en="She teaches.")
    )

    assert answer.status_code == 200
    assert texts(answer, "//div[@role='status']//p") == ["2 textes sont enregistrés."]
    assert await english_of(edition) == {"Jeu": ("Game", "We play.")}
    assert listed(answer) == ["Denise / Biographie"]
    assert dict(fields_of(answer, "translations"))["english"] == "She teaches."
    assert (await send(client, PAGE, fields_of(answer, "translations"))).status_code == 303
    assert texts(await client.get(PAGE), "//p[@class='empty-state-title']") == ["Tout est traduit"]


async def test_one_part_is_saved_with_a_button_of_its_own(client: httpx.AsyncClient, edition: Made):
    await make_activity(edition, "Jeu")
    await make_speaker(edition, "Denise", biography="Elle enseigne.")

    answer = await send(
        client, PAGE, filled(await client.get(PAGE), "speaker", title_en="Game", biography_en=" She\r\nteaches. ")
    )

    assert listed(answer) == ["Jeu / Titre"]
    [speaker] = (await stored_programme((await draft(edition)).id)).facts.speakers.values()
    assert speaker.biography_en == "She\nteaches."


async def test_saving_everything_leads_back_to_the_same_part(client: httpx.AsyncClient, edition: Made):
    await make_activity(edition, "Jeu")
    page = await client.get(f"{PAGE}?partie=activity")

    answer = await send(client, f"{PAGE}?partie=activity", filled(page, title_en="Game"))

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?partie=activity")
    assert await english_of(edition) == {"Jeu": ("Game", "")}


async def test_activity_is_found_by_its_new_english_title_and_names_its_translator(
    client: httpx.AsyncClient, edition: Made
):
    activity = await make_activity(edition, "Jeu")
    page = await client.get(PAGE)

    await send(client, PAGE, filled(page, title_en="Treasure hunt"))

    found = await client.get("/jn2027/organisation/activites?q=treasure")
    assert texts(found, "//tbody/tr/th") == ["Jeu"]
    detail = await client.get(f"/jn2027/organisation/activites/{await planned_code(activity)}")
    assert any(said.startswith("Dernière modification : Alice Roy") for said in texts(detail, "//span[@class='hint']"))


async def test_label_and_room_are_found_by_their_english(client: httpx.AsyncClient, edition: Made):
    activity = await make_activity(edition, "Jeu", title_en="Game")
    label = await make_label(edition, "kind", "atelier", "Atelier")
    await database.fetch("UPDATE activity SET kind = $2 WHERE id = $1", activity.id, label)

    await send(client, PAGE, filled(await client.get(PAGE), name_en="Workshop"))

    found = await client.get("/jn2027/organisation/activites?q=workshop")
    assert texts(found, "//tbody/tr/th") == ["Jeu"]


async def test_text_too_long_for_its_column_is_told_beside_it_and_kept(client: httpx.AsyncClient, edition: Made):
    await describe(await make_activity(edition, "Jeu"), summary_fr="On joue.")

    answer = await send(client, PAGE, filled(await client.get(PAGE), title_en="t" * 301, summary_en="We play."))

    assert answer.status_code == 422
    assert list(errors_of(answer).values()) == ["C’est trop long : 300 caractères au plus."]
    assert [value for field, value in fields_of(answer, "translations") if field == "english"] == [
        "t" * 301,
        "We play.",
    ]
    assert await english_of(edition) == {"Jeu": ("", "")}


async def test_english_that_equals_a_long_french_text_is_listed_apart(client: httpx.AsyncClient, edition: Made):
    activity = await make_activity(edition, "Web 2.0", title_en="Web 2.0")
    await describe(activity, summary_fr=LONG, summary_en=LONG)

    page = await client.get(PAGE)
    doubtful = await client.get(f"{PAGE}?partie=a-verifier")

    assert texts(page, "//p[@class='empty-state-title']") == ["Tout est traduit"]
    assert texts(page, "//nav[@class='tabs']//a") == ["Tout (0)", "À vérifier (1)"]
    assert listed(doubtful) == ["Web 2.0 / Résumé"]
    await send(client, f"{PAGE}?partie=a-verifier", filled(doubtful, summary_en="A real translation."))
    assert await english_of(edition) == {"Web 2.0": ("Web 2.0", "A real translation.")}


async def test_text_of_the_edition_itself_is_public_at_once(client: httpx.AsyncClient, edition: Made):
    await database.fetch("UPDATE edition SET tagline_fr = 'Venez!' WHERE id = $1", edition.id)

    page = await client.get(PAGE)
    await send(client, PAGE, filled(page, tagline_en="Come along!"))

    assert any("publics dès qu’ils sont enregistrés" in said for said in texts(page, "//p[@class='hint']"))
    assert "Come along!" in (await client.get("/en/jn2027")).text


@pytest.mark.parametrize(
    "name",
    ["activity x title_en", "person 1 name", "activity 1 search_key", "", "room", "edition 99999999999 name_en"],
)
async def test_what_is_no_text_of_the_edition_is_left_alone(client: httpx.AsyncClient, edition: Made, name: str):
    answer = await client.post(PAGE, data={"text": name, "version": "1", "english": "Hello"})

    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)


async def test_texts_of_another_edition_are_out_of_reach(client: httpx.AsyncClient, edition: Made):
    foreign = await make_edition("cafe2028")
    await make_activity(foreign, "Ailleurs")
    await draft(foreign)
    rows = await database.fetch("SELECT id, xmin::text AS version FROM activity")

    listed_here = listed(await client.get(PAGE))
    for row in rows:
        name = f"activity {row['id']} title_en"
        await client.post(PAGE, data={"text": name, "version": row["version"], "english": "Hello"})

    assert listed_here == []
    assert {row["title_en"] for row in await database.fetch("SELECT title_en FROM activity")} == {""}


async def test_list_needs_as_many_statements_for_many_texts_as_for_one(client: httpx.AsyncClient, edition: Made):
    there = await draft(edition)
    counts = []
    for many in (1, PER_PAGE):
        for number in range(many):
            await describe(await make_activity(there, f"Activité {many} {number}"), summary_fr="On joue.")
        async with counted_statements() as sent:
            page = await client.get(PAGE)
        counts.append(len(sent))

    assert counts[0] == counts[1]
    assert len([field for field, _value in fields_of(page, "translations") if field == "english"]) == PER_PAGE
    assert texts(page, "//span[@class='pager-place']") == ["Page 1 de 3"]
    assert len(listed(await client.get(f"{PAGE}?partie=activity&page=3"))) == 1
