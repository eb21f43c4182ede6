"""What happened at the fair, for whoever listens. Codes only: nothing in an event says who somebody is."""

from typing import ClassVar, Literal

from digital_days.kernel.events import Event


class SupportWanted(Event, frozen=True):
    """A visitor whose details an exhibitor has would be helped by the team's support. Told once a lead.

    ``said_by``: the visitor has agreed that the team writes to them about it; the exhibitor's word alone is only a
    suggestion, on which the visitor has to be asked first. The visitor may take it back: ``LeadWithdrawn`` follows.
    ``registration`` and ``edition`` (its slug) are the kernel's, so that a subscriber finds the person by itself;
    asking the exhibitors' tables is not needed. A subscriber gets it at least once: make running twice harmless.
    """

    name: ClassVar[str] = "exhibitors.support-wanted"

    lead: str
    exhibitor: str
    registration: str
    edition: str
    said_by: Literal["visitor", "exhibitor"]


class LeadWithdrawn(Event, frozen=True):
    """The visitor has taken back what an exhibitor had: also what they had agreed to about support."""

    name: ClassVar[str] = "exhibitors.lead-withdrawn"

    lead: str
    registration: str
    edition: str
