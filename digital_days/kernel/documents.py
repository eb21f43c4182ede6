"""Documents that people attach: what a file is, its bytes say, whatever its name and its announced type."""

import io
import re
import zipfile
from typing import Literal

from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_

MediaType = Literal["application/pdf", "image/jpeg", "image/png"]
MOST_BYTES = 10_000_000
ENDINGS: dict[MediaType, str] = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}

_BEGINS: tuple[tuple[bytes, MediaType], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_ENDS: dict[MediaType, bytes] = {
    "application/pdf": b"%%EOF",
    "image/jpeg": b"\xff\xd9",
    "image/png": b"IEND\xaeB`\x82",
}
# Each long enough not to come about by chance in ten megabytes of a compressed scan, as « /JS » does.
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")
_PAGE = re.compile(rb"<(?:!doctype\s|html[\s>]|svg[\s>]|script[\s>]|iframe[\s>]|\?php\s)", re.IGNORECASE)
_TAIL = 2048


class NotADocument(Invalid):
    message = N_(
        "Ce fichier n’est pas un document que nous pouvons garder. Choisissez un PDF, ou une image JPEG ou PNG."
    )


class Incomplete(Invalid):
    message = N_("Ce fichier est abîmé ou incomplet. Enregistrez-le de nouveau, puis recommencez.")


class NotOnlyADocument(Invalid):
    message = N_(
        "Ce fichier contient autre chose qu’un document : un programme, une page web ou d’autres fichiers. "
        "Imprimez-le en PDF, puis recommencez."
    )


class TooHeavy(Invalid):
    message = N_("Ce fichier est trop lourd : %(most)s Mo au plus.")


def media_type(content: bytes) -> MediaType:
    """What the file is; refuses everything that is not one of ``ENDINGS``, whole, and nothing but that.

    A look at the bytes, no proof: what is kept is only ever served as a download, in a sandbox.
    """
    if len(content) > MOST_BYTES:
        raise TooHeavy(most=MOST_BYTES // 1_000_000)
    kind = next((kind for begin, kind in _BEGINS if content.startswith(begin)), None)
    if kind is None:
        raise NotADocument
    if _ENDS[kind] not in content[-_TAIL:]:
        raise Incomplete
    if (kind == "application/pdf" and _ACTIVE.search(content)) or _is_also_another(content, kind):
        raise NotOnlyADocument
    return kind


def _is_also_another(content: bytes, kind: MediaType) -> bool:
    """Whether somebody could open it as a page, as an archive, or a picture as a PDF."""
    hides_pdf = kind != "application/pdf" and b"%PDF-" in content[:1024]
    return hides_pdf or bool(_PAGE.search(content)) or zipfile.is_zipfile(io.BytesIO(content))
