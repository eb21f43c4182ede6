"""The organisers' routes about who takes part, for the manifest."""

from collections.abc import Sequence

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from matchmaking.routes import exclusions, roster, roster_sheet

ROUTERS: Sequence[HTTPRouteHandler | Router] = [roster.router, roster_sheet.router, exclusions.router]
