"""The organisers' page of themes, audiences and kinds."""

import asyncio

import httpx
import pytest

from scheduling.domain.drafts import draft_of
from scheduling.domain.label_lists import LabelTexts, add_label, labels_of
from tests.factories import Made, make_activity, make_edition
from tests.scheduling.programme_factories import make_label, mark
from tests.scheduling.routes.catalogue_pages import alice_organises, errors, fields, rows, said
from tests.statements import counted_statements

THEMES = "/jn2027/organisation/themes"
LABELS = "SELECT facet, slug, name_fr, colour FROM label WHERE edition = $1 ORDER BY facet, position, id"


async def with_themes(client: httpx.AsyncClient, *names: str) -> int:
    """The draft of Alice's edition with these themes."""
    edition = await alice_organises(client)
    for name in names:
        await make_label(edition, "theme", name.lower(), name)
    return await draft_of(edition.id)


async def number(draft: int, name: str) -> int:
    return next(label.id for label in await labels_of(draft) if label.name_fr == name)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("word", "facet"), [("theme", "theme"), ("public", "audience"), ("genre", "kind")])
async def test_label_is_added_to_its_list_in_the_draft(client: httpx.AsyncClient, word: str, facet: str):
    draft = await with_themes(client)
    path = f"{THEMES}/ajouter/{word}"
    typed = {
        **fields(await client.get(path)),
        "name_fr": "Vie privée",
        "colour": "0d5b66",
        "description_fr": "A\r\n\r\nB",
    }

    answer = await client.post(path, data=typed)

    assert answer.status_code == 303
    assert await rows(LABELS, draft) == [(facet, "vie-privee", "Vie privée", "0d5b66")]
    assert await rows("SELECT description_fr FROM label") == [("A\n\nB",)]
    assert "« Vie privée » est ajouté." in said(await client.get(THEMES))


@pytest.mark.usefixtures("db")
async def test_renamed_label_keeps_its_address(client: httpx.AsyncClient):
    draft = await with_themes(client, "Securite")
    path = f"{THEMES}/{await number(draft, 'Securite')}"

    await client.post(path, data={**fields(await client.get(path)), "name_fr": "Cybersécurité", "colour": "none"})

    assert await rows(LABELS, draft) == [("theme", "securite", "Cybersécurité", "")]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"name_fr": ""}, "Ce renseignement est nécessaire."),
        ({"name_fr": "B"}, "« B » est déjà dans cette liste : choisissez un autre nom."),
        ({"name_fr": "x" * 121}, "C’est trop long : 120 caractères au plus."),
        ({"colour": "ffff00"}, "Choisissez une couleur de la liste."),
        ({"after": "-1"}, "Cette réponse ne convient pas."),
    ],
)
@pytest.mark.parametrize("new", [True, False])
async def test_wrong_form_says_so_and_keeps_what_was_typed(
    client: httpx.AsyncClient, changed: dict[str, str], error: str, new: bool
):
    draft = await with_themes(client, "A", "B")
    path = f"{THEMES}/ajouter/theme" if new else f"{THEMES}/{await number(draft, 'A')}"
    typed = {**fields(await client.get(path)), "name_fr": "C", "description_fr": "Longue phrase", **changed}

    answer = await client.post(path, data=typed)

    assert answer.status_code == 422
    assert [" ".join(each.split()) for each in errors(answer)] == [error]
    assert fields(answer)["description_fr"].strip() == "Longue phrase"
    assert len(await labels_of(draft)) == 2


