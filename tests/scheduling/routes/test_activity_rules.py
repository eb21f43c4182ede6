"""The organisers' page of an activity's rules, of the edition's, and of the answers."""

import io
from datetime import UTC, datetime

import httpx
import pytest
from openpyxl import load_workbook

from digital_days.kernel import clock
from digital_days.kernel.permissions import Role
from digital_days.kernel.questions import Option, Question
from scheduling.domain.activity_rules import NO_RULES, Rules, rule_book
from scheduling.domain.edition_rules import edition_rules_of
from tests.conftest import sign_in
from tests.desk_factories import MORNING, make_volunteer
from tests.factories import Made
from tests.scheduling.planning import (
    draft,
    errors_of,
    fields_of,
    found,
    organiser_signs_in,
    planned_code,
    send,
    texts,
    typed,
)
from tests.scheduling.ruled import BEFORE, DIET, LEVEL, ask, ruled_slot

pytestmark = pytest.mark.usefixtures("db")


async def opened(
    client: httpx.AsyncClient, rules: Rules = NO_RULES, *, english: bool = True
) -> tuple[Made, Made, Made, str]:
    edition, activity, slot = await ruled_slot(rules, english=english)
    await organiser_signs_in(client, edition)
    await draft(edition)
    return edition, activity, slot, f"/jn2027/organisation/activites/{await planned_code(activity)}/regles"


async def rules_of(edition: Made, activity: Made) -> Rules:
    return (await rule_book(edition.id)).rules[activity.code]


async def test_organiser_writes_every_rule_without_scripts(client: httpx.AsyncClient):
    edition, activity, _slot, path = await opened(client)
    form = typed(
        fields_of(await client.get(path)),
        reserved_seats="1",
        reserved_for="etudiants",
        until_day="2027-10-20",
        until_time="09:00",
        opens_day="2027-09-01",
        opens_time="8 h",
        prerequisites_fr="Un portable.\r\n\r\nDu café.",
        new_kind="several",
    )
    for kind in ("several", "number", "text"):
        form = fields_of(await send(client, path, [*typed(form, new_kind=kind), ("do", "question-add")]))
    form = typed(
        form,
        question_fr="Vos outils",
        question_required="yes",
        question_options_fr="Tablette\r\nTéléphone",
        question_options_en="Tablet\r\nPhone",
        question_fr__1="Combien",
        question_most__1="4",
        question_fr__2="De trop",
    )
    form = fields_of(await send(client, path, [*form, ("do", "question-drop:2")]))
    preview = await send(client, path, [*form, ("do", "question-up:1")])
    saved = await send(client, path, fields_of(preview))

    assert texts(preview, "//form[contains(@class, 'rules-preview')]//fieldset[.//input[@type='checkbox']]//label")[
        -2:
    ] == ["Tablette", "Téléphone"]
    assert (saved.status_code, saved.headers["location"]) == (303, path)
    rules = await rules_of(edition, activity)
    number, tools = rules.questions
    assert rules == Rules(
        reserved_seats=1,
        reserved_for="etudiants",
        reserved_until=datetime(2027, 10, 20, 13, tzinfo=UTC),
        opens_at=datetime(2027, 9, 1, 12, tzinfo=UTC),
        prerequisites_fr="Un portable.\n\nDu café.",
        questions=(
            Question(code=number.code, kind="number", fr="Combien", most=4),
            Question(
                code=tools.code,
                kind="several",
                fr="Vos outils",
                required=True,
                options=(Option("1", "Tablette", "Tablet"), Option("2", "Téléphone", "Phone")),
            ),
        ),
    )


async def test_opening_after_every_slot_has_begun_is_refused_because_nobody_could_register(client: httpx.AsyncClient):
    _edition, _activity, _slot, path = await opened(client)
    form = typed(fields_of(await client.get(path)), opens_day="2027-12-01", opens_time="09:00")

    answer = await send(client, path, form)

    assert (answer.status_code, list(errors_of(answer))) == (422, ["opens_day"])


