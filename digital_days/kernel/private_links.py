"""Links in our mails: whoever holds one has read the person's mailbox, and that proves the address."""

from typing import Literal

from digital_days.kernel import clock, consents, database, signing
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import url

Purpose = Literal[
    "ticket",
    "agenda",
    "feed",
    "place",
    "speaker",
    "reminders",
    "needs",
    "wait",
    "certificate",
    "feedback",
    "group",
    "contacts",
]


class WrongLink(NotFound):
    message = N_("Il manque peut-être un bout à ce lien : revenez au courriel et ouvrez-le de nouveau, en entier.")


def private_path(route: str, purpose: Purpose, code: str) -> str:
    """The path of a page that opens without signing in, for this code only."""
    return url(route, token=signing.sign(purpose, code, key=current().secret_key))


def proved_code(purpose: Purpose, token: str) -> str:
    """The code that the link carries; raises ``WrongLink`` for whatever we did not sign for this purpose."""
    code = signing.verify(purpose, token, keys=current().secret_keys)
    if code is None:
        raise WrongLink
    return code


async def remember_proof(person_id: int) -> None:
    """From now on the address is the person's own, and what the service needs was agreed to by them; done once.

    What is optional waits for their own word about it (``agreements.answer``): reading a mail is no agreement.
    What strangers tick later under a proved address never counts by itself.
    """
    await database.fetch(
        """
        WITH first AS (UPDATE person SET proved_at = $2 WHERE id = $1 AND proved_at IS NULL RETURNING id)
        UPDATE consent SET proved_at = $2 FROM first
        WHERE consent.person = first.id AND consent.proved_at IS NULL AND consent.purpose = ANY($3)
        """,
        person_id,
        clock.now(),
        consents.REQUIRED,
    )
