"""Organisers write activities: from scratch, by several, through forms that need no script."""

from datetime import UTC, datetime

import httpx
import pytest

from digital_days.kernel import database
from scheduling.domain.programme_facts import SlotFacts
from scheduling.domain.stored_programme import stored_programme
from scheduling.imports.model import ImportedActivity
from tests.factories import Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.planning import (
    ACTIVITIES,
    draft,
    errors_of,
    fields_of,
    organiser_signs_in,
    planned_code,
    send,
    texts,
    the_form,
    typed,
)
from tests.scheduling.programme_factories import describe, make_label, make_speaker
from tests.scheduling.registered import ask_for_place

pytestmark = pytest.mark.usefixtures("db")

NEW = f"{ACTIVITIES}/nouvelle"


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


@pytest.fixture
async def alice(client: httpx.AsyncClient, edition: Made) -> int:
    return await organiser_signs_in(client, edition)


async def planned(edition: Made) -> dict[str, ImportedActivity]:
    """The draft's activities by their title."""
    stored = await stored_programme((await draft(edition)).id)
    return {activity.title_fr: activity for activity in stored.facts.activities.values()}


async def planned_slots(edition: Made) -> list[SlotFacts]:
    stored = await stored_programme((await draft(edition)).id)
    return sorted(stored.facts.slots.values(), key=lambda slot: slot.starts_at)


async def test_activity_is_made_from_scratch(client: httpx.AsyncClient, edition: Made, alice: int):
    there = await draft(edition)
    await make_label(there, "kind", "atelier", "Atelier")
    await make_label(there, "audience", "eleves", "Élèves")
    await make_room(there, "Labo")
    denise, _luc = await make_speaker(there, "Denise Lavallée"), await make_speaker(there, "Luc Roy")

    form = fields_of(await client.get(NEW))
    with_row = await send(client, NEW, typed(form, do="slot-add"))
    answer = await send(
        client,
        NEW,
        typed(
            fields_of(with_row),
            title_fr="Écrire  un jeu",
            title_en="Write a game",
            subtitle="À la main",
            summary_fr="On écrit.",
            description_fr="Un.\r\n \r\n\r\nDeux.\r\nTrois.  ",
            kind="atelier",
            audience="eleves",
            language="bi",
            speaker="lavallee",
            minutes="90",
            needs_workstations="yes",
            slot_day="2027-10-21",
            slot_start="09:00",
            slot_end="10:30",
            slot_room="Labo",
            slot_seats="12",
        ),
    )

    assert (answer.status_code, answer.headers["location"].rpartition("/")[0]) == (303, ACTIVITIES)
    [activity] = (await planned(edition)).values()
    assert activity == ImportedActivity(
        key=activity.key,
        title_fr="Écrire un jeu",
        title_en="Write a game",
        subtitle="À la main",
        summary_fr="On écrit.",
        summary_en="",
        description_fr="Un.\n\nDeux.\nTrois.",
        description_en="",
        kind="Atelier",
        audience="Élèves",
        language="bi",
        speakers=(denise.code,),
        links=(),
        minutes=90,
        needs_workstations=True,
    )
    assert await planned_slots(edition) == [
        SlotFacts(
            starts_at=datetime(2027, 10, 21, 13, tzinfo=UTC),
            ends_at=datetime(2027, 10, 21, 14, 30, tzinfo=UTC),
            room="Labo",
            venue="Bibliothèque",
            seats=12,
        )
    ]
    [row] = await database.fetch("SELECT changed_by FROM activity")
    assert row["changed_by"] == alice
    assert (await client.get("/jn2027/programme")).text.count("Écrire un jeu") == 0
    assert texts(await client.get(answer.headers["location"]), "//h1") == ["Écrire un jeu"]


