"""The grid of a plan and the forms that change it: consequences first, nothing lost, nobody else's business."""

import re
from urllib.parse import urlencode

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from matchmaking.domain.draft_changes import Change
from matchmaking.domain.draft_editing import change_draft
from matchmaking.domain.drafting import drafted
from tests.conftest import sign_in
from tests.factories import Made, grant, make_edition
from tests.matchmaking.drafted import make_draft, told
from tests.matchmaking.factories import make_organisation, make_participant
from tests.matchmaking.organised import organised
from tests.matchmaking.published import Fair
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def fair(client: httpx.AsyncClient) -> Fair:
    return await organised(client)


@pytest.fixture
async def run(fair: Fair) -> Made:
    return await make_draft(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 2, 1, locked=True))


def _grid(run: Made, edition: str = "jn2027") -> str:
    return f"/{edition}/organisation/rencontres-eclair/horaire/{run.code}"


def _asked(fair: Fair, do: str, pair: tuple[str, str], **more: object) -> dict[str, str]:
    said = {"do": do, "one": fair.seats[pair[0]].code, "other": fair.seats[pair[1]].code, **more}
    return {name: str(value) for name, value in said.items()}


def _preview(run: Made, asked: dict[str, str]) -> str:
    """The page that says what would follow."""
    if asked["do"] == "add":
        return f"{_grid(run)}/ajout?{urlencode(asked)}"
    return f"{_grid(run)}/rencontre/{asked['one']}/{asked['other']}/{asked['do']}?{urlencode(asked)}"


def _version(text: str) -> str:
    [found] = re.findall(r'name="version" value="(\w+)"', text)
    return str(found)


async def test_grid_shows_people_by_rounds_and_who_meets_nobody(client: httpx.AsyncClient, fair: Fair, run: Made):
    answer = await client.get(_grid(run))

    assert answer.status_code == 200
    row = next(part for part in answer.text.split("<tr>") if ">Bob Roy</a>" in part)
    assert [name in row for name in ("Carole Roy", "Dora Roy", "Table 1", "fixée")] == [True] * 4
    assert "Sans rencontre" in next(part for part in answer.text.split("<tr>") if ">Ève Roy</a>" in part)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Bob", "Ève", "Carole", "Dora"}),
        ("?voir=business", {"Bob", "Ève"}),
        ("?voir=resource", {"Carole", "Dora"}),
        ("?voir=alone", {"Ève"}),
        ("?voir=wedding", {"Bob", "Ève", "Carole", "Dora"}),
        ("?page=7", {"Bob", "Ève", "Carole", "Dora"}),
    ],
)
async def test_grid_is_narrowed_to_a_side(
    client: httpx.AsyncClient, fair: Fair, run: Made, query: str, shown: set[str]
):
    text = (await client.get(_grid(run) + query)).text

    assert {name for name in fair.seats if f">{name} Roy</a>" in text} == shown


async def test_grid_is_narrowed_to_a_person(client: httpx.AsyncClient, fair: Fair, run: Made):
    text = (await client.get(f"{_grid(run)}?personne={fair.seats['Ève'].code}")).text

    assert {name for name in fair.seats if f">{name} Roy</a>" in text} == {"Ève"}
    assert f"ajout?one={fair.seats['Ève'].code}" in text


async def test_grid_shows_tables_by_rounds(client: httpx.AsyncClient, fair: Fair, run: Made):
    text = (await client.get(f"{_grid(run)}?vue=tables")).text

    rows = {number: part for part in text.split("<tr>") for number in re.findall(r'row">Table (\d)', part)}
    assert sorted(rows) == ["1", "2", "3"]
    assert ("Bob Roy" in rows["1"], "Carole Roy" in rows["1"], "Roy" in rows["2"]) == (True, True, False)


async def test_grid_says_what_is_to_be_mended(client: httpx.AsyncClient, fair: Fair):
    run = await make_draft(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 1, 2))

    text = (await client.get(_grid(run))).text

    assert ("À corriger avant de publier" in text, "à deux endroits à la fois" in text) == (True, True)


async def test_grid_says_that_a_meeting_is_no_longer_possible(client: httpx.AsyncClient, fair: Fair, run: Made):
    await database.fetch("UPDATE match_participant SET left_at = now() WHERE id = $1", fair.seats["Dora"].id)

    text = (await client.get(_grid(run))).text

    assert "Bob Roy et Dora Roy\N{NO-BREAK SPACE}: cette rencontre n’est plus possible." in text
    assert "Ne participe plus" in text


async def test_consequences_are_said_before_anything_is_done(client: httpx.AsyncClient, fair: Fair, run: Made):
    asked = _asked(fair, "move", ("Bob", "Dora"), round=1, table=2)

    shown = await client.get(_preview(run, asked))

    assert (shown.status_code, "à deux endroits à la fois" in shown.text) == (200, True)
    assert "Le faire quand même" in shown.text
    assert ("Bob", "Dora", 2, 1, True) in await told(fair, run)


