"""Why a wish is not served, and the smallest change that would serve it."""

from collections.abc import Iterable

from msgspec import Struct

from matchmaking.engine.instead import Exchanges, Instead
from matchmaking.engine.nearest import nearest
from matchmaking.engine.obstacles import Obstacle, Reason, obstacles, reason
from matchmaking.engine.plan import Plan
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.remedy import Change
from matchmaking.engine.standing import Standing

LIKELIEST = 8
"""Of the meetings that would serve a wish, how many are looked at."""

_ORDER = {each: place for place, each in enumerate(Reason)}


class Unserved(Struct, frozen=True, kw_only=True):
    """``meeting``: of those that would serve the wish, the one nearest to being held.

    ``change``: what would serve it, taking nothing from anybody; None: no small one. ``instead``: what serving it under
    the rules as they are would take from others; None: not by a simple exchange. Who may be told of an obstacle (that
    somebody else said no, say) is for the caller to know.
    """

    wish: int
    reason: Reason
    meeting: int | None = None
    obstacles: tuple[Obstacle, ...] = ()
    change: Change | None = None
    instead: Instead | None = None


def unserved(problem: Problem, plan: Plan | Iterable[Placed]) -> list[Unserved]:
    """Each wish that the plan doesn't serve, in their order. Of a plan that breaks no rule, this is guaranteed:

    - ``carried_out(held, change)`` is a plan of ``apply(problem, change)``. It holds all that the plan holds, in
      the same rounds but for ``moved`` (nothing that is fixed, nor what is where it was announced), and the meeting as
      well: the wish is served, no wish of anybody is lost; the levels kept, musts, wishes and value are no worse.
    - ``apply(problem, change)`` requires the meeting: however it is solved, each of its plans serves the wish. Solved
      to the proof, or from ``carried_out`` on, its levels are in their order at least as good as there.
    - ``change`` is the lightest (``remedy.WEIGHTS``) of ``nearest``, of the likeliest meetings; None: there is none.
    - ``instead``, carried out, breaks no rule, and loses and gains just these wishes.

    ``reason`` and ``obstacles`` are those of ``meeting`` beside what is held. They do not say that no other plan serves
    the wish; that none does and is as good for all, the proven levels say.
    O(wishes × rounds): 2,000 of them take well under 2 s.
    """
    standing = Standing(problem, plan.held if isinstance(plan, Plan) else plan)
    exchanges = Exchanges(standing)
    return [_explained(exchanges, number) for number in range(len(problem.wishes)) if not standing.served_by[number]]


def _explained(exchanges: Exchanges, number: int) -> Unserved:
    standing = exchanges.standing
    meetings = list(dict.fromkeys(standing.problem.wishes[number].meetings))
    if not meetings:
        return Unserved(wish=number, reason=Reason.NO_MEETING)
    reasons = {each: reason(standing, each) for each in meetings}
    likeliest = sorted(meetings, key=lambda each: -_ORDER[reasons[each]])[:LIKELIEST]
    changes = {each: nearest(standing, each) for each in likeliest}
    found = [(change.weight, each) for each, change in changes.items() if change is not None]
    best = min(found)[1] if found else likeliest[0]
    offers = [offer for each in likeliest if (offer := exchanges.cheapest(each)) is not None]
    return Unserved(
        wish=number,
        reason=reasons[best],
        meeting=best,
        obstacles=obstacles(standing, best),
        change=changes[best],
        instead=min(offers, key=lambda offer: (len(offer.lost), len(offer.meetings)), default=None),
    )
