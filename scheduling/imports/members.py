"""Members of objects that may be anything: what isn't of the type wanted counts as absent.

The shape check has already said what is wrong, so the readers behind it go on and find further errors.
"""

from typing import Any

from digital_days.kernel.i18n import _
from scheduling.imports import limits
from scheduling.imports.findings import Findings, Where


def text(owner: Any, name: str) -> str:
    """The text without the spaces around it, « » where there is none."""
    value = owner.get(name) if isinstance(owner, dict) else None
    return value.strip() if isinstance(value, str) else ""


def whole(owner: Any, name: str) -> int | None:
    """The whole number; ``true`` and ``false``, which Python counts among them, aren't any."""
    value = owner.get(name) if isinstance(owner, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def mapping(owner: Any, name: str) -> dict[str, Any]:
    """The object, an empty one where there is none."""
    value = owner.get(name) if isinstance(owner, dict) else None
    return value if isinstance(value, dict) else {}


def objects(owner: Any, name: str) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a list, each with its position."""
    value = owner.get(name) if isinstance(owner, dict) else None
    if not isinstance(value, list):
        return []
    return [(index, each) for index, each in enumerate(value) if isinstance(each, dict)]


def said(value: Any) -> bool:
    """Whether a member says something: empty texts and lists, and ``null``, don't."""
    return value not in ("", None) and value != [] and value != {}


def fits(value: str, most: int, where: Where, findings: Findings) -> bool:
    """Whether the text is short enough; an error where it isn't."""
    if len(value) <= most:
        return True
    findings.error(where, _("Texte trop long : au plus %(most)s caractères.", most=most))
    return False


def fits_name(value: str, where: Where, findings: Findings) -> bool:
    """Whether the text is short enough for a name, which indexes and headings have to hold."""
    return fits(value, limits.NAME, where, findings)