@pytest.mark.usefixtures("db")
async def test_colour_that_a_file_has_brought_may_stay(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await make_label(edition, "theme", "a", "A")
    draft = await draft_of(edition.id)
    await rows("UPDATE label SET colour = 'ffee00' WHERE edition = $1", draft)
    path = f"{THEMES}/{await number(draft, 'A')}"

    page = await client.get(path)
    answer = await client.post(path, data={**fields(page), "name_en": "A"})

    assert ("Couleur actuelle" in page.text, answer.status_code) == (True, 303)
    assert await rows(LABELS, draft) == [("theme", "a", "A", "ffee00")]


@pytest.mark.usefixtures("committed")
async def test_second_of_two_writers_sees_what_the_first_wrote(client: httpx.AsyncClient):
    draft = await with_themes(client, "A")
    path = f"{THEMES}/{await number(draft, 'A')}"
    mine = {**fields(await client.get(path)), "description_fr": "Mes mots"}
    await client.post(path, data={**mine, "description_fr": "Ses mots", "colour": "3f4f9c"})

    answer = await client.post(path, data=mine)
    again = await client.post(path, data=fields(answer))

    assert answer.status_code == 409
    assert "Couleur Indigo" in said(answer)
    assert "Description Ses mots" in said(answer)
    assert fields(answer)["description_fr"].strip() == "Mes mots"
    assert again.status_code == 303
    assert await rows("SELECT description_fr, colour FROM label WHERE edition = $1", draft) == [("Mes mots", "")]


@pytest.mark.usefixtures("db")
async def test_labels_stand_in_the_order_that_was_chosen_each_in_its_list(client: httpx.AsyncClient):
    draft = await with_themes(client, "A", "B")
    await add_label(draft, "kind", LabelTexts(name_fr="Atelier"), after=0)
    await add_label(draft, "theme", LabelTexts(name_fr="C"), after=await number(draft, "A"))
    path = f"{THEMES}/{await number(draft, 'B')}"

    await client.post(path, data={**fields(await client.get(path)), "after": "0"})

    assert [name for _facet, _slug, name, _colour in await rows(LABELS, draft)] == ["Atelier", "B", "A", "C"]


@pytest.mark.usefixtures("db")
async def test_what_bears_a_label_is_told_before_it_goes_and_stays_without_it(client: httpx.AsyncClient):
    edition = await alice_organises(client)
    await mark(await make_activity(edition), "theme", await make_label(edition, "theme", "a", "A"))
    await make_label(edition, "theme", "b", "B")
    draft = await draft_of(edition.id)
    path = f"{THEMES}/{await number(draft, 'A')}/enlever"

    page = await client.get(path)
    unused = await client.get(f"{THEMES}/{await number(draft, 'B')}/enlever")
    answer = await client.post(path)

    assert "1 activité le porte : elle restera au programme, sans lui Mots de passe solides" in said(page)
    assert "Aucune activité ne le porte." in said(unused)
    assert answer.status_code == 303
    assert [label.name_fr for label in await labels_of(draft)] == ["B"]
    assert await rows("SELECT theme FROM activity WHERE edition = $1", draft) == [(None,)]
    assert await rows("SELECT name_fr FROM label WHERE edition = $1 ORDER BY slug", edition.id) == [("A",), ("B",)]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("page", ["", "/enlever"])
@pytest.mark.parametrize("whose", ["another edition", "nobody"])
async def test_label_that_is_not_of_this_draft_is_not_found(client: httpx.AsyncClient, page: str, whose: str):
    await with_themes(client)
    there = await draft_of((await make_edition("cafe2028")).id)
    foreign = await make_label(Made(there, ""), "theme", "a", "A")
    path = f"{THEMES}/{foreign if whose == 'another edition' else 2**31}{page}"

    answers = [await client.get(path), await client.post(path, data={"name_fr": "x"})]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.usefixtures("db")
async def test_list_takes_as_many_statements_for_three_labels_as_for_one(client: httpx.AsyncClient):
    draft = await with_themes(client, "A")
    async with counted_statements() as for_one:
        await client.get(THEMES)
    for name in ("B", "C"):
        await add_label(draft, "theme", LabelTexts(name_fr=name), after=0)
    async with counted_statements() as for_three:
        await client.get(THEMES)

    assert len(for_one) == len(for_three)


@pytest.mark.usefixtures("committed")
async def test_of_two_labels_with_one_name_at_one_moment_one_is_made():
    draft = await draft_of((await make_edition()).id)

    outcomes = await asyncio.gather(
        *(add_label(draft, "theme", LabelTexts(name_fr="Sécurité"), after=0) for _each in range(5)),
        return_exceptions=True,
    )

    assert sorted(map(repr, outcomes)) == ["LabelNameTaken(name='Sécurité')"] * 4 + ["None"]
    assert [label.slug for label in await labels_of(draft)] == ["securite"]
