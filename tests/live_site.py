"""The whole product as people meet it: web program and worker in processes of their own, on the sample editions."""

import hashlib
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import msgspec
import pytest

from digital_days.kernel import codes, signing
from digital_days.kernel.permissions import Role
from digital_days.kernel.pictures import square
from digital_days.kernel.settings import Settings
from scheduling.domain.certificates import CODE_LENGTH, Attested, AttestedActivity
from tests.conftest import SECRET
from tests.exhibitors.live_fair import fair_samples
from tests.exhibitors.live_leads import lead_samples
from tests.kernel.photos import photo, saved
from tests.matchmaking.live_day import day_sample
from tests.matchmaking.live_meeting import meeting_sample
from tests.matchmaking.live_participant import participant_sample
from tests.matchmaking.live_run import run_sample
from tests.product import EDITION, OpenSlot, Product
from tests.running_server import ROOT, environment_of, web_server

_FIRST_DATABASE_OF_VALKEY = 8
"""Those below belong to tests that empty them."""


@pytest.fixture(scope="session")
async def product(
    database_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Product]:
    """Started once a test process. Alice organises, Dora stands at the welcome desk, Bob has an account."""
    settings = await _prepared(database_url, redis_url, tmp_path_factory.mktemp("product"))
    with web_server(settings) as url, _worker(settings, url):
        async with asyncpg.create_pool(settings.database_url, min_size=1, max_size=3) as pool:
            running = Product(url, pool, await _open_slots(pool), environment_of(settings, BASE_URL=url))
            await running.person("Alice Gagnon", "alice@example.ca", role=Role.ORGANISER)
            await running.person("Dora Roy", "dora@example.ca", role=Role.DESK)
            await running.person("Bob Tremblay", "bob@example.ca")
            yield running


async def _prepared(database_url: str, redis_url: str, folder: Path) -> Settings:
    """A database of its own with the sample in it, on the tests' servers."""
    server, _, name = database_url.rpartition("/")
    connection = await asyncpg.connect(database_url)
    await connection.execute(f"CREATE DATABASE {name}_product TEMPLATE template_of_tests")
    await connection.close()
    valkey, _, number = redis_url.rpartition("/")
    settings = Settings(
        database_url=f"{server}/{name}_product",
        redis_url=f"{valkey}/{int(number) + _FIRST_DATABASE_OF_VALKEY}",
        secret_key=SECRET,
        mailbox=True,
        data_dir=folder,
    )
    _load_sample(settings)
    return settings


