"""What a file is, its bytes say: PDF, JPEG and PNG are taken, whatever else they could be read as is not."""

import io
import zipfile

import pytest
from PIL import Image

from digital_days.kernel.documents import (
    MOST_BYTES,
    Incomplete,
    MediaType,
    NotADocument,
    NotOnlyADocument,
    TooHeavy,
    media_type,
)
from digital_days.kernel.errors import Invalid
from tests.kernel.photos import photo, saved


def pdf(inside: bytes = b"1 0 obj<<>>endobj") -> bytes:
    return b"%PDF-1.7\n" + inside + b"\n%%EOF\n"


def archive(comment: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("programme.exe", b"MZ")
        packed.comment = comment
    return written.getvalue()


def png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"), [(pdf(), "application/pdf"), (saved(photo()), "image/jpeg"), (png(), "image/png")]
)
def test_document_is_what_its_bytes_say(content: bytes, kind: MediaType):
    assert media_type(content) == kind


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotADocument),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", NotADocument),
        (b"<!doctype html><script>alert(1)</script>", NotADocument),
        (archive(), NotADocument),
        (b"MZ\x90\x00" + pdf(), NotADocument),
        (b"GIF89a", NotADocument),
        (pdf()[:-8], Incomplete),
        (png()[:-4], Incomplete),
        (saved(photo())[:-4000] + bytes(4000), Incomplete),
        (pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), NotOnlyADocument),
        (pdf(b"<< /S /Launch /F (cmd.exe) >>"), NotOnlyADocument),
        (pdf(b"<< /Type /EmbeddedFile >> stream"), NotOnlyADocument),
        (pdf(b"<html><script>alert(1)</script></html>"), NotOnlyADocument),
        (pdf() + archive(b"%%EOF"), NotOnlyADocument),
        (saved(photo()) + archive(b"\xff\xd9"), NotOnlyADocument),
        (png()[:-12] + b"<SCRIPT >alert(1)</SCRIPT>" + png()[-12:], NotOnlyADocument),
        (b"\x89PNG\r\n\x1a\n" + pdf() + png(), NotOnlyADocument),
        (pdf(bytes(MOST_BYTES)), TooHeavy),
    ],
    ids=[
        "empty",
        "svg",
        "page",
        "archive",
        "program before a PDF",
        "another picture",
        "PDF cut off",
        "PNG cut off",
        "JPEG cut off",
        "script in a PDF",
        "program in a PDF",
        "file in a PDF",
        "PDF that is a page",
        "PDF that is an archive",
        "JPEG that is an archive",
        "PNG that is a page",
        "PNG that is a PDF",
        "too heavy",
    ],
)
def test_what_is_no_document_or_not_only_one_is_refused(content: bytes, refusal: type[Invalid]):
    with pytest.raises(refusal):
        media_type(content)


def test_scan_whose_compressed_bytes_spell_a_short_name_by_chance_is_taken():
    assert media_type(pdf(b"stream\n\x8f\x1a/JS\x02\xc4 PK\x03\x04\x99 <a\nendstream")) == "application/pdf"
