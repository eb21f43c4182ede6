"""The person behind a speaker's address. Nobody has proved it: they get messages, and nothing else follows from it."""

from digital_days.kernel import database
from digital_days.kernel.people import add_person, person_with_account, search_key


async def recipient_of(email: str, *, name: str) -> int | None:
    """Who gets what is written to this address: whoever signs in with it, else somebody new; nobody without one."""
    if not email:
        return None
    known = await person_with_account(email)
    return known or await add_person(name=name, email=email, locale="fr", account=False)


async def call(person_id: int, name: str, *, email: str) -> None:
    """Gives the name to somebody who only gets messages; an account's owner says themselves how they are called."""
    await database.fetch(
        """
        UPDATE person SET name = $2, search_key = $3
        WHERE id = $1 AND account_email IS NULL AND proved_at IS NULL
            AND NOT EXISTS (SELECT FROM registration r WHERE r.person = person.id)
        """,
        person_id,
        name,
        search_key(name, email),
    )
