"""Who it is that stands at the desk: somebody this edition knows, the owner of an address, or somebody new."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.attendees import masked
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import fold

ANOTHER, OWNER = "another", "owner"
"""Answers beside the codes of people: somebody new; whoever signs in with the address, under another name."""


class WhoIsIt(Conflict):
    message = N_("Une personne de ce nom, ou avec cette adresse, est déjà connue. Est-ce la même?")


class Known(Struct, frozen=True, kw_only=True):
    """``ref`` is the answer that means them; the owner of the address has no name here: it is not the desk's to know.

    ``is_theirs``: the name and the address typed are both theirs.
    """

    ref: str
    person_id: int
    name: str = ""
    email: str = ""
    is_theirs: bool = False

    @property
    def hint(self) -> str:
        """Enough to tell two of the same name apart; empty without an address."""
        return masked(self.email)


_NAMESAKES = """
    SELECT coalesce(r.code, m.code) AS ref, p.id AS person_id, p.name, coalesce(p.email, '') AS email
    FROM person p LEFT JOIN registration r ON r.person = p.id AND r.edition = $1
    LEFT JOIN match_participant m ON m.person = p.id AND m.edition = $1
    WHERE (p.search_key = $2 OR p.search_key LIKE $2 || ' %@%') AND (r.id IS NOT NULL OR m.id IS NOT NULL)
    ORDER BY p.id LIMIT 20
"""


async def people_like(edition_id: int, *, name: str, email: str) -> list[Known]:
    """Those of this name with a ticket or a part in the edition, and the owner of the address; two queries."""
    wanted = fold(name)
    owner = await database.fetch_one("SELECT id, name FROM person WHERE account_email = $1", email) if email else None
    if owner and fold(owner["name"]) == wanted:
        return [Known(ref=OWNER, person_id=owner["id"], name=owner["name"], email=email, is_theirs=True)]
    rows = await database.fetch(_NAMESAKES, edition_id, wanted) if wanted else []
    known = [Known(**row) for row in rows if fold(row["name"]) == wanted]
    return known + ([Known(ref=OWNER, person_id=owner["id"])] if owner else [])


def chosen(known: list[Known], who: str) -> int | None:
    """The person's number, None for somebody new. Raises ``WhoIsIt`` while only the desk can tell."""
    if known and known[0].is_theirs:
        return known[0].person_id
    found = next((each.person_id for each in known if each.ref == who), None)
    if found is None and known and who != ANOTHER:
        raise WhoIsIt
    return found
