"""Who may do what: each route names one permission, each role holds some."""

from enum import StrEnum


class Permission(StrEnum):
    """No name on a route means closed."""

    PUBLIC = "public"  # anybody, also without a session
    SIGNED_LINK = "signed_link"  # whoever holds the link in the mail; the route checks the signature
    SIGNED_IN = "signed_in"  # one's own things
    PLACE_TAKE = "place_take"  # anybody; what they learn depends on what they proved
    PAIRED = "paired"  # a phone that an exhibitor has paired; the route checks its cookie
    DESK = "desk"  # welcome people, see names
    ORGANISE = "organise"  # run an edition
    DEVELOPMENT = "development"  # pages that exist only where no real message can leave


class Role(StrEnum):
    """Granted to a person for one edition; an administrator for all."""

    ATTENDEE = "attendee"
    EXHIBITOR = "exhibitor"
    DESK = "desk"
    ORGANISER = "organiser"
    ADVISOR = "advisor"
    ADMINISTRATOR = "administrator"


OPEN_TO_ALL = frozenset(
    {
        Permission.PUBLIC,
        Permission.SIGNED_LINK,
        Permission.PLACE_TAKE,
        Permission.PAIRED,
        Permission.DEVELOPMENT,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ATTENDEE: frozenset(),
    Role.EXHIBITOR: frozenset(),
    Role.ADVISOR: frozenset(),
    Role.DESK: frozenset({Permission.DESK}),
    Role.ORGANISER: frozenset({Permission.DESK, Permission.ORGANISE}),
    Role.ADMINISTRATOR: frozenset({Permission.DESK, Permission.ORGANISE}),
}


def allows(roles: frozenset[Role], permission: Permission) -> bool:
    """Whether one of these roles holds the permission."""
    return any(permission in GRANTS[role] for role in roles)