@pytest.mark.parametrize(
    ("do", "pair", "more", "after"),
    [
        (
            "move",
            ("Bob", "Dora"),
            {"round": 3, "table": 2},
            [("Bob", "Carole", 1, 1, False), ("Bob", "Dora", 3, 2, True)],
        ),
        ("lock", ("Bob", "Carole"), {}, [("Bob", "Carole", 1, 1, True), ("Bob", "Dora", 2, 1, True)]),
        ("unlock", ("Bob", "Dora"), {}, [("Bob", "Carole", 1, 1, False), ("Bob", "Dora", 2, 1, False)]),
        ("forbid", ("Bob", "Dora"), {}, [("Bob", "Carole", 1, 1, False)]),
        (
            "add",
            ("Ève", "Carole"),
            {"round": 2},
            [("Bob", "Carole", 1, 1, False), ("Bob", "Dora", 2, 1, True), ("Ève", "Carole", 2, 2, False)],
        ),
    ],
)
async def test_change_is_confirmed_with_what_the_page_holds(
    client: httpx.AsyncClient,
    fair: Fair,
    run: Made,
    do: str,
    pair: tuple[str, str],
    more: dict[str, object],
    after: list[tuple[str, str, int, int, bool]],
):
    shown = await client.get(_preview(run, _asked(fair, do, pair, **more)))
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown.text))

    done = await client.post(f"{_grid(run)}/changement", data=fields)

    assert (done.status_code, done.headers["location"]) == (303, _grid(run))
    assert sorted(await told(fair, run)) == sorted(after)


async def test_two_meetings_are_swapped(client: httpx.AsyncClient, fair: Fair, run: Made):
    page = (await client.get(f"{_grid(run)}/rencontre/{fair.seats['Bob'].code}/{fair.seats['Carole'].code}")).text
    against = f"{fair.seats['Bob'].code} {fair.seats['Dora'].code}"
    assert f'value="{against}"' in page
    asked = _asked(fair, "swap", ("Bob", "Carole"), against=against)
    shown = await client.get(_preview(run, asked))

    await client.post(f"{_grid(run)}/changement", data={**asked, "version": _version(shown.text)})

    assert await told(fair, run) == [("Bob", "Dora", 1, 1, True), ("Bob", "Carole", 2, 1, False)]


async def test_second_organiser_sees_the_consequences_anew(client: httpx.AsyncClient, fair: Fair, run: Made):
    asked = _asked(fair, "move", ("Bob", "Carole"), round=3)
    shown = await client.get(_preview(run, asked))
    pair = (fair.seats["Bob"].code, fair.seats["Dora"].code)
    version = (await drafted(fair.edition.id, run.code)).version
    await change_draft(fair.edition.id, run.code, Change(do="move", pair=pair, round=3), version=version)

    late = await client.post(f"{_grid(run)}/changement", data={**asked, "version": _version(shown.text)})

    assert (late.status_code, "L’horaire a changé entre-temps" in late.text) == (409, True)
    assert "à deux endroits à la fois" in late.text
    again = await client.post(f"{_grid(run)}/changement", data={**asked, "version": _version(late.text)})
    assert again.status_code == 303


async def test_refused_addition_keeps_what_was_chosen(client: httpx.AsyncClient, fair: Fair, run: Made):
    asked = _asked(fair, "add", ("Bob", "Dora"), round=4, table=2)

    answer = await client.get(_preview(run, asked))

    assert (answer.status_code, "se rencontrent déjà" in answer.text) == (409, True)
    assert re.findall(r'value="([^"]*)" selected', answer.text) == [asked["one"], asked["other"], "4", "2"]


@pytest.mark.parametrize("wrong", [{"do": "dance"}, {"do": "move", "round": "many"}, {"one": "x" * 50}, {"one": "x"}])
async def test_spoilt_change_is_not_found(client: httpx.AsyncClient, fair: Fair, run: Made, wrong: dict[str, str]):
    asked = {**_asked(fair, "lock", ("Bob", "Dora")), **wrong}

    assert (await client.get(_preview(run, asked))).status_code == 404
    assert (await client.post(f"{_grid(run)}/changement", data=asked)).status_code == 404


async def test_meeting_set_aside_is_listed_and_allowed_again(client: httpx.AsyncClient, fair: Fair, run: Made):
    asked = _asked(fair, "forbid", ("Bob", "Dora"))
    shown = await client.get(_preview(run, asked))
    await client.post(f"{_grid(run)}/changement", data={**asked, "version": _version(shown.text)})
    assert "Rencontres écartées" in (await client.get(_grid(run))).text

    answer = await client.post(f"{_grid(run)}/permettre", data={"one": asked["one"], "other": asked["other"]})

    assert answer.status_code == 303
    assert "Rencontres écartées" not in (await client.get(_grid(run))).text


async def test_run_of_another_edition_is_not_here(client: httpx.AsyncClient, fair: Fair, run: Made):
    other = await make_edition("jn2028")
    await grant((await database.fetch("SELECT person FROM role_grant"))[0]["person"], Role.ORGANISER, other)
    base, pair = _grid(run, "jn2028"), f"{fair.seats['Bob'].code}/{fair.seats['Carole'].code}"
    query = _asked(fair, "lock", ("Bob", "Carole"))

    for path in (base, f"{base}/ajout", f"{base}/rencontre/{pair}", f"{base}/rencontre/{pair}/lock"):
        assert (await client.get(path)).status_code == 404
    assert (await client.post(f"{base}/changement", data=query)).status_code == 404
    await client.post(f"{base}/permettre", data=query)
    assert len(await told(fair, run)) == 2


async def test_participant_may_not_see_the_grid(client: httpx.AsyncClient, fair: Fair, run: Made):
    await sign_in(client, fair.people["Bob"])

    assert (await client.get(_grid(run))).status_code == 403


@pytest.mark.parametrize("view", ["", "?vue=tables"])
async def test_grid_needs_as_many_queries_for_more(client: httpx.AsyncClient, fair: Fair, view: str):
    few_meetings = await make_draft(fair, fair.place("Bob", "Carole", 1, 1))
    async with counted_statements() as few:
        await client.get(_grid(few_meetings) + view)
    for number in range(3):
        organisation = await make_organisation(fair.edition, f"Atelier {number}")
        await make_participant(fair.edition, organisation)
    run = await make_draft(fair, fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Carole", 2, 1))
    async with counted_statements() as more:
        await client.get(_grid(run) + view)

    assert len(few) == len(more)
