"""The routes of organisers who make and publish plans, for the manifest."""

from collections.abc import Sequence

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from matchmaking.routes import publication, run, scenarios
from matchmaking.routes.own_meetings import own_meetings

ROUTERS: Sequence[HTTPRouteHandler | Router] = [scenarios.router, run.router, publication.router, own_meetings]
