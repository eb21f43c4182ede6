"""The door of every route: it names one permission, or it is closed."""

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from digital_days.kernel.errors import Forbidden, NotFound, Refusal
from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import OPEN_TO_ALL, Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web.client_address import client_address, is_loopback
from digital_days.kernel.web.cross_site import refuse_cross_site


def may_look_inside(connection: ASGIConnection) -> bool:  # type: ignore[type-arg] # any of them
    """Whether somebody sits at the machine itself, where no real message can leave.

    The mailbox holds everybody's links: a laptop that serves phones in the hall must not show it to them, nor
    to whoever comes through a proxy on the same machine.
    """
    return (
        current().mailbox_is_open
        and is_loopback(client_address(connection))
        and not any(name == "forwarded" or name.startswith("x-forwarded-") for name in connection.headers)
    )


class SignInFirst(Refusal):
    message = N_("Connectez-vous pour continuer.")


async def admit(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg] # litestar's own signature
    """The guard of every route. There is one: the framework copies the handler for each, which costs 10 µs."""
    refuse_cross_site(connection)
    check_permission(connection, handler)


def check_permission(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg] # any of them
    """Lets through who holds the route's permission for the edition in its address; refuses everybody else."""
    permission = handler.opt.get("permission")
    if not isinstance(permission, Permission):
        raise Forbidden
    if permission is Permission.DEVELOPMENT and not may_look_inside(connection):
        raise NotFound
    if permission in OPEN_TO_ALL or not isinstance(connection, Request):
        return
    if connection.user is None:
        raise SignInFirst
    if permission is Permission.SIGNED_IN:
        return
    if not connection.user.may(permission, connection.path_params.get("edition_slug", "")):
        raise Forbidden
