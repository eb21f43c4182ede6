import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, editions, revalidated
from digital_days.kernel.web.pages import see_other
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_room, make_slot
from tests.scheduling.programme_factories import describe, make_label, make_speaker, mark
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

A_DAY = timedelta(days=1)


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


def titles(page: httpx.Response) -> list[str]:
    """Of the slots in the grid, in reading order."""
    found = re.findall(r'<h3 class="slot-title"><a[^>]*>(.*?)</a></h3>', page.text)
    return [re.sub("<[^>]+>", "", title) for title in found]


async def test_programme_shows_the_first_day_when_the_event_is_ahead(client: httpx.AsyncClient, edition: Made) -> None:
    await make_slot(await make_activity(edition, "Jeudi"), room=await make_room(edition))
    await make_slot(await make_activity(edition, "Vendredi"), starts_at=IN_A_YEAR + A_DAY)

    page = await client.get("/jn2027/programme")

    assert (page.status_code, titles(page)) == (200, ["Jeudi"])
    assert "1 activité" in page.text
    assert "Salle des Lilas, Bibliothèque" in page.text
    assert "9 h à 10 h" in page.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("path", ["/jn2027/programme", "/api/v1/programme?edition=jn2027"])
async def test_programme_names_the_edition_anew_when_the_page_was_made_with_the_name_of_a_second_ago(
    client: httpx.AsyncClient, edition: Made, path: str
) -> None:
    await client.get(path)
    await database.fetch("UPDATE edition SET name_fr = 'Semaine numérique'")
    revalidated.forget_all()  # the programme's second is over before the edition's
    between = await client.get(path)
    editions.forget()

    after = await client.get(path)

    assert "Semaine numérique" not in between.text
    assert "Semaine numérique" in after.text


async def test_programme_shows_today_when_the_event_is_on(client: httpx.AsyncClient, edition: Made) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))
    await make_slot(await make_activity(edition, "Vendredi"), starts_at=IN_A_YEAR + A_DAY)

    with clock.stopped_at(IN_A_YEAR + A_DAY):
        page = await client.get("/jn2027/programme")

    assert titles(page) == ["Vendredi"]


async def test_programme_shows_the_day_that_the_address_names_or_all(client: httpx.AsyncClient, edition: Made) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))
    await make_slot(await make_activity(edition, "Vendredi"), starts_at=IN_A_YEAR + A_DAY)

    assert titles(await client.get("/jn2027/programme?jour=2027-10-22")) == ["Vendredi"]
    assert titles(await client.get("/jn2027/programme?jour=tous")) == ["Jeudi", "Vendredi"]
    assert titles(await client.get("/jn2027/programme?jour=2031-01-01")) == ["Jeudi"]


async def test_programme_puts_days_before_filters_and_counts_the_choices_when_there_are_some(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))
    await make_slot(await make_activity(edition, "Vendredi"), starts_at=IN_A_YEAR + A_DAY)

    everything = (await client.get("/jn2027/programme")).text
    one = (await client.get("/jn2027/programme?q=jeudi")).text
    two = (await client.get("/jn2027/programme?q=jeudi&places=1&jour=tous")).text

    assert everything.index('class="tabs"') < everything.index('class="folded-filters"') < everything.index("<table")
    counted = r'<span id="choices">(?:<span[^>]*>(.*?)</span>)?</span>'
    assert [re.findall(counted, page) for page in (everything, one, two)] == [[""], ["1 choix"], ["2 choix"]]
    assert ("Effacer les choix" in everything, "Effacer les choix" in one) == (False, True)


