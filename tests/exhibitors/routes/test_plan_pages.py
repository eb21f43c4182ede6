"""The organisers' pages of the plan: everything by plain forms, mistakes told beside their field, nothing lost."""

import httpx
import pytest

from digital_days.kernel import database, files
from exhibitors.domain.floor_plan import Booth, Plan, plan_of
from tests.exhibitors.factories import make_booking, make_booth, make_category, make_exhibitor, make_plan
from tests.exhibitors.plan_shapes import make_shape
from tests.factories import Made, make_edition
from tests.kernel.photos import photo, saved
from tests.scheduling.planning import found
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, said
from tests.statements import counted_statements

PLAN = "/jn2027/organisation/salon/plan"
PLACE = {"x": "1,00", "y": "2,5", "width": "3", "depth": "2.00 m"}


@pytest.fixture(autouse=True)
def kept_here(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("files")
    monkeypatch.setattr(files, "_root", lambda: folder)


async def opened(client: httpx.AsyncClient) -> Made:
    edition = await alice_organises(client)
    await make_plan(edition, published=False)
    return edition


async def the_plan(edition: Made) -> Plan:
    return await plan_of(edition.id)


async def only_booth(edition: Made) -> Booth:
    [booth] = (await the_plan(edition)).booths
    return booth


@pytest.mark.usefixtures("db")
async def test_booth_is_added_with_lengths_as_people_write_them(client: httpx.AsyncClient):
    edition = await opened(client)
    category = await make_category(edition)
    typed = {**PLACE, "number": "Z1", "category": category.code, "power": "yes", "note": "Près du quai"}

    answer = await client.post(f"{PLAN}/kiosques/nouveau", data=typed)

    booth = await only_booth(edition)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PLAN}/tableau")
    assert (booth.number, booth.x, booth.y, booth.width, booth.depth) == ("Z1", 100, 250, 300, 200)
    assert (booth.category, booth.power, booth.network, booth.step_free) == (category.code, True, False, False)
    assert "Le kiosque « Z1 » est enregistré." in said(await client.get(f"{PLAN}/tableau"))


@pytest.mark.usefixtures("db")
async def test_wrong_lengths_are_told_beside_each_field_and_stay(client: httpx.AsyncClient):
    edition = await opened(client)

    answer = await client.post(f"{PLAN}/kiosques/nouveau", data={**PLACE, "x": "loin", "y": "", "number": "A7"})

    assert answer.status_code == 422
    assert errors(answer) == ["Écrivez une longueur en mètres, par exemple 3,00.", "Ce renseignement est nécessaire."]
    assert (fields(answer)["x"], fields(answer)["number"]) == ("loin", "A7")
    assert (await the_plan(edition)).booths == []


@pytest.mark.usefixtures("db")
async def test_number_of_another_booth_is_refused_in_words(client: httpx.AsyncClient):
    await make_booth(await opened(client), "A1")

    answer = await client.post(f"{PLAN}/kiosques/nouveau", data={**PLACE, "number": "a1"})

    assert (answer.status_code, "Un autre kiosque porte déjà le numéro « a1 »." in said(answer)) == (422, True)


@pytest.mark.usefixtures("db")
async def test_booth_shows_as_it_is_and_is_changed(client: httpx.AsyncClient):
    edition = await opened(client)
    made = await make_booth(edition)
    page = await client.get(f"{PLAN}/kiosques/{made.code}")

    await client.post(f"{PLAN}/kiosques/{made.code}", data={**fields(page, made.code), "width": "4,50"})

    assert (fields(page, made.code)["width"], (await only_booth(edition)).width) == ("3,00", 450)


