"""The routes of organisers who make and publish plans, for the manifest."""

from collections.abc import Sequence

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from matchmaking.routes import own_unserved, publication, run, scenario, scenarios, verification
from matchmaking.routes.own_meetings import own_meetings

ROUTERS: Sequence[HTTPRouteHandler | Router] = [
    verification.show,
    scenarios.router,
    scenario.router,
    run.router,
    publication.router,
    own_meetings,
    own_unserved.show,
]
