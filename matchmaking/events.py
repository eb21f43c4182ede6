"""What came out of the meetings, for whoever listens. Codes only: nothing in an event says who somebody is."""

from typing import ClassVar, Literal

from digital_days.kernel.events import Event


class OutcomeSaid(Event, frozen=True):
    """One of the two has said what a meeting was good for; told again whenever they say something else.

    ``by`` is who says it. ``registration`` (the business's) and ``edition`` (its slug) are the kernel's, so that a
    subscriber finds the person by itself; empty where the business has no ticket. ``next_step``: empty, contact,
    appointment or referral; ``project`` (``kernel.projects``) with a referral. The business's own word is its wish;
    the resource's is a suggestion, on which the business has to be asked first. ``said`` counts their words: one
    with a higher number replaces those before. A subscriber gets it at least once: make running twice harmless.
    """

    name: ClassVar[str] = "matchmaking.outcome-said"

    meeting: str
    edition: str
    registration: str
    organisation: str
    by: Literal["business", "resource"]
    useful: int
    next_step: str
    project: str
    said: int


class ContactsShared(Event, frozen=True):
    """Both have agreed: each knows the other's name and address from now on."""

    name: ClassVar[str] = "matchmaking.contacts-shared"

    meeting: str
    edition: str


class ContactsWithdrawn(Event, frozen=True):
    """One of the two has taken it back: neither sees the other's address any more."""

    name: ClassVar[str] = "matchmaking.contacts-withdrawn"

    meeting: str
    edition: str
