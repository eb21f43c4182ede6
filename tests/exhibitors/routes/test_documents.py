"""Documents: what their bytes say, for whoever acts for the exhibitor and its organisers, for nobody else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from digital_days.kernel import database, files
from digital_days.kernel.settings import Settings
from exhibitors.domain.documents import forget_files
from tests.conftest import sign_in
from tests.exhibitors.factories import make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person
from tests.kernel.photos import photo, saved
from tests.letters_read import composed
from tests.scheduling.planning import errors_of, organiser_signs_in, texts

pytestmark = pytest.mark.usefixtures("db")
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(autouse=True)
def kept_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "current", lambda: Settings(data_dir=tmp_path))
    return tmp_path / "files"


async def exhibiting(client: httpx.AsyncClient) -> tuple[Made, Made, str]:
    """Bob's exhibitor; he is signed in."""
    edition = await make_edition()
    await make_fair(edition)
    bob = await make_person()
    exhibitor = await make_exhibitor(edition, await make_category(edition), bob)
    await sign_in(client, bob)
    return edition, exhibitor, f"/jn2027/mon-kiosque/{exhibitor.code}/documents"


async def send(client: httpx.AsyncClient, path: str, content: bytes, name: str = "preuve.pdf") -> httpx.Response:
    said = {"kind": "insurance", "valid_until": "2027-12-31"}
    return await client.post(path, data=said, files={"file": (name, content, "application/pdf")})


def on_disk(folder: Path) -> list[bytes]:
    return [each.read_bytes() for each in folder.rglob("*") if each.is_file()]


async def only_document() -> str:
    [row] = await database.fetch("SELECT code FROM exhibitor_document")
    return str(row["code"])


async def test_document_comes_back_as_a_download_of_what_it_is(client: httpx.AsyncClient):
    _edition, _exhibitor, path = await exhibiting(client)

    sent = await send(client, path, PDF, "../../Assurance 2027.exe")
    back = await client.get(f"{path}/{await only_document()}")

    assert (sent.status_code, back.content) == (303, PDF)
    assert back.headers["content-type"] == "application/pdf"
    assert back.headers["content-disposition"] == "attachment; filename*=UTF-8''Assurance%202027.pdf"
    assert back.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert back.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"",
        b"%PDF-1.7 cut off",
        b"%PDF-1.7 /OpenAction << /S /JavaScript /JS (app.alert(1)) >> %%EOF",
        b"PK\x03\x04" + PDF,
    ],
    ids=["svg", "html", "program", "empty", "cut off", "script", "archive"],
)
async def test_disguised_file_is_refused_in_words_whatever_its_name_says(
    client: httpx.AsyncClient, kept_files: Path, content: bytes
):
    _edition, _exhibitor, path = await exhibiting(client)

    answer = await send(client, path, content)

    assert (answer.status_code, list(errors_of(answer))) == (422, ["file"])
    assert await database.fetch("SELECT FROM exhibitor_document") == []
    assert on_disk(kept_files) == []


@pytest.mark.parametrize("size", [10_000_001, 50_000_000])
async def test_file_that_is_too_heavy_is_refused_in_words(client: httpx.AsyncClient, size: int):
    _edition, _exhibitor, path = await exhibiting(client)

    answer = await send(client, path, b"%PDF-" + b"0" * size + b"%%EOF")

    assert answer.status_code in (413, 422)
    assert "trop lourd" in answer.text


async def test_photo_of_a_paper_is_a_document(client: httpx.AsyncClient):
    _edition, _exhibitor, path = await exhibiting(client)

    await send(client, path, saved(photo()), "photo.jpg")

    assert texts(await client.get(path), "//tbody//th/a") == ["photo.jpg"]