async def test_programme_finds_words_without_their_accents_on_every_day(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await make_slot(await make_activity(edition, "Sécurité à l’école"), starts_at=IN_A_YEAR + A_DAY)
    await make_slot(await make_activity(edition, "Jardinage"))

    assert titles(await client.get("/jn2027/programme?q=SECURITE+ecole")) == ["Sécurité à l’école"]
    assert titles(await client.get("/jn2027/programme", params={"q": "école"})) == ["Sécurité à l’école"]


async def test_programme_narrows_by_each_facet(client: httpx.AsyncClient, edition: Made) -> None:
    for facet, parameter in (("audience", "public"), ("kind", "genre"), ("theme", "theme")):
        one = await make_label(edition, facet, "un", "Un")
        await make_label(edition, facet, "deux", "Deux")
        activity = await make_activity(edition, f"Avec {facet}")
        await mark(activity, facet, one)
        await make_slot(activity)
        revalidated.forget_all()

        assert titles(await client.get(f"/jn2027/programme?{parameter}=un")) == [f"Avec {facet}"]
        assert titles(await client.get(f"/jn2027/programme?{parameter}=deux")) == []


async def test_programme_narrows_by_language_and_by_places_left(client: httpx.AsyncClient, edition: Made) -> None:
    english = await make_activity(edition, "Premiers pas", title_en="First steps")
    await describe(english, language="en")
    await make_slot(english, seats=None)
    await make_slot(await make_activity(edition, "Atelier"), seats=3)
    full = await make_slot(await make_activity(edition, "Plein"), seats=1)
    await database.fetch("UPDATE slot SET taken = 1 WHERE id = $1", full.id)

    assert titles(await client.get("/jn2027/programme?langue=en")) == ["Premiers pas"]
    assert titles(await client.get("/jn2027/programme?places=1")) == ["Atelier"]


async def test_programme_says_what_is_full_free_or_cancelled(client: httpx.AsyncClient, edition: Made) -> None:
    await make_slot(await make_activity(edition, "Libre"), seats=None)
    await make_slot(await make_activity(edition, "Places"), seats=30)
    full = await make_slot(await make_activity(edition, "Plein"), seats=1)
    await database.fetch("UPDATE slot SET taken = 1 WHERE id = $1", full.id)
    gone = await make_slot(await make_activity(edition, "Annulé"))
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", gone.id)

    page = (await client.get("/jn2027/programme")).text

    assert [words in page for words in ("Entrée libre", "30 places libres", "Complet", "Annulée")] == [True] * 4


async def test_programme_offers_a_way_out_when_nothing_matches(client: httpx.AsyncClient, edition: Made) -> None:
    await make_slot(await make_activity(edition, "Jardinage"), starts_at=IN_A_YEAR + A_DAY)
    await make_slot(await make_activity(edition, "Cuisine"))

    page = await client.get("/jn2027/programme?q=jardinage&jour=2027-10-21")

    assert "Aucune activité ne correspond" in page.text
    assert 'href="/jn2027/programme?q=jardinage&amp;jour=tous"' in page.text


async def test_programme_says_so_when_nothing_is_published(client: httpx.AsyncClient, edition: Made) -> None:
    assert "n’est pas encore publié" in (await client.get("/jn2027/programme")).text


async def test_programme_keeps_an_evening_together_when_it_runs_past_midnight(
    client: httpx.AsyncClient, edition: Made
) -> None:
    evening = datetime(2027, 10, 22, 2, 0, tzinfo=UTC)  # 22 h in Lachute
    await make_slot(await make_activity(edition, "Soirée"), starts_at=evening, lasts=timedelta(hours=3))
    await make_slot(await make_activity(edition, "Nuit"), starts_at=evening + timedelta(hours=3))

    page = await client.get("/jn2027/programme")

    assert titles(page) == ["Soirée", "Nuit"]
    assert "Salle à préciser" in page.text


async def test_programme_marks_texts_that_exist_in_the_other_language_only(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await make_slot(await make_activity(edition, "Mots de passe", title_en="Passwords"))
    await make_slot(await make_activity(edition, "Jardinage"))

    page = await client.get("/en/jn2027/programme")

    assert titles(page) == ["Passwords", "Jardinage"]
    assert '<span lang="fr">Jardinage</span>' in page.text
    assert 'href="/jn2027/programme"' in page.text


async def test_programme_sends_english_readers_to_french_when_the_edition_is_french_only(
    client: httpx.AsyncClient,
) -> None:
    await make_edition("cafe2028", english=False)

    answer = await client.get("/en/cafe2028/programme")

    assert (answer.status_code, answer.headers["location"]) == (303, "/cafe2028/programme")


async def test_programme_needs_no_script(client: httpx.AsyncClient, edition: Made) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))

    page = (await client.get("/jn2027/programme")).text

    assert '<form class="filters" method="get" action="/jn2027/programme"' in page
    assert re.search(r"<form[^>]*filters.*?<button type=\"submit\"", page, re.DOTALL)
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))|\son\w+=|\sstyle=", page)


async def test_programme_answers_304_when_the_reader_has_the_page(client: httpx.AsyncClient, edition: Made) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))
    first = await client.get("/jn2027/programme")

    again = await client.get("/jn2027/programme", headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})

    assert (first.headers["cache-control"], first.headers["vary"]) == ("no-cache", "accept-encoding, cookie")
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


async def test_programme_is_the_same_page_whatever_noise_the_address_carries(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))

    noisy = await client.get("/jn2027/programme?utm_source=evil&theme=unknown")
    plain = await client.get("/jn2027/programme")

    assert noisy.text == plain.text
    assert "evil" not in plain.text


