"""The routes of what comes out of the meetings, for the manifest."""

from collections.abc import Sequence

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from matchmaking.routes.meeting import router
from matchmaking.routes.results import results

ROUTERS: Sequence[HTTPRouteHandler | Router] = [router, results]