async def test_form_shows_what_is_stored_and_saving_it_untouched_changes_nothing(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    activity = await make_activity(edition, "Mots de passe", title_en="Passwords")
    await describe(activity, description_fr="Un.\n\nDeux.", links='[["Site", "https://exemple.ca/"]]')
    await make_speaker(edition, "Denise Lavallée", activity=activity)
    await make_slot(activity, room=await make_room(edition), seats=None)
    before = await stored_programme((await draft(edition)).id)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"

    answer = await send(client, path, fields_of(await client.get(path)))

    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert (await stored_programme((await draft(edition)).id)).facts == before.facts


async def test_everything_typed_stays_when_something_is_wrong(client: httpx.AsyncClient, edition: Made, alice: int):
    form = fields_of(await send(client, NEW, typed(fields_of(await client.get(NEW)), do="slot-add")))
    form = fields_of(await send(client, NEW, typed(form, do="link-add")))
    written = typed(
        form,
        title_fr=" ",
        subtitle="s" * 301,
        description_fr="Un.\r\n\r\nDeux.",
        minutes="7",
        kind="inconnu",
        speaker="Personne",
        slot_day="2027-13-01",
        slot_start="",
        slot_end="25:00",
        slot_seats="0",
        slot_room="Nulle part",
        link_title="Site",
        link_address="javascript:alert(1)",
    )

    answer = await send(client, NEW, written)

    assert answer.status_code == 422
    assert errors_of(answer) == {
        "title_fr": "Écrivez le titre en français.",
        "subtitle": "C’est trop long : 300 caractères au plus.",
        "kind": "Cette réponse ne convient pas.",
        "speaker": "Personne ne s’appelle ainsi parmi les intervenants. Vérifiez le nom, ou ajoutez d’abord cette "
        "personne.",
        "minutes": "Écrivez un nombre de minutes de 5 en 5, entre 5 et 1440.",
        "slot_day-0": "Ce n’est pas une date : écrivez-la comme 2027-10-22.",
        "slot_start-0": "Il manque l’heure.",
        "slot_end-0": "Ce n’est pas une heure : écrivez-la comme 13 h 30.",
        "slot_room-0": "Cette salle n’existe plus : choisissez-en une autre.",
        "slot_seats-0": "Écrivez un nombre entier à partir de 1, ou rien pour une entrée libre.",
        "link_address-0": "Écrivez une adresse complète, qui commence par https://, http:// ou mailto:.",
    }
    again = dict(fields_of(answer))
    lost = {name: value for name, value in written if name != "kind" and again.get(name, "").strip() != value.strip()}
    assert lost == {}
    assert await planned(edition) == {}


@pytest.mark.parametrize("address", ["https://exemple.ca/a?b=c", "http://exemple.ca", "mailto:info@exemple.ca"])
async def test_link_leads_where_it_is_safe(client: httpx.AsyncClient, edition: Made, alice: int, address: str):
    form = fields_of(await send(client, NEW, typed(fields_of(await client.get(NEW)), do="link-add")))

    await send(client, NEW, typed(form, title_fr="Jeu", link_title="Voir", link_address=address))

    assert [activity.links for activity in (await planned(edition)).values()] == [(("Voir", address),)]


async def test_link_is_taken_away_and_an_empty_one_is_none(client: httpx.AsyncClient, edition: Made, alice: int):
    activity = await make_activity(edition, "Jeu")
    await describe(activity, links='[["Un", "https://un.example"], ["Deux", "https://deux.example"]]')
    await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"
    form = await send(client, path, typed(fields_of(await client.get(path)), do="link-drop:0"))
    form = await send(client, path, typed(fields_of(form), do="link-add"))

    await send(client, path, fields_of(form))

    assert (await planned(edition))["Jeu"].links == (("Deux", "https://deux.example"),)


async def test_people_are_found_without_accents_put_in_order_and_taken_away(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    there = await draft(edition)
    people = [await make_speaker(there, name) for name in ("Élise Côté", "Luc Roy", "Ana Roy")]
    form = await client.get(NEW)
    for name in ("cote elise", "LUC", "Ana Roy"):
        form = await send(client, NEW, typed(fields_of(form), speaker=name, do="speaker-add"))
    assert texts(form, "//ol[@class='chosen']//strong") == ["Élise Côté", "Luc Roy", "Ana Roy"]

    for do in ("speaker-up:2", "speaker-down:0", "speaker-drop:2"):
        form = await send(client, NEW, typed(fields_of(form), do=do))
    answer = await send(client, NEW, typed(fields_of(form), title_fr="Jeu"))

    assert answer.status_code == 303
    assert (await planned(edition))["Jeu"].speakers == (people[2].code, people[0].code)


async def test_name_of_several_people_is_asked_about(client: httpx.AsyncClient, edition: Made, alice: int):
    there = await draft(edition)
    luc, _ana = await make_speaker(there, "Luc Roy"), await make_speaker(there, "Ana Roy")
    form = typed(fields_of(await client.get(NEW)), title_fr="Jeu", speaker="roy")

    asked = await send(client, NEW, form)
    answer = await send(client, NEW, typed(fields_of(asked), speaker_choice=luc.code))

    assert errors_of(asked) == {"speaker": "Plusieurs personnes répondent à ce nom : choisissez."}
    assert texts(asked, "//input[@name='speaker_choice']/../label") == [
        "Ana Roy (Verger Exemple)",
        "Luc Roy (Verger Exemple)",
    ]
    assert (answer.status_code, (await planned(edition))["Jeu"].speakers) == (303, (luc.code,))


async def test_buttons_of_the_form_write_nothing(client: httpx.AsyncClient, edition: Made, alice: int):
    form = await send(client, NEW, typed(fields_of(await client.get(NEW)), title_fr="Jeu", do="slot-add"))

    assert (form.status_code, await planned(edition)) == (200, {})
    assert texts(form, "//div[@class='notice notice--info']//p") == [
        "Rien n’est encore enregistré de ce que vous changez ici."
    ]
    assert dict(fields_of(form))["title_fr"] == "Jeu"


async def test_description_is_seen_as_paragraphs_before_it_is_saved(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    written = typed(fields_of(await client.get(NEW)), description_fr="Un.\r\n\r\nDeux <b>.", do="preview")

    page = await send(client, NEW, written)

    assert texts(page, "//details[@id='preview' and @open]//div[@class='prose']/p") == ["Un.", "Deux <b>."]


@pytest.mark.parametrize("unknown", ["speaker-up:99", "slot-drop:", "slot-back:AAAA", "nothing:1", "link-drop:x"])
async def test_button_that_means_nothing_shows_the_form_again(
    client: httpx.AsyncClient, edition: Made, alice: int, unknown: str
):
    page = await send(client, NEW, typed(fields_of(await client.get(NEW)), title_fr="Jeu", do=unknown))

    assert (page.status_code, dict(fields_of(page))["title_fr"]) == (200, "Jeu")


async def test_text_of_an_activity_that_is_gone_becomes_a_new_one(client: httpx.AsyncClient, edition: Made, alice: int):
    activity = await make_activity(edition, "Jeu")
    await make_slot(activity)
    there = await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"
    form = fields_of(await client.get(path))
    await database.fetch("DELETE FROM activity WHERE edition = $1", there.id)

    told = await send(client, path, typed(form, title_fr="Grand jeu"))
    answer = await send(client, the_form(told).get("action"), fields_of(told))

    assert (told.status_code, the_form(told).get("action")) == (409, NEW)
    assert "Quelqu’un a retiré cette activité" in texts(told, "//p[@class='notice-title']")[0]
    assert (answer.status_code, list(await planned(edition)), len(await planned_slots(edition))) == (
        303,
        ["Grand jeu"],
        1,
    )


async def test_copy_says_the_same_under_another_title_and_has_no_slots(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    activity = await make_activity(edition, "Jeu", title_en="Game")
    await describe(activity, summary_fr="On joue.")
    speaker = await make_speaker(edition, "Denise Lavallée", activity=activity)
    await make_slot(activity)
    await draft(edition)

    answer = await client.post(f"{ACTIVITIES}/{await planned_code(activity)}/copie")

    assert answer.status_code == 303
    copy = (await planned(edition))["Jeu (copie)"]
    assert (copy.title_en, copy.summary_fr, copy.speakers) == ("Game (copy)", "On joue.", (speaker.code,))
    assert len(await planned_slots(edition)) == 1


async def test_activity_is_removed_from_the_draft_after_its_people_are_named(
    client: httpx.AsyncClient, edition: Made, alice: int
):
    activity = await make_activity(edition, "Jeu")
    await ask_for_place(await make_slot(activity))
    await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}/retirer"

    asked = await client.get(path)
    answer = await send(client, path, fields_of(asked, "inline-form"))

    assert texts(asked, "//p[@class='notice-title']") == ["1 place est prise"]
    assert (answer.status_code, answer.headers["location"]) == (303, ACTIVITIES)
    assert await planned(edition) == {}
    assert (await client.get(f"/jn2027/activites/{activity.code}")).status_code == 200


@pytest.mark.parametrize(
    ("method", "more"), [("GET", ""), ("POST", ""), ("POST", "/copie"), ("GET", "/retirer"), ("POST", "/retirer")]
)
async def test_activity_of_another_edition_is_not_found(
    client: httpx.AsyncClient, edition: Made, alice: int, method: str, more: str
):
    foreign = await make_activity(await make_edition("cafe2028"), "Ailleurs")
    await draft(Made(foreign_edition := (await edition_of(foreign)), "cafe2028"))
    assert foreign_edition != edition.id

    answers = [
        (await client.request(method, f"{ACTIVITIES}/{code}{more}")).status_code
        for code in (await planned_code(foreign), foreign.code)
    ]

    assert answers == [404, 404]


async def edition_of(activity: Made) -> int:
    [row] = await database.fetch("SELECT edition FROM activity WHERE id = $1", activity.id)
    return int(row["edition"])


async def test_french_edition_asks_for_no_english_and_forgets_none(client: httpx.AsyncClient):
    edition = await make_edition(english=False)
    await organiser_signs_in(client, edition)
    activity = await make_activity(edition, "Jeu", title_en="Game")
    await draft(edition)
    path = f"{ACTIVITIES}/{await planned_code(activity)}"

    page = await client.get(path)
    await send(client, path, typed(fields_of(page), title_fr="Grand jeu"))

    assert texts(page, "//label[@for='field-title_en']") == []
    assert (await planned(edition))["Grand jeu"].title_en == "Game"