def _load_sample(settings: Settings) -> None:
    command = [sys.executable, "-m", "digital_days.tasks", "sample"]
    subprocess.run(command, cwd=ROOT, env=environment_of(settings), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _worker(settings: Settings, url: str) -> Iterator[None]:
    command = [sys.executable, "-m", "digital_days.worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment_of(settings, BASE_URL=url, LOG_LEVEL="warning"))
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=15)


async def _open_slots(pool: asyncpg.Pool) -> list[OpenSlot]:
    """Those with seats that nobody of the sample has taken, each the only one of its activity."""
    rows = await pool.fetch(
        """
        SELECT s.code, a.code AS activity, a.title_fr, a.title_en, s.starts_at, s.ends_at, s.seats
        FROM slot s JOIN activity a ON a.id = s.activity JOIN edition e ON e.id = a.edition
        WHERE e.slug = $1 AND s.seats >= 3 AND s.state = 'scheduled' AND s.taken = 0
            AND NOT EXISTS (SELECT 1 FROM slot other WHERE other.activity = a.id AND other.id <> s.id)
        ORDER BY s.starts_at, s.id
        """,
        EDITION,
    )
    return [OpenSlot(**row) for row in rows]


_OF_PLANNED_ACTIVITIES = (
    "planned-activity",
    "change-activity",
    "duplicate-activity",
    "activity-removal",
    "remove-activity",
    "activity-rules",
    "change-activity-rules",
)


@pytest.fixture(scope="session")
async def samples(product: Product) -> dict[str, str]:
    """A value for every parameter of an address, all of them Bob's."""
    return await samples_of(product, "Bob Tremblay", "bob@example.ca")


async def _somebody_of_the_draft(product: Product) -> tuple[str, str, str]:
    """The code of a speaker who has an address and a portrait, what opens their own page, and the portrait's name."""
    await product.page(
        f"/{EDITION}/organisation/intervenants", viewer="alice@example.ca"
    )  # a draft is made when asked for
    picture = square(saved(photo()), side=480)
    digest = hashlib.sha256(picture).hexdigest()
    await product.database.execute(
        "INSERT INTO portrait (digest, media_type, content) VALUES ($1, 'image/webp', $2) ON CONFLICT DO NOTHING",
        digest,
        picture,
    )
    code = await product.database.fetchval(
        """
        UPDATE speaker SET email = 'camille@example.ca', portrait = $2 WHERE id = (
            SELECT s.id FROM speaker s JOIN edition d ON d.id = s.edition JOIN edition e ON e.id = d.draft_of
            WHERE e.slug = $1 ORDER BY s.id LIMIT 1
        ) RETURNING code
        """,
        EDITION,
        digest,
    )
    mark = signing.digest(f"{code} camille@example.ca")[:20]
    return code, signing.sign("speaker", f"{code}-{mark}", key=SECRET), digest


async def _planned_activity(product: Product) -> str:
    """What the draft, made when it is asked for, calls one of its activities that has slots and a speaker."""
    await product.page(f"/{EDITION}/organisation/activites", viewer="alice@example.ca")
    code: str = await product.database.fetchval(
        """
        SELECT a.code FROM activity a JOIN edition d ON d.id = a.edition JOIN edition e ON e.id = d.draft_of
        WHERE e.slug = $1 AND EXISTS (SELECT FROM slot s WHERE s.activity = a.id)
            AND EXISTS (SELECT FROM activity_speaker s WHERE s.activity = a.id)
        ORDER BY a.id LIMIT 1
        """,
        EDITION,
    )
    return code


async def samples_of(product: Product, name: str, email: str) -> dict[str, str]:
    """The same for somebody who gets a place, its mail in the mailbox, and a sign-in link that nobody has opened."""
    slot = await product.open_slot()
    place = await product.register(slot.code, name, email)
    ticket = await product.letter(email, about=slot.title_fr)
    speaker = await product.database.fetchval("SELECT code FROM speaker ORDER BY id LIMIT 1")
    listed, own_page, portrait = await _somebody_of_the_draft(product)
    registration = await product.database.fetchval(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.account_email = $1", email
    )
    planned = await _planned_activity(product)
    draft = await draft_number(product)
    fair, meeting = await fair_samples(product, name, email), await meeting_sample(product, name, email)
    return {
        "edition_slug": EDITION,
        "activity_code": slot.activity,
        "slot": slot.code,
        "speaker_code": speaker,
        "scheduling:speaker-edit:speaker_code": listed,
        "scheduling:speaker-save:speaker_code": listed,
        "scheduling:own-page:token": own_page,
        "picture": f"{portrait}.webp",
        "place": place,
        "registration": registration,
        "number": str(ticket.id),
        "kind": "xlsx",
        "file_path": "manifest.json",
        "scheduling:audience:label_slug": "entreprises",
        **{f"scheduling:{route}:activity_code": planned for route in _OF_PLANNED_ACTIVITIES},
        **await _planned(product),
        "site:agenda:token": ticket.token("agenda"),
        "site:agenda-feed:token": signing.sign("feed", registration, key=SECRET),
        "site:ticket:token": ticket.token("billet"),
        **await lists_of(product, draft),
        "scheduling:place:token": ticket.token("places"),
        **{
            f"scheduling:{route}:token": ticket.token("places")
            for route in ("give-place", "give-place-send", "swap-place", "swap-place-send")
        },
        "site:reminders:token": signing.sign("reminders", registration, key=SECRET),
        "scheduling:needs:token": signing.sign("needs", registration, key=SECRET),
        "scheduling:feedback:token": signing.sign("feedback", registration, key=SECRET),
        **await _certificate(product, registration),
        **await _messages(product),
        **await _line(product, slot, name, email),
        "site:sign-in-link:token": await product.sign_in_link(email),
        "site:mailbox-attachment:place": "0",
        **await _group(product, name, email),
        **fair,
        **meeting,
        **await run_sample(product, name, meeting["meeting"]),
        **await day_sample(product),
        **await participant_sample(product, email),
        **await lead_samples(product, fair["exhibitor"], registration),
    }


async def _group(product: Product, name: str, email: str) -> dict[str, str]:
    """Two colleagues whom this person has registered."""
    slot = await product.open_slot()
    async with product.browser() as browser:
        browser.cookies.set("session", await product.session(email))
        answer = await browser.post(
            f"/{EDITION}/groupes/nouveau",
            data={
                "kind": "business",
                "organisation": f"Atelier de {name}",
                "form_code": f"sample-{slot.code}",
                "slots": slot.code,
                "members": "Camille Exemple\nMaxime Exemple",
                "count": "2",
                "declared": "yes",
            },
        )
    group = answer.headers["location"].rpartition("/")[2]
    token = signing.sign("group", group, key=SECRET)
    links = ("group", "change-group", "group-tickets")
    return {"group": group, **{f"scheduling:{route}:token": token for route in links}}


async def _planned(product: Product) -> dict[str, str]:
    """A slot of the draft and its activity, with the codes that they have there."""
    await product.page(f"/{EDITION}/organisation/horaire", viewer="alice@example.ca")  # made when it is asked for
    row = await product.database.fetchrow(
        """
        SELECT s.code AS slot, a.code AS activity FROM slot s JOIN activity a ON a.id = s.activity
        JOIN edition d ON d.id = a.edition JOIN edition e ON e.id = d.draft_of WHERE e.slug = $1 ORDER BY s.id LIMIT 1
        """,
        EDITION,
    )
    return {
        **{f"scheduling:editor-{route}:slot": row["slot"] for route in ("slot", "move", "remove")},
        **{f"scheduling:editor-{route}:activity": row["activity"] for route in ("activity", "place")},
    }


async def _line(product: Product, held: OpenSlot, name: str, email: str) -> dict[str, str]:
    """A full slot where they wait, behind somebody who is asked right now and before somebody else."""
    slot = await product.open_slot(after=held)
    await product.database.execute("UPDATE slot SET seats = 2 WHERE code = $1", slot.code)
    for number, who in enumerate(("Noé Roy", "Zoé Roy")):
        await product.register(slot.code, who, f"{number}-{email}")
    given_back = await product.register(slot.code, "Léa Roy", f"lea-{email}", wait=True)
    entry = await product.register(slot.code, name, email, wait=True)
    await product.register(slot.code, "Éva Roy", f"eva-{email}", wait=True)
    await product.database.execute(
        """
        WITH asked AS (
            UPDATE waiting_entry SET state = 'offered', deadline = now() + interval '12 hours' WHERE code = $1
            RETURNING id, slot
        ), said AS (INSERT INTO waiting_event (entry, kind, at) SELECT id, 'offered', now() FROM asked)
        UPDATE slot SET held = 1, seats = 3 FROM asked WHERE slot.id = asked.slot
        """,
        given_back,
    )
    return {
        "entry": entry,
        "scheduling:wait:slot": slot.code,
        **{f"scheduling:{route}:slot": slot.code for route in ("waiting-list", "move-in-line", "remove-from-line")},
        **{
            f"scheduling:{route}:token": signing.sign("wait", entry, key=SECRET)
            for route in ("waiting", "accept-offer", "leave-line")
        },
    }


async def _certificate(product: Product, registration: str) -> dict[str, str]:
    """One that was issued, of an activity of long ago."""
    began = datetime(2026, 10, 22, 13, tzinfo=UTC)
    activity = AttestedActivity(title_fr="Courriel", title_en="", starts_at=began, ends_at=began + timedelta(hours=1))
    said = Attested(name="Bob", edition_fr="Journées", edition_en="Days", organiser="MRC", activities=[activity])
    code = codes.new_code(CODE_LENGTH)
    await product.database.execute(
        """
        INSERT INTO certificate (registration, code, fingerprint, document, issued_at)
        SELECT id, $2, $2, $3, $4 FROM registration WHERE code = $1
        """,
        registration,
        code,
        msgspec.json.encode(said).decode(),
        began,
    )
    token = signing.sign("certificate", registration, key=SECRET)
    return {"code": code, "scheduling:certificate:token": token, "scheduling:certificate-file:token": token}


async def _messages(product: Product) -> dict[str, str]:
    """A draft to Bob's kind of people, in both languages, and the template it was begun with."""
    texts = ("Où stationner", "Where to park", "Derrière la bibliothèque.", "Behind the library.")
    code = await product.database.fetchval(
        """
        INSERT INTO organiser_message (edition, code, kind, to_fr, to_en, subject_fr, subject_en, body_fr, body_en,
            created_at, updated_at)
        SELECT id, substr(upper(md5(random()::text)), 1, 10), 'everyone', 'Toutes les personnes inscrites',
            'Everybody registered', $2, $3, $4, $5, now(), now() FROM edition WHERE slug = $1 RETURNING code
        """,
        EDITION,
        *texts,
    )
    number = await product.database.fetchval(
        """
        INSERT INTO message_template (edition, name, subject_fr, subject_en, body_fr, body_en)
        SELECT id, 'Stationnement ' || $6, $2, $3, $4, $5 FROM edition WHERE slug = $1 RETURNING id
        """,
        EDITION,
        *texts,
        code,
    )
    routes = ("message-template", "change-message-template", "remove-message-template")
    return {"message": code, "language": "fr", **{f"scheduling:{name}:number": str(number) for name in routes}}


async def draft_number(product: Product) -> int:
    """The number of the sample edition's draft, which is made when an organiser first looks at it."""
    async with product.browser() as browser:
        browser.cookies.set("session", await product.session("alice@example.ca"))
        await browser.get(f"/{EDITION}/organisation/salles")
    number: int = await product.database.fetchval(
        "SELECT d.id FROM edition d JOIN edition e ON e.id = d.draft_of WHERE e.slug = $1", EDITION
    )
    return number


async def lists_of(product: Product, draft: int) -> dict[str, str]:
    """A room and a label of the draft."""
    room = await product.database.fetchval(
        "SELECT id FROM room WHERE edition = $1 AND venue <> '' ORDER BY id LIMIT 1", draft
    )
    label = await product.database.fetchval("SELECT id FROM label WHERE edition = $1 ORDER BY id LIMIT 1", draft)
    rooms = ("room", "change-room", "room-removal", "remove-room", "venue", "change-venue")
    labels = ("label", "change-label", "label-removal", "remove-label")
    return {
        "facet": "public",
        **{f"scheduling:{name}:number": str(room) for name in rooms},
        **{f"scheduling:{name}:number": str(label) for name in labels},
    }
