"""The letter with one's schedule, and what calendars make of its files."""

import msgspec
import pytest
from icalendar import Calendar
from litestar import Litestar

from digital_days.kernel import database, i18n
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from matchmaking.domain.agenda_items import agenda_items
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.leaving import leave
from matchmaking.domain.publications import last_publication
from matchmaking.domain.publishing import publish_plan
from matchmaking.mails.schedules import schedule
from tests.matchmaking.published import Fair, make_matched


@pytest.fixture
async def fair(db: None, app: Litestar) -> Fair:
    return await make_matched()


async def _publish(fair: Fair, *plan: DraftPlace) -> None:
    number = (await last_publication(fair.edition.id)).number
    await publish_plan(fair.edition.id, plan, fair.rounds, expected=number, by=None)


async def _letter(fair: Fair, name: str) -> Mail | None:
    """The newest to this person."""
    [row] = await database.fetch(
        """
        SELECT id, dedup_key, payload, person, edition FROM outbox_message
        WHERE topic = 'matchmaking.schedule' AND person = $1 ORDER BY id DESC LIMIT 1
        """,
        fair.people[name],
    )
    return await schedule(
        Message(
            id=row["id"],
            kind="mail",
            topic="matchmaking.schedule",
            dedup_key=row["dedup_key"],
            edition_id=row["edition"],
            person_id=row["person"],
            payload=msgspec.json.decode(row["payload"]),
            attempts=0,
        )
    )


def _events(mail: Mail) -> list[tuple[str, str, int, str]]:
    found = []
    for attachment in mail.attachments:
        calendar = Calendar.from_ical(attachment.content)
        [event] = calendar.walk("VEVENT")
        found.append((str(calendar["METHOD"]), str(event["UID"]), int(str(event["SEQUENCE"])), str(event["LOCATION"])))
    return found


async def test_first_letter_lists_everything_with_an_invitation_each(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 3), fair.place("Bob", "Dora", 2, 4))

    mail = await _letter(fair, "Bob")

    assert mail is not None
    assert mail.subject.replace("\N{NO-BREAK SPACE}", " ") == "Vos rencontres éclair : votre horaire"
    for words in ("Carole Roy, Maison Carole", "Dora Roy", "Table 3, Salle des Lilas", "Table 4"):
        assert words in mail.text.replace("\N{NO-BREAK SPACE}", " ")
    assert [(method, sequence, where) for method, _uid, sequence, where in _events(mail)] == [
        ("REQUEST", 0, "Table 3, Salle des Lilas"),
        ("REQUEST", 0, "Table 4, Salle des Lilas"),
    ]


async def test_change_and_cancellation_keep_the_uid_and_raise_the_sequence(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 3), fair.place("Bob", "Dora", 2, 4))
    first = await _letter(fair, "Bob")
    await _publish(fair, fair.place("Bob", "Carole", 3, 1))

    second = await _letter(fair, "Bob")

    assert first is not None
    assert second is not None
    uids = [uid for _method, uid, _sequence, _where in _events(first)]
    assert [(method, uid, sequence) for method, uid, sequence, _where in _events(second)] == [
        ("CANCEL", uids[1], 1),
        ("REQUEST", uids[0], 1),
    ]
    assert "a changé" in second.subject
    assert "Annulée" in second.text


async def test_who_has_left_gets_no_letter_any_more(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 3))
    await leave(fair.people["Bob"], fair.edition.id)

    assert await _letter(fair, "Bob") is None
    carole = await _letter(fair, "Carole")
    assert carole is not None
    assert "Vous n’avez aucune rencontre" in carole.text


async def test_agenda_knows_the_meeting_and_its_cancellation(fair: Fair):
    await _publish(fair, fair.place("Bob", "Carole", 1, 3))
    with i18n.use("fr"):
        [item] = await agenda_items(fair.people["Bob"], fair.edition.id)
    await _publish(fair, fair.place("Ève", "Carole", 1, 3))
    [after] = await agenda_items(fair.people["Bob"], fair.edition.id)

    assert (item.title.replace("\N{NO-BREAK SPACE}", " "), item.place, item.cancelled, item.sequence) == (
        "Rencontre éclair : Carole Roy, Maison Carole",
        "Table 3, Salle des Lilas",
        False,
        0,
    )
    assert (after.uid, after.cancelled, after.sequence) == (item.uid, True, 1)
