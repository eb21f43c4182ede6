"""Why a run has no plan, or whom its plan leaves without something, in words; a page of them at a time."""

from msgspec import Struct

from matchmaking.domain import conflict_words, explanation_words
from matchmaking.domain.conflict_words import conflict_sentences
from matchmaking.domain.explanation_words import Explanation, explained
from matchmaking.domain.names import names_of
from matchmaking.domain.reached import Reached, reached
from matchmaking.domain.runs import Run
from matchmaking.domain.whereabouts import whereabouts_of
from matchmaking.engine.protocol import Request, Result

PER_PAGE = 25


class RunExplained(Struct, frozen=True, kw_only=True):
    """``conflict``: rules that leave no plan. ``lines``: wishes that are not served, ``many`` in all, musts first."""

    conflict: list[str]
    lines: list[Explanation]
    many: int
    page: int
    pages: int
    alone: list[str]
    reached: Reached


async def run_explained(run: Run, request: Request, answer: Result, *, page: int = 1) -> RunExplained:
    """In the reader's language; people and agendas as they are now. A handful of queries, however many wishes."""
    problem = request.problem
    names = await names_of(run.edition_id, problem, run.rounds)
    order = sorted(answer.unserved, key=lambda each: (not problem.wishes[each.wish].must, names.wish(each.wish)))
    pages = max(1, -(-len(order) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = order[(page - 1) * PER_PAGE : page * PER_PAGE]
    busy = explanation_words.busy_people(shown, names) | conflict_words.busy_people(answer.conflict, names)
    elsewhere = await whereabouts_of(run.edition_id, busy, run.rounds)
    counted = reached(problem, answer.plan.held)
    return RunExplained(
        conflict=conflict_sentences(answer.conflict, names, elsewhere),
        lines=[explained(each, names, elsewhere) for each in shown],
        many=len(order),
        page=page,
        pages=pages,
        alone=[names.organisation(code) for code in counted.alone],
        reached=counted,
    )
