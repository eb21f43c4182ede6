"""The routes of taking part, for the manifest."""

from collections.abc import Sequence

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from matchmaking.routes import participation, settings, wishes
from matchmaking.routes.public import speed_dating

ROUTERS: Sequence[HTTPRouteHandler | Router] = [speed_dating, participation.router, wishes.router, settings.router]
