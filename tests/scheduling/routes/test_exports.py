"""The programme out of the house: what is public, in the address's language, revalidated, and found from its page."""

import io
import json
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from lxml import html
from openpyxl import load_workbook

from digital_days.kernel import database, revalidated
from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from tests.desk_factories import volunteer_signs_in
from tests.factories import Made, make_activity, make_edition, make_room, make_slot
from tests.scheduling.programme_factories import describe, make_label, make_speaker, mark

pytestmark = pytest.mark.usefixtures("db")

ADDRESSES = ["/jn2027/programme/schedule.json", "/jn2027/programme/schedule.xml", "/jn2027/programme.ics"]


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def a_workshop(edition: Made, title: str = "Mots de passe") -> Made:
    activity = await make_activity(edition, title, title_en="Passwords")
    await make_speaker(edition, "Bob Exemple", activity=activity)
    return await make_slot(activity, seats=12, room=await make_room(edition))


def events_of(schedule: Any) -> list[dict[str, Any]]:
    return [
        event
        for day in schedule["schedule"]["conference"]["days"]
        for events in day["rooms"].values()
        for event in events
    ]


def summaries(answer: httpx.Response) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).events]


def found_in(answer: httpx.Response, path: str) -> list[str]:
    found: Any = html.fromstring(answer.content).xpath(path)
    return [str(each) for each in found]


def linked_data(answer: httpx.Response) -> Any:
    [script] = found_in(answer, "//script[@type='application/ld+json']/text()")
    return json.loads(script)


async def test_schedules_and_calendar_tell_the_public_programme(client: httpx.AsyncClient, edition: Made) -> None:
    slot = await a_workshop(edition)

    as_json, as_xml, calendar = [await client.get(address) for address in ADDRESSES]

    assert [answer.headers["content-type"] for answer in (as_json, as_xml, calendar)] == [
        "application/json",
        "application/xml",
        "text/calendar; charset=utf-8",
    ]
    [event] = events_of(as_json.json())
    assert [event[name] for name in ("title", "room", "start", "duration")] == [
        "Mots de passe",
        "Salle des Lilas",
        "09:00",
        "01:00",
    ]
    assert [person["name"] for person in event["persons"]] == ["Bob Exemple"]
    page = await client.get(httpx.URL(event["url"]).path)
    assert "Mots de passe" in page.text
    assert event["guid"].encode() in as_xml.content
    [entry] = Calendar.from_ical(calendar.content).events
    assert str(entry["UID"]) == f"{slot.code}@programme.digital-days"


@pytest.mark.parametrize("address", ADDRESSES)
async def test_export_answers_304_until_the_programme_changes(
    client: httpx.AsyncClient, edition: Made, address: str
) -> None:
    await a_workshop(edition)
    first = await client.get(address)
    known = {"if-none-match": first.headers["etag"]}
    again = await client.get(address, headers=known)
    await make_slot(await make_activity(edition, "Jardinage"))
    revalidated.forget_all()
    changed = await client.get(address, headers=known)

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert "Jardinage" in changed.text