@pytest.mark.usefixtures("committed")
async def test_second_of_two_organisers_sees_what_the_first_has_changed(client: httpx.AsyncClient):
    edition = await opened(client)
    made = await make_booth(edition)
    typed = fields(await client.get(f"{PLAN}/kiosques/{made.code}"), made.code)
    await client.post(f"{PLAN}/kiosques/{made.code}", data={**typed, "x": "7,00"})

    answer = await client.post(f"{PLAN}/kiosques/{made.code}", data={**typed, "number": "B9"})

    assert answer.status_code == 409
    assert "7,00" in " ".join(element.text_content() for element in found(answer, "//*[@role='alert']//dd"))
    assert fields(answer, made.code)["number"] == "B9"
    await client.post(f"{PLAN}/kiosques/{made.code}", data=fields(answer, made.code))
    assert (await only_booth(edition)).number == "B9"


@pytest.mark.usefixtures("db")
async def test_booth_that_somebody_has_says_so_and_is_not_taken_away(client: httpx.AsyncClient):
    edition = await opened(client)
    made = await make_booth(edition)
    await make_booking(made, await make_exhibitor(edition, await make_category(edition)))
    page = await client.get(f"{PLAN}/kiosques/{made.code}")

    answer = await client.post(f"{PLAN}/kiosques/{made.code}/enlever", data=fields(page, "/enlever"))

    assert "Ce kiosque est réservé par Atelier du Nord" in said(page)
    assert answer.status_code == 409
    assert "« A1 » est réservé par Atelier du Nord : libérez-le d’abord, ou déplacez-le." in said(answer)


@pytest.mark.usefixtures("db")
async def test_booth_is_taken_away(client: httpx.AsyncClient):
    edition = await opened(client)
    made = await make_booth(edition)
    page = await client.get(f"{PLAN}/kiosques/{made.code}")

    await client.post(f"{PLAN}/kiosques/{made.code}/enlever", data=fields(page, "/enlever"))

    assert (await the_plan(edition)).booths == []


@pytest.mark.usefixtures("db")
async def test_shape_is_added_changed_and_taken_away(client: httpx.AsyncClient):
    edition = await opened(client)
    page = await client.get(f"{PLAN}/formes/nouvelle?genre=entrance")
    await client.post(f"{PLAN}/formes/nouvelle", data={**fields(page), **PLACE})
    [shape] = (await the_plan(edition)).shapes
    path = f"{PLAN}/formes/{shape.code}"

    await client.post(path, data={**fields(await client.get(path), shape.code), "label_fr": "Entrée nord"})

    [changed] = (await the_plan(edition)).shapes
    assert (changed.kind, changed.label_fr, changed.y) == ("entrance", "Entrée nord", 250)
    await client.post(f"{path}/enlever", data=fields(await client.get(path), "/enlever"))
    assert (await the_plan(edition)).shapes == []


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("path", ["kiosques", "formes"])
async def test_piece_of_another_edition_is_not_found(client: httpx.AsyncClient, path: str):
    await opened(client)
    other = await make_edition("jn2028")
    code = (
        (await make_booth(other)).code
        if path == "kiosques"
        else await make_shape(other, "aisle", x=0, y=0, width=300, depth=300)
    )

    for method, way in (("GET", ""), ("POST", ""), ("POST", "/enlever")):
        assert (await client.request(method, f"{PLAN}/{path}/{code}{way}")).status_code == 404


@pytest.mark.usefixtures("db")
async def test_rows_of_booths_are_added_at_once(client: httpx.AsyncClient):
    edition = await opened(client)
    typed = {**fields(await client.get(f"{PLAN}/rangees")), "rows": "2", "columns": "3", "prefix": "C"}

    await client.post(f"{PLAN}/rangees", data=typed)

    assert [(booth.number, booth.x, booth.y) for booth in (await the_plan(edition)).booths] == [
        ("C1", 0, 0),
        ("C2", 300, 0),
        ("C3", 600, 0),
        ("C4", 0, 500),
        ("C5", 300, 500),
        ("C6", 600, 500),
    ]


