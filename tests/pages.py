"""Every address of the program, from its own route table; a route with a parameter nobody has a value for fails."""

from collections.abc import Iterable

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from digital_days.app import build
from digital_days.kernel.permissions import Permission

# What answers with something else than a page for people.
NO_PAGES = frozenset(
    {
        "site:live",
        "site:ready",
        "site:agenda-feed",
        "site:mailbox-html",
        "site:mailbox-attachment",
        "site:programme-template",
        "scheduling:message-mail",
        "scheduling:api-programme",
        "scheduling:editor-state",
        "scheduling:changes-feed",
        "scheduling:programme-calendar",
        "scheduling:schedule-json",
        "scheduling:schedule-xml",
        "scheduling:workbook",
        "scheduling:paper-everything",
        "scheduling:paper-badges",
        "scheduling:door-lists",
        "scheduling:certificate-file",
        "scheduling:registrants-file",
        "scheduling:slot-answers-file",
        "scheduling:form-address",
        "scheduling:portrait",
        "scheduling:group-template",
        "scheduling:favourite-codes",
        "scheduling:favourites-calendar",
        "exhibitors:follow-plan",
        "matchmaking:follow-day",
        "exhibitors:plan-picture",
        "exhibitors:plan-state",
        "exhibitors:invoices-file",
        "exhibitors:invoice-file",
        "exhibitors:logo",
        "exhibitors:document",
        "exhibitors:review-document",
        "exhibitors:badges",
        "exhibitors:arrival-file",
        "exhibitors:arrivals-file",
        "exhibitors:leads-file",
        "matchmaking:roster-file",
        "matchmaking:sheets",
        "matchmaking:sheet",
        "matchmaking:tables-sheet",
        "matchmaking:wall",
        "matchmaking:own-sheet",
        "static",
        "static/head",
    }
)


class Route(Struct, frozen=True, kw_only=True):
    """One handler as the route table knows it."""

    name: str
    path: str
    methods: frozenset[str]
    permission: object

    @property
    def reads(self) -> bool:
        """Whether it is asked with GET."""
        return "GET" in self.methods

    @property
    def is_page(self) -> bool:
        """Whether people look at its answer."""
        return self.reads and self.name not in NO_PAGES and not self.path.startswith("/api/")


def routes_of(app: Litestar) -> list[Route]:
    """All of them but the OPTIONS that the framework adds."""
    return [
        Route(
            name=handler.name or handler.handler_id,
            path=route.path_format,
            methods=frozenset(handler.http_methods),
            permission=handler.opt.get("permission"),
        )
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler) and handler.http_methods != {"OPTIONS"}
    ]


ROUTES: list[Route] = sorted(routes_of(build()), key=lambda route: (route.path, sorted(route.methods)))
PAGES: list[Route] = [route for route in ROUTES if route.is_page]


def viewer_of(route: Route) -> str | None:
    """Whose eyes see this page at its fullest: an address of the product's people, or nobody's."""
    if route.permission in (Permission.DESK, Permission.ORGANISE):
        return "alice@example.ca"
    return "bob@example.ca" if route.permission is Permission.SIGNED_IN else None


def address(route: Route, values: dict[str, str]) -> str:
    """The route's path with values of the sample; ``name:parameter`` goes before ``parameter``."""
    path = route.path
    for parameter in parameters(route.path):
        value = values.get(f"{route.name}:{parameter}") or values[parameter]
        path = path.replace("{" + parameter + "}", value)
    return path


def parameters(path: str) -> Iterable[str]:
    """« edition_slug », « slot »…"""
    return [part.partition("}")[0] for part in path.split("{")[1:]]