async def test_nobody_else_reads_a_document(client: httpx.AsyncClient):
    edition, _exhibitor, path = await exhibiting(client)
    await send(client, path, PDF)
    document = await only_document()
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    foreign = await make_exhibitor(edition, await make_category(edition, "Autre"), charlie, name="Autre")
    await sign_in(client, charlie)

    answers = [
        await client.get(path),
        await client.get(f"{path}/{document}"),
        await client.get(f"/jn2027/mon-kiosque/{foreign.code}/documents/{document}"),
        await client.post(f"/jn2027/mon-kiosque/{foreign.code}/documents/{document}/enlever"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_organiser_checks_a_document_and_says_why_it_is_not_good(client: httpx.AsyncClient):
    edition, exhibitor, path = await exhibiting(client)
    await send(client, path, PDF)
    document = await only_document()
    await organiser_signs_in(client, edition)
    check = f"/jn2027/organisation/salon/candidatures/{exhibitor.code}/documents/{document}"

    read = await client.get(check)
    unsaid = await client.post(check, data={"verdict": "bad", "seen": "received"})
    told = await client.get(unsaid.headers["location"])
    untouched = await database.fetch_one("SELECT state FROM exhibitor_document")
    await client.post(check, data={"verdict": "bad", "reason": "Elle est échue.", "seen": "received"})

    assert (read.content, untouched and untouched["state"]) == (PDF, "received")
    assert texts(told, "//div[@id='flashes']//p") == ["Dites pourquoi ce document ne convient pas."]
    [mail] = [mail for mail in await composed("exhibitors.document-refused") if mail]
    assert "Elle est échue." in mail.text


async def test_accepted_document_stays_and_another_goes_with_its_file(client: httpx.AsyncClient, kept_files: Path):
    _edition, _exhibitor, path = await exhibiting(client)
    await send(client, path, PDF)
    code = await only_document()

    await database.fetch("UPDATE exhibitor_document SET state = 'accepted'")
    stays = await client.post(f"{path}/{code}/enlever")
    await database.fetch("UPDATE exhibitor_document SET state = 'refused'")
    goes = await client.post(f"{path}/{code}/enlever")

    assert (stays.status_code, goes.status_code) == (409, 303)
    assert on_disk(kept_files) == []


async def test_file_that_no_row_names_goes_after_a_day(client: httpx.AsyncClient, kept_files: Path):
    _edition, _exhibitor, path = await exhibiting(client)
    await send(client, path, PDF)
    await files.keep(b"left over")

    await forget_files(datetime.now(UTC) + timedelta(hours=23))
    before = len(on_disk(kept_files))
    await forget_files(datetime.now(UTC) + timedelta(hours=25))

    assert (before, on_disk(kept_files)) == (2, [PDF])


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "Dites jusqu’à quand l’assurance est valide."),
        ("2027-10-21", "Cette assurance se termine avant la fin de l’événement (22 octobre 2027)."),
    ],
)
async def test_proof_of_insurance_says_until_when_and_outlasts_the_event(
    client: httpx.AsyncClient, until: str, sentence: str
):
    _edition, _exhibitor, path = await exhibiting(client)
    file = {"file": ("preuve.pdf", PDF, "application/pdf")}

    proof = await client.post(path, data={"kind": "insurance", "valid_until": until}, files=file)
    other = await client.post(path, data={"kind": "other", "valid_until": until}, files=file)

    assert (proof.status_code, errors_of(proof)) == (422, {"valid_until": sentence})
    assert other.status_code == 303


async def test_nothing_is_attached_to_what_is_no_longer_asked_for(client: httpx.AsyncClient, kept_files: Path):
    _edition, exhibitor, path = await exhibiting(client)
    await database.fetch("UPDATE exhibitor SET state = 'withdrawn' WHERE id = $1", exhibitor.id)

    answer = await send(client, path, PDF)

    assert (answer.status_code, on_disk(kept_files)) == (422, [])
    assert errors_of(answer) == {"file": "Cette candidature n’est plus active : aucun document ne s’y ajoute."}


async def test_second_of_two_organisers_who_check_a_document_is_told(client: httpx.AsyncClient):
    edition, exhibitor, path = await exhibiting(client)
    await send(client, path, PDF)
    await organiser_signs_in(client, edition)
    check = f"/jn2027/organisation/salon/candidatures/{exhibitor.code}/documents/{await only_document()}"

    await client.post(check, data={"verdict": "good", "seen": "received"})
    late = await client.post(check, data={"verdict": "bad", "reason": "Floue.", "seen": "received"})
    told = await client.get(late.headers["location"])

    assert [row["state"] for row in await database.fetch("SELECT state FROM exhibitor_document")] == ["accepted"]
    assert texts(told, "//div[@id='flashes']//p") == [
        "Quelqu’un d’autre vient de vérifier ce document : voyez ce qui a été décidé."
    ]
    assert await composed("exhibitors.document-refused") == []


async def test_documents_go_thirty_days_after_the_event_with_their_files(client: httpx.AsyncClient, kept_files: Path):
    _edition, _exhibitor, path = await exhibiting(client)
    await send(client, path, PDF)

    await forget_files(datetime(2027, 11, 21, 12, tzinfo=UTC))
    before = on_disk(kept_files)
    await forget_files(datetime(2027, 11, 22, 12, tzinfo=UTC))

    assert (before, on_disk(kept_files)) == ([PDF], [])
    assert await database.fetch("SELECT FROM exhibitor_document") == []