async def test_export_speaks_the_language_of_its_address_and_falls_back_on_french(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await a_workshop(edition)
    await make_slot(await make_activity(edition, "Jardinage"))

    schedule = (await client.get("/en/jn2027/programme/schedule.json")).json()
    calendar = await client.get("/en/jn2027/programme.ics")

    assert schedule["schedule"]["conference"]["title"] == "Argenteuil Digital Days"
    assert sorted(event["title"] for event in events_of(schedule)) == ["Jardinage", "Passwords"]
    assert sorted(summaries(calendar)) == ["Jardinage", "Passwords"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_export_is_french_where_the_edition_does_not_open_english(
    client: httpx.AsyncClient, edition: Made, address: str
) -> None:
    await make_edition("cafe2028", english=False)
    french = address.replace("jn2027", "cafe2028")

    answer = await client.get(f"/en{french}")

    assert (answer.status_code, answer.headers["location"]) == (303, french)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_export_holds_no_draft_and_nothing_of_other_editions(
    client: httpx.AsyncClient, edition: Made, address: str
) -> None:
    await a_workshop(edition)
    draft = await draft_of(edition.id)
    await database.fetch("UPDATE activity SET title_fr = 'Ébauche' WHERE edition = $1", draft)
    await make_slot(await make_activity(await make_edition("cafe2028"), "Café"))

    answer = await client.get(address)

    assert [title in answer.text for title in ("Mots de passe", "Ébauche", "Café")] == [True, False, False]
    assert (await client.get(address.replace("jn2027", f"~{edition.id}"))).status_code == 404


async def test_cancelled_slot_stays_in_the_calendar_and_leaves_the_schedules(
    client: httpx.AsyncClient, edition: Made
) -> None:
    slot = await a_workshop(edition)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", slot.id)

    as_json, as_xml, calendar = [await client.get(address) for address in ADDRESSES]

    assert (events_of(as_json.json()), b"<event" in as_xml.content) == ([], False)
    assert [str(event["STATUS"]) for event in Calendar.from_ical(calendar.content).events] == ["CANCELLED"]


async def test_calendar_follows_the_programme_s_filters(client: httpx.AsyncClient, edition: Made) -> None:
    theme = await make_label(edition, "theme", "securite", "Sécurité", name_en="Security")
    await make_slot(await make_activity(edition, "Jardinage"))
    activity = await make_activity(edition, "Mots de passe")
    await mark(activity, "theme", theme)
    await make_slot(activity)

    of_theme = await client.get("/jn2027/programme.ics?theme=securite")

    assert summaries(of_theme) == ["Mots de passe"]
    assert "X-WR-CALNAME:Journées numériques d’Argenteuil : Sécurité" in of_theme.text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert summaries(await client.get("/jn2027/programme.ics?q=jardin")) == ["Jardinage"]
    assert len(summaries(await client.get("/jn2027/programme.ics?jour=2027-10-21"))) == 2
    assert len(summaries(await client.get("/jn2027/programme.ics?jour=tous"))) == 2
    assert len(summaries(await client.get("/jn2027/programme.ics?favoris=oui&libre=oui"))) == 2


async def test_programme_leads_to_its_exports(client: httpx.AsyncClient, edition: Made) -> None:
    await a_workshop(edition)

    page = await client.get("/jn2027/programme")

    assert found_in(page, "//head/link[@rel='alternate'][@type]/@href") == [
        "/jn2027/programme.ics",
        "/jn2027/programme/schedule.json",
        "/jn2027/programme/schedule.xml",
    ]
    [webcal, *others] = found_in(page, "//details[contains(., 'Emporter le programme')]//a/@href")
    assert webcal.startswith("webcal://")
    assert webcal.endswith("/jn2027/programme.ics")
    assert others == found_in(page, "//head/link[@rel='alternate'][@type]/@href")
    assert "Abonnez-vous une fois" in page.text


async def test_filtered_programme_leads_to_a_calendar_of_what_lasts_of_the_choices(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await make_label(edition, "theme", "securite", "Sécurité")
    await a_workshop(edition)

    page = await client.get("/jn2027/programme?theme=securite&places=1&jour=2027-10-21")

    assert "/jn2027/programme.ics?theme=securite" in found_in(page, "//details//a/@href")
    assert "que ce que vous avez choisi" in page.text


async def test_programme_tells_search_engines_of_every_slot(client: httpx.AsyncClient, edition: Made) -> None:
    await a_workshop(edition, "</script><b>Mots</b>")

    page = await client.get("/jn2027/programme")
    part = await client.get("/jn2027/programme?jour=2027-10-21")

    [event] = linked_data(page)["subEvent"]
    assert (event["name"], event["remainingAttendeeCapacity"]) == ("</script><b>Mots</b>", 12)
    assert "</script><b>" not in page.text
    assert "ld+json" not in part.text


async def test_search_engines_learn_when_a_moved_slot_was_to_begin(client: httpx.AsyncClient, edition: Made) -> None:
    slot = await a_workshop(edition)
    await database.fetch("UPDATE slot SET was_starts_at = starts_at - interval '2 hours' WHERE id = $1", slot.id)

    [event] = linked_data(await client.get("/jn2027/programme"))["subEvent"]

    assert (event["eventStatus"], event["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2027-10-21T07:00:00-04:00",
    )


async def test_activity_tells_search_engines_of_its_slots(client: httpx.AsyncClient, edition: Made) -> None:
    activity = await make_activity(edition, "Mots de passe", title_en="Passwords")
    await describe(activity, language="bi")
    slot = await make_slot(activity)
    nothing_yet = await make_activity(edition, "Plus tard")

    [event] = linked_data(await client.get(f"/en/jn2027/activites/{activity.code}"))["@graph"]
    empty = await client.get(f"/jn2027/activites/{nothing_yet.code}")

    assert (event["name"], event["inLanguage"]) == ("Passwords", ["fr-CA", "en-CA"])
    assert event["url"].endswith(f"/en/jn2027/activites/{activity.code}?plage={slot.code}")
    assert event["superEvent"]["name"] == "Argenteuil Digital Days"
    assert "ld+json" not in empty.text


async def test_organiser_takes_the_whole_programme_as_a_workbook(client: httpx.AsyncClient, edition: Made) -> None:
    await a_workshop(edition)
    await volunteer_signs_in(client, edition, Role.ORGANISER)

    page = await client.get("/jn2027/organisation")
    answer = await client.get("/jn2027/organisation/programme.xlsx")
    again = await client.get("/jn2027/organisation/programme.xlsx", headers={"if-none-match": answer.headers["etag"]})

    assert "/jn2027/organisation/programme.xlsx" in found_in(page, "//main//a/@href")
    assert answer.headers["content-disposition"] == 'attachment; filename="programme-jn2027.xlsx"'
    assert answer.headers["cache-control"] == "private, no-cache"
    headings, row = load_workbook(io.BytesIO(answer.content))["activities"].iter_rows(values_only=True)
    said = dict(zip(headings, row, strict=True))
    assert [said[name] for name in ("title_fr", "title_en", "room", "seats", "speakers")] == [
        "Mots de passe",
        "Passwords",
        "Salle des Lilas",
        12,
        "Bob Exemple",
    ]
    assert (again.status_code, again.content) == (304, b"")
