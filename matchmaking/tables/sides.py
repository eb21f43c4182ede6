"""The two sides: businesses and support resources, the people who take part for them, and what they wish for."""

from piccolo.columns import JSONB, ForeignKey, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition, NeedTerm, Person


class MatchOrganisation(Table):
    """``side``: business or resource. Colleagues share it: its needs or offers, its wishes, its meetings.

    ``sector`` and ``size`` are the codes of ``domain/sectors.py``. The last colleague who leaves takes it along.
    """

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=False, index=True)
    side = Varchar(length=8)
    name = Varchar(length=200)
    about = Text(default="")
    sector = Varchar(length=20, default="")
    size = Varchar(length=8, default="")
    created_at = Timestamptz()
    updated_at = Timestamptz()


class MatchNeed(Table):
    """A need of the shared taxonomy: a business has it, a resource answers it."""

    organisation = ForeignKey(MatchOrganisation, on_delete=OnDelete.cascade, null=False, index=True)
    need = ForeignKey(NeedTerm, on_delete=OnDelete.cascade, null=False, index=True)


class MatchParticipant(Table):
    """Somebody who meets others for their organisation; one organisation a person and edition.

    Matchable from ``opted_in_at`` on; ``left_at``: no more. ``languages`` is a list of fr, en. ``least`` and ``most``:
    meetings; ``most`` null: as the organisers say. ``invited_by``: the colleague who wrote the address. ``arrived_at``,
    ``missing_at``: the last word about the day.
    """

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=False, index=True)
    organisation = ForeignKey(MatchOrganisation, on_delete=OnDelete.cascade, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    role = Varchar(length=120, default="")
    languages = JSONB(default='["fr"]')
    least = SmallInt(default=0)
    most = SmallInt(null=True, default=None)
    opted_in_at = Timestamptz(null=True, default=None)
    left_at = Timestamptz(null=True, default=None)
    invited_by: ForeignKey["MatchParticipant"] = ForeignKey("self", on_delete=OnDelete.set_null, null=True, index=True)
    arrived_at = Timestamptz(null=True, default=None)
    missing_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()
    updated_at = Timestamptz()


class MatchAbsence(Table):
    """When a participant cannot, by their own word; what their agenda holds is not repeated here."""

    participant = ForeignKey(MatchParticipant, on_delete=OnDelete.cascade, null=False, index=True)
    starts_at = Timestamptz()
    ends_at = Timestamptz()


class MatchWish(Table):
    """What an organisation says about meeting one of the other side: must, like, or no (for nobody else's eyes)."""

    by = ForeignKey(MatchOrganisation, on_delete=OnDelete.cascade, null=False, index=True)
    about = ForeignKey(MatchOrganisation, on_delete=OnDelete.cascade, null=False, index=True)
    strength = Varchar(length=4)
    created_at = Timestamptz()


class MatchExclusion(Table):
    """Two organisations that organisers keep apart; ``one`` is the lower number."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    one = ForeignKey(MatchOrganisation, on_delete=OnDelete.cascade, null=False, index=True)
    other = ForeignKey(MatchOrganisation, on_delete=OnDelete.cascade, null=False, index=True)
    reason = Text(default="")
    created_at = Timestamptz()
