"""What organisers have written, and what became of each mail, as the outbox knows it."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.outbox import UNNEEDED
from scheduling.domain.organiser_messages import COLUMNS, FROM, OrganiserMessage


class Past(Struct, frozen=True, kw_only=True):
    """A message with the state of its mails; ``unneeded``: the person had left before it did."""

    message: OrganiserMessage
    waiting: int
    failed: int
    unneeded: int

    @property
    def gone(self) -> int:
        """Handed over to the mail service; those rows are not kept for ever, so it is what remains."""
        return self.message.people - self.waiting - self.failed - self.unneeded


_COUNTED = f"""
    SELECT {COLUMNS}, c.waiting, c.failed, c.unneeded
    FROM {FROM}
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE o.state IN ('queued', 'claimed', 'sending')) AS waiting,
            count(*) FILTER (WHERE o.state = 'failed') AS failed,
            count(*) FILTER (WHERE o.state = 'done' AND o.receipt = '{UNNEEDED}') AS unneeded
        FROM outbox_message o
        WHERE o.dedup_key >= 'organiser:' || m.code || ':' AND o.dedup_key < 'organiser:' || m.code || ';'
    ) c
    WHERE m.edition = $1
"""


async def history_of(edition_id: int) -> list[Past]:
    """Drafts first, then what was sent last; one query."""
    return _read(await database.fetch(f"{_COUNTED} ORDER BY m.sent_at DESC NULLS FIRST, m.updated_at DESC", edition_id))


async def past_of(message: OrganiserMessage) -> Past:
    """One message."""
    [past] = _read(await database.fetch(f"{_COUNTED} AND m.code = $2", message.edition, message.code))
    return past


def _read(rows: list[database.Row]) -> list[Past]:
    counts = ("waiting", "failed", "unneeded")
    return [
        Past(
            message=OrganiserMessage(**{name: row[name] for name in OrganiserMessage.__struct_fields__}),
            **{name: row[name] for name in counts},
        )
        for row in rows
    ]
