"""The organisers' routes of a plan's grid, of changes by hand and of paper, for the manifest."""

from collections.abc import Sequence

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from matchmaking.routes import draft_change, draft_meeting, grid, paper

ROUTERS: Sequence[HTTPRouteHandler | Router] = [grid.router, draft_meeting.router, draft_change.router, paper.router]