@pytest.mark.usefixtures("db")
async def test_numbers_are_shown_before_they_are_given(client: httpx.AsyncClient):
    edition = await opened(client)
    for number, x in (("X", 700), ("Y", 300)):
        await make_booth(edition, number, x=x)

    preview = await client.get(f"{PLAN}/numeros", params={"prefix": "B", "start": "5", "order": "rows"})
    assert [cell.text_content() for cell in found(preview, "//tbody/tr/*")] == ["Y", "B5", "X", "B6"]
    assert sorted(booth.number for booth in (await the_plan(edition)).booths) == ["X", "Y"]
    await client.post(f"{PLAN}/numeros", data=fields(preview))

    assert [(booth.number, booth.x) for booth in (await the_plan(edition)).booths] == [("B5", 300), ("B6", 700)]


@pytest.mark.usefixtures("db")
async def test_number_that_is_too_long_is_told(client: httpx.AsyncClient):
    await make_booth(await opened(client))

    answer = await client.get(f"{PLAN}/numeros", params={"prefix": "Extérieur", "start": "9999", "order": "rows"})

    assert errors(answer) == ["Un numéro a au plus 12 caractères : raccourcissez le début."]


@pytest.mark.usefixtures("db")
async def test_category_is_given_to_ticked_booths(client: httpx.AsyncClient):
    edition = await opened(client)
    category = await make_category(edition)
    one, _other = await make_booth(edition), await make_booth(edition, "A2", x=500)

    await client.post(f"{PLAN}/categorie", data={"booth": [one.code], "category": category.code})
    assert "1 kiosque a changé de catégorie." in said(await client.get(f"{PLAN}/tableau"))
    await client.post(f"{PLAN}/categorie", data={"category": ""})
    assert "Cochez d’abord les kiosques" in said(await client.get(f"{PLAN}/tableau"))

    assert [booth.category for booth in (await the_plan(edition)).booths] == [category.code, ""]


@pytest.mark.usefixtures("db")
async def test_hall_is_changed_with_a_picture_that_everybody_may_keep_for_good(client: httpx.AsyncClient):
    edition = await opened(client)
    typed = {**fields(await client.get(f"{PLAN}/salle")), "width": "30", "depth": "20,5", "opacity": "30"}
    sent = {"picture": ("plan.png", saved(photo(400, 300), "PNG"), "image/png")}

    await client.post(f"{PLAN}/salle", data=typed, files=sent)

    plan = await the_plan(edition)
    assert (plan.width, plan.depth, plan.opacity) == (3000, 2050, 30)
    picture = await client.get(f"/jn2027/salon/plan/fond/{plan.background}.webp")
    assert (picture.headers["content-type"], picture.headers["cache-control"]) == (
        "image/webp",
        "public, max-age=31536000, immutable",
    )
    assert picture.content[8:12] == b"WEBP"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("name", "sent", "sentence"),
    [
        ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "n’est pas une photo"),
        ("plan.png", b"%PDF-1.7 a plan", "n’est pas une photo"),
        ("plan.png", saved(photo(400, 300), "PNG") + b"<script>alert(1)</script>", "autre chose qu’une image"),
        ("plan.png", bytes(9_000_000), "trop lourde"),
    ],
    ids=["svg", "pdf", "script", "9 MB"],
)
async def test_file_that_is_no_picture_is_refused_and_the_form_keeps_the_rest(
    client: httpx.AsyncClient, name: str, sent: bytes, sentence: str
):
    edition = await opened(client)
    typed = {**fields(await client.get(f"{PLAN}/salle")), "name_fr": "Aréna"}

    answer = await client.post(f"{PLAN}/salle", data=typed, files={"picture": (name, sent, "image/png")})

    assert (answer.status_code, fields(answer)["name_fr"]) == (422, "Aréna")
    assert sentence in errors(answer)[0]
    assert (await the_plan(edition)).background == ""