async def test_programme_changes_its_mark_when_somebody_registers(
    client: httpx.AsyncClient, edition: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revalidated, "FRESH_FOR", 0.0)
    slot = await make_slot(await make_activity(edition, "Jeudi"), seats=9)
    first = await client.get("/jn2027/programme")
    known = {"if-none-match": first.headers["etag"]}
    unchanged = await client.get("/jn2027/programme", headers=known)

    await client.post(
        f"/jn2027/plages/{slot.code}/places",
        data={"name": "Bob", "email": "bob@example.ca", "consent": ["registration"]},
    )
    changed = await client.get("/jn2027/programme", headers=known)

    assert (unchanged.status_code, changed.status_code) == (304, 200)
    assert ("9 places libres" in first.text, "8 places libres" in changed.text) == (True, True)


async def test_programme_shows_the_sentence_of_the_page_before_to_its_reader_only(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))
    flash = see_other("/", flash="Votre place est annulée.").cookies[0]

    told = await client.get("/jn2027/programme", headers={"cookie": f"{flash.key}={flash.value}"})
    others = await client.get("/jn2027/programme")

    assert ("Votre place est annulée." in told.text, "Votre place est annulée." in others.text) == (True, False)
    assert told.headers["cache-control"] == "private, no-cache"


async def test_programme_is_private_and_shows_ones_own_places_when_signed_in(
    client: httpx.AsyncClient, edition: Made
) -> None:
    slot = await make_slot(await make_activity(edition, "Jeudi"))
    bob = await make_person()
    await database.fetch(
        "INSERT INTO place (code, slot, person, state, created_at, updated_at) "
        "VALUES ('PLACEOFBOB', $1, $2, 'confirmed', now(), now())",
        slot.id,
        bob,
    )
    strangers = await client.get("/jn2027/programme")
    await sign_in(client, bob)

    own = await client.get("/jn2027/programme", headers={"if-none-match": strangers.headers["etag"]})

    assert (own.status_code, own.headers["cache-control"]) == (200, "private, no-cache")
    assert ("Votre place" in strangers.text, "Votre place" in own.text) == (False, True)


async def test_programme_needs_as_many_statements_for_three_activities_as_for_one(
    client: httpx.AsyncClient, edition: Made
) -> None:
    counts = []
    for round_number in (1, 3):
        for number in range(round_number):
            activity = await make_activity(edition, f"Activité {round_number} {number}")
            await make_speaker(edition, "Bob Exemple", activity=activity)
            await make_slot(activity, room=await make_room(edition, f"Salle {round_number} {number}"))
        revalidated.forget_all()
        async with counted_statements() as seen:
            await client.get("/jn2027/programme")
        counts.append(len([statement for statement in seen if "FROM edition WHERE draft_of" not in statement]))

    assert counts == [6, 6]


async def test_programme_asks_the_database_nothing_when_it_has_just_done_so(
    client: httpx.AsyncClient, edition: Made
) -> None:
    await make_slot(await make_activity(edition, "Jeudi"))
    await client.get("/jn2027/programme")

    async with counted_statements(remembering=True) as seen:
        await client.get("/jn2027/programme?q=jeudi")

    assert seen == []


async def test_programme_counts_activities_and_offers_to_clear_the_choices_when_narrowed(
    client: httpx.AsyncClient, edition: Made
) -> None:
    activity = await make_activity(edition, "Photos")
    await make_slot(activity)
    await make_slot(activity, starts_at=IN_A_YEAR + timedelta(days=1))

    narrowed = (await client.get("/jn2027/programme?q=photos")).text
    everything = (await client.get("/jn2027/programme?jour=tous")).text

    assert "1 activité (2 moments)" in narrowed
    assert ("Tous les jours (2)" in narrowed, narrowed.count("(1)")) == (True, 2)
    assert ("Effacer les choix" in narrowed, "Effacer les choix" in everything) == (True, False)


async def test_programme_reads_a_day_by_the_hour_when_its_rooms_do_not_fit_a_screen(
    client: httpx.AsyncClient, edition: Made
) -> None:
    async def hold(number: int) -> None:
        starts_at = IN_A_YEAR + timedelta(hours=number // 2)
        room = await make_room(edition, f"Salle {number}")
        await make_slot(await make_activity(edition, f"Activité {number}"), room=room, starts_at=starts_at)

    for number in range(7):
        await hold(number)
    grid = (await client.get("/jn2027/programme")).text
    for number in range(7, 10):
        await hold(number)
    revalidated.forget_all()
    by_hour = (await client.get("/jn2027/programme")).text

    assert ("<table" in grid, "programme-by-hour" in grid, 'class="hours' in grid) == (True, False, False)
    assert ("<table" in by_hour, by_hour.count('<h4 class="slot-title">'), "Salle 9" in by_hour) == (False, 10, True)
    hours = re.findall(r'href="#(h[^"]+)"', by_hour)
    assert len(hours) == 5
    assert [f'<h3 class="programme-hour" id="{hour}">' in by_hour for hour in hours] == [True] * 5
