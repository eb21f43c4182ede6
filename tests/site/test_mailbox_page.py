"""The development mailbox: newest first, every part of a mail, and closed as soon as real mails can leave."""

import httpx
import msgspec
import pytest
from litestar import Litestar

from digital_days.app import outermost
from digital_days.kernel import clock, database
from digital_days.kernel.settings import current
from digital_days.kernel.web.mail_frame import MAIL_POLICY
from tests.desk_factories import MORNING
from tests.factories import make_person
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

PICTURE = "iVBORw0KGgo="
CALENDAR = "QkVHSU46VkNBTEVOREFS"


async def make_letter(subject: str = "Votre billet", to: str = "bob@example.ca") -> int:
    """As the worker keeps it: the request that SendGrid would have got."""
    person = await make_person("Bob", f"{subject}@example.ca")
    request = {
        "personalizations": [{"to": [{"email": to, "name": "Bob Tremblay"}], "custom_args": {"key": "k"}}],
        "from": {"email": "billets@jn.example", "name": "Journées"},
        "subject": subject,
        "headers": {"Message-ID": "<abc@jn.example>"},
        "content": [
            {"type": "text/plain", "value": "Bonjour\nhttp://test.example/billet/x.y"},
            {
                "type": "text/html",
                "value": '<html><head></head><body><img src="cid:qr"><b style="color:red">Bonjour</b>',
            },
        ],
        "attachments": [
            {
                "content": PICTURE,
                "type": "image/png",
                "filename": "qr.png",
                "disposition": "inline",
                "content_id": "qr",
            },
            {"content": CALENDAR, "type": "text/calendar", "filename": "jn.ics", "disposition": "attachment"},
        ],
    }
    row = await database.fetch_one(
        """
        WITH m AS (
            INSERT INTO outbox_message (kind, topic, dedup_key, person) VALUES ('mail', 't', $1, $2) RETURNING id
        )
        INSERT INTO stored_mail (message, "to", subject, request, created_at)
        SELECT id, $3, $4, $5, $6 FROM m RETURNING id
        """,
        subject,
        person,
        to,
        subject,
        msgspec.json.encode(request).decode(),
        clock.now(),
    )
    assert row is not None
    return int(row["id"])


async def test_list_shows_the_newest_first(client: httpx.AsyncClient):
    for subject in ("Premier", "Second"):
        await make_letter(subject)

    page = (await client.get("/courrier")).text

    assert 0 < page.index("Second") < page.index("Premier")


async def test_list_can_be_of_one_address(client: httpx.AsyncClient):
    await make_letter("Premier", to="alice@example.ca")
    await make_letter("Second")

    page = (await client.get("/courrier", params={"to": "Alice@example.ca"})).text

    assert ("Premier" in page, "Second" in page) == (True, False)


async def test_list_takes_as_many_statements_for_one_letter_as_for_three(client: httpx.AsyncClient):
    await make_letter("Un")
    async with counted_statements() as for_one:
        await client.get("/courrier")
    await make_letter("Deux")
    await make_letter("Trois")
    async with counted_statements() as for_three:
        await client.get("/courrier")

    assert len(for_one) == len(for_three) == 2  # the letters, and whether English is open


async def test_message_shows_headers_text_and_attachments(client: httpx.AsyncClient):
    with clock.stopped_at(MORNING):
        number = await make_letter()

    page = (await client.get(f"/courrier/{number}")).text

    for words in (
        "Message-ID",
        "&lt;abc@jn.example&gt;",
        "Bob Tremblay &lt;bob@example.ca&gt;",
        "jn.ics",
        "text/calendar",
    ):
        assert words in page
    assert 'href="http://test.example/billet/x.y"' in page
    assert f'src="/courrier/{number}/html"' in page
    assert page.index("<dt>De</dt>") < page.index("/html") < page.index("text/calendar") < page.index("Message-ID")
    assert "<dt>From</dt>" not in page


async def test_html_part_has_a_policy_of_its_own_and_its_pictures_inside(client: httpx.AsyncClient):
    number = await make_letter()

    answer = await client.get(f"/courrier/{number}/html")

    assert f"data:image/png;base64,{PICTURE}" in answer.text
    assert answer.headers.get_list("content-security-policy") == [MAIL_POLICY]
    assert answer.headers.get_list("x-frame-options") == ["SAMEORIGIN"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_other_pages_keep_the_policy_of_all(client: httpx.AsyncClient):
    answer = await client.get("/courrier")

    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


async def test_attachment_is_saved_under_its_name(client: httpx.AsyncClient):
    number = await make_letter()

    answer = await client.get(f"/courrier/{number}/pieces/1")

    assert answer.content == b"BEGIN:VCALENDAR"
    assert answer.headers["content-disposition"] == 'attachment; filename="jn.ics"'
    assert answer.headers["content-type"].startswith("text/calendar")


@pytest.mark.parametrize(
    "path", ["/courrier/999", "/courrier/99999999999999", "/courrier/{number}/pieces/2", "/courrier/0"]
)
async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient, path: str):
    number = await make_letter()

    assert (await client.get("/courrier" + path.format(number=number))).status_code == 404


async def test_mailbox_and_styleguide_are_closed_when_real_mails_can_leave(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    number = await make_letter()
    paths = [
        "/courrier",
        f"/courrier/{number}",
        f"/courrier/{number}/html",
        f"/courrier/{number}/pieces/1",
        "/styleguide",
    ]
    assert [(await client.get(path)).status_code for path in paths] == [200] * 5

    monkeypatch.setenv("SENDGRID_API_KEY", "SG.key")
    current.cache_clear()
    try:
        assert [(await client.get(path)).status_code for path in paths] == [404] * 5
    finally:
        monkeypatch.undo()
        current.cache_clear()


@pytest.mark.parametrize("path", ["/courrier", "/styleguide"])
async def test_mailbox_and_styleguide_are_closed_to_other_machines(app: Litestar, path: str):
    phone = httpx.ASGITransport(app=outermost(app), client=("192.0.2.7", 50_000))  # type: ignore[arg-type] # looser
    async with httpx.AsyncClient(transport=phone, base_url="http://test.example") as browser:
        answer = await browser.get(path)

    assert answer.status_code == 404