@pytest.mark.usefixtures("db")
async def test_file_of_fifty_megabytes_is_refused_in_words(client: httpx.AsyncClient):
    await opened(client)

    answer = await client.post(f"{PLAN}/salle", files={"picture": ("plan.png", bytes(50_000_000), "image/png")})

    assert (answer.status_code, "trop lourd" in said(answer)) == (413, True)


@pytest.mark.usefixtures("db")
async def test_hall_that_another_organiser_has_changed_is_compared_first(client: httpx.AsyncClient):
    edition = await opened(client)
    typed = fields(await client.get(f"{PLAN}/salle"))
    await client.post(f"{PLAN}/salle", data={**typed, "name_fr": "Gymnase"})

    answer = await client.post(f"{PLAN}/salle", data={**typed, "name_fr": "Aréna"})
    assert (answer.status_code, fields(answer)["name_fr"]) == (409, "Aréna")
    assert "Gymnase" in said(answer)
    await client.post(f"{PLAN}/salle", data=fields(answer))

    assert (await the_plan(edition)).name_fr == "Aréna"


@pytest.mark.usefixtures("db")
async def test_picture_that_nobody_has_sent_is_not_taken_for_one(client: httpx.AsyncClient):
    await opened(client)
    typed = {**fields(await client.get(f"{PLAN}/salle")), "background": "0" * 64}

    assert (await client.post(f"{PLAN}/salle", data=typed)).status_code == 422
    assert (await client.get(f"/jn2027/salon/plan/fond/{'0' * 64}.webp")).status_code == 404


@pytest.mark.usefixtures("db")
async def test_doubtful_plan_is_published_after_a_box_is_ticked(client: httpx.AsyncClient):
    edition = await opened(client)
    await make_booth(edition)

    await client.post(f"{PLAN}/publication")
    assert "lisez ce que le contrôle a trouvé" in said(await client.get(PLAN))
    assert not (await the_plan(edition)).published
    await client.post(f"{PLAN}/publication", data={"confirmed": "yes"})

    assert (await the_plan(edition)).published
    await client.post(f"{PLAN}/retrait")
    assert not (await the_plan(edition)).published


@pytest.mark.usefixtures("db")
async def test_plan_of_another_edition_is_taken_over(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_booth(await make_edition("jn2026"), "Q1")

    assert "Reprendre le plan d’une autre édition" in said(await client.get(PLAN))
    await client.post(f"{PLAN}/reprise", data={"edition": "jn2026"})

    assert [booth.number for booth in (await the_plan(edition)).booths] == ["Q1"]


@pytest.mark.usefixtures("db")
async def test_findings_lead_to_the_booths_they_are_about(client: httpx.AsyncClient):
    edition = await opened(client)
    codes = [(await make_booth(edition, number, x=x)).code for number, x in (("A1", 100), ("A2", 200))]

    for path in (PLAN, f"{PLAN}/tableau"):
        page = await client.get(path)
        assert "Se chevauchent : A1 et A2." in said(page)
        assert [link.get("href") for link in found(page, "//*[@id='findings']//a")] == [
            f"{PLAN}/kiosques/{code}" for code in codes
        ]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("path", ["", "/tableau", "/etat"])
async def test_page_needs_as_many_statements_for_three_booths_as_for_one(client: httpx.AsyncClient, path: str):
    edition = await opened(client)
    counts: list[int] = []
    for number in ("A1", "A2", "A3"):
        await make_booth(edition, number, x=100 + 400 * len(counts))
        async with counted_statements() as sent:
            await client.get(f"{PLAN}{path}")
        counts.append(len(sent))

    assert len(set(counts)) == 1


@pytest.mark.usefixtures("db")
async def test_looking_changes_nothing(client: httpx.AsyncClient):
    await opened(client)
    for path in ("", "/tableau", "/salle", "/etat", "/rangees", "/numeros?order=rows", "/kiosques/nouveau"):
        assert (await client.get(f"{PLAN}{path}")).status_code == 200

    [row] = await database.fetch("SELECT version FROM floor_plan")
    assert row["version"] == 0
