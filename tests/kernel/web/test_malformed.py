"""What no page of ours leads to is refused as a mistake of the sender, in a page of ours."""

import httpx
import pytest

from tests.conftest import sign_in
from tests.factories import make_edition, make_person

pytestmark = pytest.mark.usefixtures("db")

FORM = {"content-type": "application/x-www-form-urlencoded"}
PARTS = {"content-type": "multipart/form-data; boundary=x"}
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/jn%00/programme", 404),
        ("/en/jn%0D%0Aset-cookie:a=b", 404),
        ("/static/" + "a" * 255, 404),
        ("/?q=%00", 400),
        ("/api/v1/programme?edition=%00", 400),
    ],
)
async def test_address_that_cannot_be_ours_is_refused(client: httpx.AsyncClient, path: str, status: int):
    await make_edition()

    answer = await client.get(path)

    assert answer.status_code == status
    kind = "application/problem+json" if path.startswith("/api/") else "text/html; charset=utf-8"
    assert answer.headers["content-type"] == kind
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["x:99999999", "x:abc", "a b/@x", "[", "x/y"])
async def test_host_that_cannot_be_is_refused(client: httpx.AsyncClient, host: str):
    answer = await client.get("/nope/x/y/z", headers={"host": host})

    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["test.example", "127.0.0.1:8000", "[::1]:8000", "localhost:65535"])
async def test_host_that_can_be_is_served(client: httpx.AsyncClient, host: str):
    answer = await client.get("/health/live", headers={"host": host})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (PARTS, b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\xff\r\n--x--\r\n'),
        (
            PARTS,
            b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: a/b; charset=foo\r\n\r\na\r\n--x--\r\n',
        ),
        (PARTS, b"--x\r\nfoo"),
    ],
)
async def test_form_that_is_no_text_is_refused(client: httpx.AsyncClient, headers: dict[str, str], body: bytes):
    answer = await client.post("/connexion", content=body, headers=headers)

    assert answer.status_code == 400


@pytest.mark.parametrize("body", [b'{"slot":"\xff"}', b"[" * 100_000, b'{"slot":', b'"\\ud800"', b""])
async def test_json_that_nobody_can_read_is_refused(client: httpx.AsyncClient, body: bytes):
    answer = await client.post("/api/v1/registrations", content=body, headers=JSON)

    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json; charset=utf-16"},
    ],
)
async def test_body_that_is_not_called_json_is_refused(client: httpx.AsyncClient, headers: dict[str, str]):
    answer = await client.post("/api/v1/registrations", content=b"{}", headers=headers)

    assert (answer.status_code, answer.headers["content-type"]) == (415, "application/problem+json")


@pytest.mark.parametrize("kind", ["application/json; charset=UTF-8", 'Application/JSON; charset="utf-8"'])
async def test_body_that_is_called_json_in_other_letters_is_read(client: httpx.AsyncClient, kind: str):
    answer = await client.post("/api/v1/registrations", content=b"[]", headers={"content-type": kind})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("slot", "key"), [("\x00", b"x"), ("SLOT", b"\xff\xe9\x00"), ("SLOT", b"a\x00b")], ids=["slot", "latin", "nul"]
)
async def test_program_that_sends_control_characters_is_refused(client: httpx.AsyncClient, slot: str, key: bytes):
    wanted = {"slot": slot, "name": "Bob", "email": "bob@example.ca", "consents": ["registration"]}

    answer = await client.post("/api/v1/registrations", json=wanted, headers=[(b"idempotency-key", key)])

    assert answer.status_code == 422


@pytest.mark.parametrize("session", ["99999999999", "9" * 30, "-1", "x"])
async def test_session_that_cannot_be_is_left_alone(client: httpx.AsyncClient, session: str):
    await sign_in(client, await make_person("Bob Tremblay", "bob@example.ca"))

    answer = await client.post("/compte/appareils/deconnecter", data={"session": session})

    assert answer.status_code == 303
