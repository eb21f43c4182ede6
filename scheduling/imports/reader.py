"""A programme file of any kind: its bytes in, a programme or every error out, never an exception."""

from collections.abc import Callable
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from digital_days.kernel.i18n import _
from scheduling.imports import limits
from scheduling.imports.c3voc_json import read_json
from scheduling.imports.c3voc_xml import read_xml
from scheduling.imports.csv_file import csv_rows, looks_like_csv
from scheduling.imports.findings import Findings
from scheduling.imports.model import Reading, Remark
from scheduling.imports.sheets import read_sheets, sheet_place
from scheduling.imports.xlsx_file import xlsx_sheets

TEXT_NAMES = (".csv", ".tsv", ".txt")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class _File(Struct, frozen=True):
    data: bytes
    title: str
    slug: str


def read(data: bytes, *, filename: str, title: str = "", slug: str = "") -> Reading:
    """The programme in the file, or everything that is wrong with it.

    ``title`` and ``slug`` of the edition replace what the file says; spreadsheets say neither, and take them
    from the file's name where they aren't given.
    """
    if len(data) > limits.BYTES:
        return _refused(
            _("Le fichier dépasse %(most)s Mo : aucun programme n’est si grand.", most=limits.BYTES // 10**6)
        )
    if not data.strip():
        return _refused(_("Le fichier est vide : choisissez le fichier du programme."))
    form = _form(data, PurePath(filename).suffix.lower())
    if form is None:
        return _refused(
            _("Ce n’est pas un programme connu : il faut un c3voc .json ou .xml, un tableur .xlsx ou un fichier .csv.")
        )
    return form(_File(data, title or _title_of(filename), slug), bool(title))


def _form(data: bytes, suffix: str) -> Callable[[_File, bool], Reading] | None:
    if data.startswith(b"PK"):
        return _xlsx
    if data.startswith(OLD_EXCEL):
        return _old_excel
    first = data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if first == b"<" or suffix == ".xml":
        return _xml
    if first == b"{" or suffix == ".json":
        return _json
    if suffix in TEXT_NAMES or looks_like_csv(data):
        return _csv
    return _json if first == b"[" else None


def _json(file: _File, named: bool) -> Reading:
    return _renamed(read_json(file.data), file, named)


def _xml(file: _File, named: bool) -> Reading:
    return _renamed(read_xml(file.data), file, named)


def _csv(file: _File, _named: bool) -> Reading:
    findings = Findings()
    rows = csv_rows(file.data, "activities", findings)
    if findings.errors:
        return findings.reading(None, sheet_place)
    return read_sheets({"": rows}, title=file.title, slug=file.slug, findings=findings)


def _xlsx(file: _File, _named: bool) -> Reading:
    findings = Findings()
    sheets = xlsx_sheets(file.data, findings)
    if not sheets:
        return findings.reading(None, sheet_place)
    return read_sheets(sheets, title=file.title, slug=file.slug, findings=findings)


def _old_excel(_file: _File, _named: bool) -> Reading:
    return _refused(
        _("C’est un ancien classeur .xls ou un classeur protégé : enregistrez-le en .xlsx sans mot de passe.")
    )


def _renamed(reading: Reading, file: _File, named: bool) -> Reading:
    if reading.programme is None:
        return reading
    programme = reading.programme
    programme = replace(programme, title=file.title if named else programme.title, slug=file.slug or programme.slug)
    return replace(reading, programme=programme)


def _title_of(filename: str) -> str:
    return " ".join(PurePath(filename).stem.replace("_", " ").replace("-", " ").split()) or _("Programme")


def _refused(message: str) -> Reading:
    return Reading(None, (Remark("", message),))
