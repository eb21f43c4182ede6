"""The routes of the day itself, for the manifest."""

from collections.abc import Sequence

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from matchmaking.routes import at_table, moderator, projector, replan, speed_desk, walk_in

ROUTERS: Sequence[HTTPRouteHandler | Router] = [
    projector.router,
    moderator.router,
    replan.router,
    speed_desk.router,
    walk_in.router,
    at_table.router,
]
