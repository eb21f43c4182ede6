"""The link by which a speaker keeps their own page: it works while they are in the draft with the same address."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.private_links import WrongLink, private_path, proved_code
from digital_days.kernel.signing import digest
from scheduling.domain.speaker_people import recipient_of
from scheduling.domain.speaker_profiles import Profile, profile_anywhere
from scheduling.domain.speakers import NoSuchSpeaker

TOPIC = "scheduling.speaker-link"
AGAIN_AFTER = timedelta(minutes=10)
_MARK = 20


class StaleLink(WrongLink):
    message = N_("Ce lien n’est plus valable. Demandez-en un nouveau à l’organisation de l’événement.")


class WithoutAddress(Conflict):
    message = N_("Il n’y a pas d’adresse où envoyer le lien. Ajoutez-la d’abord à la fiche.")


class LastSent(Struct, frozen=True, kw_only=True):
    """The newest mail with the link: where it is, and since when."""

    state: str
    at: datetime


def own_path(profile: Profile) -> str:
    """The path of the speaker's own page; another address makes another path."""
    return private_path("scheduling:own-page", "speaker", f"{profile.code}-{_mark(profile)}")


async def profile_by_link(token: str) -> Profile:
    """Whose page the link opens; raises ``WrongLink``, and ``StaleLink`` once they are gone or have another address."""
    code, _, mark = proved_code("speaker", token).partition("-")
    try:
        profile = await profile_anywhere(code)
    except NoSuchSpeaker:
        raise StaleLink from None
    if not profile.email or not hmac.compare_digest(mark, _mark(profile)):
        raise StaleLink
    return profile


async def send_link(profile: Profile) -> bool:
    """Promises the mail; False when it was in these ten minutes. Raises ``WithoutAddress``. One transaction."""
    if not profile.email:
        raise WithoutAddress
    async with database.transaction():
        person = profile.person or await _relinked(profile)
        moment = int(clock.now().timestamp() // AGAIN_AFTER.total_seconds())
        key = f"speaker-link:{profile.code}:{person}:{moment}"
        known = await database.fetch_one("SELECT FROM outbox_message WHERE dedup_key = $1", key)
        await queue_mail(
            TOPIC,
            dedup_key=key,
            payload={"speaker": profile.code},
            person_id=person,
            edition_id=profile.edition,
        )
    return known is None


async def last_sent(people: Sequence[int]) -> dict[str, LastSent]:
    """By the speaker's code, for those whose messages go to these people."""
    rows = await database.fetch(
        """
        SELECT DISTINCT ON (m.payload->>'speaker') m.payload->>'speaker' AS speaker, m.state,
            coalesce(m.done_at, m.created_at) AS at
        FROM outbox_message m WHERE m.person = ANY($1) AND m.topic = $2
        ORDER BY m.payload->>'speaker', m.id DESC
        """,
        list(people),
        TOPIC,
    )
    return {row["speaker"]: LastSent(state=row["state"], at=row["at"]) for row in rows}


async def _relinked(profile: Profile) -> int:
    person = await recipient_of(profile.email, name=profile.name)
    await database.fetch("UPDATE speaker SET person = $2 WHERE id = $1", profile.id, person)
    return person or 0


def _mark(profile: Profile) -> str:
    return digest(f"{profile.code} {profile.email}")[:_MARK]
