"""What a run leaves somebody without, a page at a time, musts first."""

import pytest

from digital_days.composition import plug_in
from digital_days.kernel import database
from matchmaking.domain import run_explained as module
from matchmaking.domain.run_explained import RunExplained, run_explained
from matchmaking.domain.runs import Run, answer_of, question_of
from tests.matchmaking.factories import MORNING, ROUND, made
from tests.matchmaking.organised import all_wished, ended_run
from tests.matchmaking.published import Fair, make_matched
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def fair() -> Fair:
    plug_in()
    found = await make_matched()
    await all_wished()
    return found


async def _explained(run: Run, page: int = 1) -> RunExplained:
    answer = await answer_of(run.id)
    assert answer is not None
    return await run_explained(run, await question_of(run.id), answer, page=page)


async def test_musts_come_first_and_who_gets_nothing_is_named(fair: Fair):
    await database.fetch(
        """
        UPDATE match_wish SET strength = 'like' FROM match_organisation o
        WHERE o.id = match_wish.about AND o.name = 'Maison Dora'
        """
    )

    found = await _explained(await ended_run(fair, ("Bob", "Carole", 1)))

    assert [(line.by, line.about, line.must) for line in found.lines] == [
        ("Maison Ève", "Maison Carole", True),
        ("Maison Bob", "Maison Dora", False),
        ("Maison Ève", "Maison Dora", False),
    ]
    assert (found.many, found.page, found.pages, found.alone) == (3, 1, 1, ["Maison Ève"])
    assert found.reached.meeting == 2


async def test_pages_end_where_there_are_no_more(fair: Fair, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "PER_PAGE", 2)
    run = await ended_run(fair, ("Bob", "Carole", 1))

    pages = [await _explained(run, page) for page in (1, 2, 99)]

    assert [(len(each.lines), each.page, each.pages) for each in pages] == [(2, 1, 2), (1, 2, 2), (1, 2, 2)]


async def test_absence_is_told_and_more_wishes_are_no_more_queries(fair: Fair):
    for name in ("Carole", "Dora"):
        seat = fair.seats[name].id
        await made("match_absence", participant=seat, starts_at=MORNING, ends_at=MORNING + 12 * ROUND)
    everything = await ended_run(fair)
    await database.fetch("DELETE FROM match_wish WHERE id > (SELECT min(id) FROM match_wish)")
    one = await ended_run(fair)
    async with counted_statements(remembering=True) as few:
        found = await _explained(one)
    async with counted_statements(remembering=True) as more:
        await _explained(everything)

    assert len(few) == len(more)
    assert "Carole Roy a dit ne pas pouvoir de" in found.lines[0].why


async def test_somebody_who_has_left_is_said_to_be_gone(fair: Fair):
    run = await ended_run(fair, ("Bob", "Dora", 1))
    await database.fetch("DELETE FROM match_wish")
    await database.fetch("DELETE FROM match_participant WHERE code = $1", fair.seats["Carole"].code)
    await database.fetch("DELETE FROM match_organisation WHERE name = 'Maison Carole'")

    found = await _explained(run)

    assert "une organisation qui ne participe plus" in {line.about for line in found.lines}
