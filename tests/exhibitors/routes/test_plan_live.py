"""The plan while it is drawn: changes as JSON, each answered with how everything is now."""

import httpx
import msgspec
import pytest

from exhibitors.domain.floor_plan import plan_of
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_plan
from tests.factories import Made
from tests.scheduling.routes.catalogue_pages import alice_organises

PLAN = "/jn2027/organisation/salon/plan"
BOOTH = {"kind": "booth", "x": 100, "y": 200, "width": 300, "depth": 200}


async def opened(client: httpx.AsyncClient) -> Made:
    edition = await alice_organises(client)
    await make_plan(edition)
    return edition


async def pieces(client: httpx.AsyncClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await client.get(f"{PLAN}/etat")).json()["pieces"]
    return found


@pytest.mark.usefixtures("db")
async def test_stroke_adds_pieces_and_tells_their_codes_and_what_is_wrong(client: httpx.AsyncClient):
    await opened(client)
    entrance = {**BOOTH, "kind": "entrance", "y": 1460, "depth": 40, "label_fr": "Nord"}

    answer = await client.post(f"{PLAN}/changements", json={"put": [BOOTH, {**BOOTH, "x": 350}, entrance]})

    told = answer.json()
    assert (answer.status_code, told["sentence"], told["notes"]) == (200, "", [])
    assert told["codes"] == [told["state"]["pieces"][at]["code"] for at in (1, 2, 0)]
    assert [(piece["kind"], piece["name"]) for piece in told["state"]["pieces"]] == [
        ("entrance", "Nord"),
        ("booth", "A1"),
        ("booth", "A2"),
    ]
    assert [(each["forbids"], each["names"]) for each in told["state"]["findings"]] == [(True, ["A1", "A2"])]


@pytest.mark.usefixtures("committed")
async def test_stroke_upon_what_somebody_else_has_changed_is_refused_with_what_is_there(client: httpx.AsyncClient):
    await make_booth(await opened(client))
    [seen] = await pieces(client)
    await client.post(f"{PLAN}/changements", json={"put": [{**seen, "x": 700}]})

    answer = await client.post(f"{PLAN}/changements", json={"put": [{**seen, "x": 50}]})

    assert answer.status_code == 409
    assert answer.json()["sentence"].startswith(
        "Quelqu’un a changé «\N{NO-BREAK SPACE}A1\N{NO-BREAK SPACE}» entre-temps"
    )
    assert [piece["x"] for piece in answer.json()["state"]["pieces"]] == [700]


@pytest.mark.usefixtures("db")
async def test_booked_booth_is_told_with_its_exhibitor_moved_with_a_note_and_never_removed(client: httpx.AsyncClient):
    edition = await opened(client)
    exhibitor = await make_exhibitor(edition, await make_category(edition))
    await make_booking(await make_booth(edition), exhibitor)
    [seen] = await pieces(client)

    moved = await client.post(f"{PLAN}/changements", json={"put": [{**seen, "x": 700}]})
    removed = await client.post(f"{PLAN}/changements", json={"remove": moved.json()["state"]["pieces"]})

    assert (seen["state"], seen["who"]) == ("taken", "Atelier du Nord")
    assert ["Atelier du Nord" in note for note in moved.json()["notes"]] == [True]
    assert (removed.status_code, len(await pieces(client))) == (409, 1)


@pytest.mark.usefixtures("db")
async def test_state_that_is_known_is_not_sent_again(client: httpx.AsyncClient):
    await make_booth(await opened(client))
    first = await client.get(f"{PLAN}/etat")

    again = await client.get(f"{PLAN}/etat", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"put": [{"kind": "booth"}]}',
        b'{"put": [{"kind": "sofa", "x": 1, "y": 1, "width": 100, "depth": 100}]}',
        msgspec.json.encode({"put": [{**BOOTH, "x": -5}]}),
        msgspec.json.encode({"put": [{**BOOTH, "width": 10**12}]}),
        msgspec.json.encode({"put": [{**BOOTH, "number": "A" * 40}]}),
        msgspec.json.encode({"put": [BOOTH] * 2001}),
        b"\xff\xfe",
    ],
    ids=["nothing", "half", "no place", "no kind", "outside", "too wide", "long number", "too many", "no text"],
)
async def test_request_that_no_drawing_sends_is_refused_in_words(client: httpx.AsyncClient, body: bytes):
    edition = await opened(client)

    answer = await client.post(f"{PLAN}/changements", content=body, headers={"content-type": "application/json"})

    assert (answer.status_code, answer.json()["sentence"] != "") == (422, True)
    assert (await plan_of(edition.id)).booths == []


@pytest.mark.usefixtures("db")
async def test_character_that_no_database_keeps_is_left_out(client: httpx.AsyncClient):
    await opened(client)

    await client.post(
        f"{PLAN}/changements", json={"put": [{**BOOTH, "number": "A\x001", "note": "près\x00\n du quai"}]}
    )

    assert [(piece["number"], piece["note"]) for piece in await pieces(client)] == [("A1", "près du quai")]