async def test_everything_wrong_is_said_and_kept(client: httpx.AsyncClient):
    _edition, _activity, _slot, path = await opened(client, Rules(questions=(LEVEL,)))
    form = typed(
        fields_of(await client.get(path)),
        reserved_seats="deux",
        opens_day="2027-03-14",
        opens_time="02:30",
        closes_day="2027-11-07",
        closes_time="01:30",
        until_day="2027-10-20",
        question_fr="",
        question_options_fr="Seul",
        question_options_en="One\r\nTwo",
    )

    answer = await send(client, path, form)

    said = errors_of(answer)
    assert answer.status_code == 422
    assert sorted(said) == [
        "closes_time",
        "opens_time",
        "question_fr-0",
        "question_options_en-0",
        "question_options_fr-0",
        "reserved_seats",
        "until_time",
    ]
    assert "n’existe pas" in said["opens_time"]
    assert "laquelle des deux" in said["closes_time"]
    assert found(answer, "//select[@name='closes_which']")
    assert dict(fields_of(answer))["reserved_seats"] == "deux"


async def test_second_organiser_compares_first(client: httpx.AsyncClient):
    edition, activity, _slot, path = await opened(client, Rules(prerequisites_fr="Un téléphone."))
    form = typed(fields_of(await client.get(path)), prerequisites_fr="Un portable.")

    told = await send(client, path, typed(form, version="1"))
    saved = await send(client, path, fields_of(told))

    assert (told.status_code, saved.status_code) == (409, 303)
    assert "Un téléphone." in texts(told, "//dl[@class='definitions']//dd")
    assert (await rules_of(edition, activity)).prerequisites_fr == "Un portable."


async def test_texts_without_english_are_listed_among_the_translations(client: httpx.AsyncClient):
    _edition, _activity, _slot, path = await opened(client, Rules(prerequisites_fr="Un portable.", questions=(DIET,)))

    page = await client.get("/jn2027/organisation/traductions")

    assert found(page, "//section[h2[@id='rules']]//a/@href") == [path]
    assert "(1 texte)" in " ".join(texts(page, "//section[h2[@id='rules']]//li"))


async def test_edition_allows_so_many_places_each(client: httpx.AsyncClient):
    edition, *_more = await opened(client)
    path = "/jn2027/organisation/regles"
    form = fields_of(await client.get(path), "form")

    wrong = await send(client, path, typed(form, most="beaucoup", offer_hours="100", most_until_time="9 h"))
    saved = await send(client, path, typed(form, most="2", most_until_day="2027-10-20", most_until_time="9 h"))
    told = await send(client, path, typed(form, most="5"))

    known = await edition_rules_of(edition.id)
    assert (wrong.status_code, sorted(errors_of(wrong))) == (422, ["most", "most_until_day", "offer_hours"])
    assert (saved.status_code, told.status_code) == (303, 409)
    assert (known.most, known.most_until, known.offer_hours) == (2, datetime(2027, 10, 20, 13, tzinfo=UTC), 12)


async def test_organiser_reads_answers_and_takes_them_to_a_spreadsheet(client: httpx.AsyncClient):
    _edition, _activity, slot, _path = await opened(client, Rules(questions=(DIET, LEVEL)))
    with clock.stopped_at(BEFORE):
        await ask(slot, "=cmd", answers={"DIET": "=HYPERLINK(1)\n+1", "LEVEL": "2"})
    path = f"/jn2027/organisation/reponses/{slot.code}"

    page, csv, xlsx = [await client.get(f"{path}{more}") for more in ("", "/csv", "/xlsx")]

    assert texts(page, "//tbody/tr/td") == ["=cmd@example.ca", "rien", "=HYPERLINK(1) +1", "À l’aise"]
    assert csv.content.decode("utf-8-sig").splitlines()[:2] == [
        "Nom;Courriel;Public;Allergies;Votre niveau",
        "'=cmd;'=cmd@example.ca;;\"'=HYPERLINK(1)",
    ]
    sheet = load_workbook(io.BytesIO(xlsx.content)).worksheets[0]
    assert next((cell.value, cell.data_type) for cell in sheet[2]) == ("=cmd", "s")
    assert [page.headers["cache-control"], csv.headers["cache-control"]] == ["no-store", "no-store"]


async def test_people_at_the_doors_do_not_see_answers(client: httpx.AsyncClient):
    edition, _activity, slot = await ruled_slot(Rules(questions=(DIET,)))
    with clock.stopped_at(BEFORE):
        await ask(slot, "Bob", answers={"DIET": "Noix"})
    volunteer = await make_volunteer(edition, Role.DESK)
    with clock.stopped_at(MORNING):
        await sign_in(client, volunteer)
        answers = await client.get(f"/jn2027/organisation/reponses/{slot.code}")
        door = await client.get(f"/jn2027/portes/{slot.code}")

    assert (answers.status_code, door.status_code) == (403, 200)
    assert "Noix" not in door.text
