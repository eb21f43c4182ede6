"""People: who they are, and what their names look like to a search."""

import re
import unicodedata

from digital_days.kernel import database
from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_

_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")

_LONGEST_KEY = 500


class NotAnAddress(Invalid):
    message = N_("Écrivez une adresse courriel complète, comme prenom.nom@exemple.ca.")


def email_address(text: str) -> str:
    """The address in lower case without surrounding spaces; raises ``NotAnAddress``."""
    address = text.strip().lower()
    if len(address) > 254 or not address.isprintable() or not _ADDRESS.fullmatch(address):
        raise NotAnAddress
    return address


def person_name(text: str) -> str:
    """One line without control characters, spaces folded."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def fold(*texts: str) -> str:
    """What a search compares: lower case, no accents, words apart by one space."""
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    kept = "".join(c if c.isalnum() or c in "@." else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def search_key(name: str, email: str) -> str:
    """What is stored of a person for searches; one written character may fold into many."""
    return fold(name, email)[:_LONGEST_KEY]


async def person_with_account(email: str) -> int | None:
    """Who signs in with this address, if anybody."""
    row = await database.fetch_one("SELECT id FROM person WHERE account_email = $1", email)
    return row["id"] if row else None


async def add_person(*, name: str, email: str, locale: str, account: bool) -> int:
    """A new person; with ``account`` the address becomes theirs to sign in with (it must be free)."""
    row = await database.fetch_one(
        """
        INSERT INTO person (name, email, account_email, locale, search_key) VALUES ($1, $2, $3, $4, $5) RETURNING id
        """,
        name,
        email,
        email if account and email else None,
        locale,
        search_key(name, email),
    )
    if row is None:  # pragma: no cover - INSERT … RETURNING gives its row
        raise RuntimeError("the database gave no row back")
    return int(row["id"])


async def add_account(*, name: str, email: str, locale: str) -> int | None:
    """A new person who signs in with this address; none where it is somebody's already, and nothing has changed.

    Whether it is free is left to the database: two may ask at once.
    """
    row = await database.fetch_one(
        """
        INSERT INTO person (name, email, account_email, locale, search_key) VALUES ($1, $2, $2, $3, $4)
        ON CONFLICT (account_email) DO NOTHING RETURNING id
        """,
        name,
        email,
        locale,
        search_key(name, email),
    )
    return int(row["id"]) if row else None


async def account_of(name: str, email: str, *, locale: str) -> int:
    """Whoever signs in with this address; a new account where it is nobody's, also when somebody is faster."""
    found = await person_with_account(email) or await add_account(name=name, email=email, locale=locale)
    found = found or await person_with_account(email)
    if found is None:  # pragma: no cover - what kept us from adding it is there
        raise RuntimeError("the account is gone")
    return found


async def add_unproved_person(*, name: str, email: str, locale: str) -> int:
    """A new person whom somebody else registers: the address becomes an account's only if it is nobody's yet.

    Else it is kept for messages alone.
    """
    account = await add_account(name=name, email=email, locale=locale) if email else None
    return account or await add_person(name=name, email=email, locale=locale, account=False)
