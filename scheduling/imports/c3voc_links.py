"""Links of an event: titled web addresses that are safe to show."""

import re
from typing import Any
from urllib.parse import urljoin

from digital_days.kernel.i18n import _
from scheduling.imports import members
from scheduling.imports.findings import Findings, Where
from scheduling.imports.html_text import plain_line

SAFE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20]+", re.IGNORECASE)
BARE_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]\S*)?", re.IGNORECASE)

Links = tuple[tuple[str, str], ...]


def read_links(raw: Any, base_url: str, where: Where, findings: Findings) -> tuple[Links, bool]:
    """Pairs of title and address, and whether they say all that the source said."""
    links: list[tuple[str, str]] = []
    complete = True
    for index, each in members.objects(raw, "links"):
        written = members.text(each, "url")
        address = _address(written, base_url)
        title = plain_line(members.text(each, "title"))[0]
        complete &= address == written and not (set(each) - {"url", "title"})
        if address is None:
            message = _("« %(url)s » n’est pas une adresse web : ce lien est gardé à part.", url=written[:100])
            findings.repair((*where, "links", index), message)
            continue
        if address != written:
            message = _("Adresse incomplète « %(url)s » : complétée.", url=written[:100])
            findings.repair((*where, "links", index), message)
        links.append((title, address))
    return tuple(links), complete


def _address(written: str, base_url: str) -> str | None:
    if SAFE.fullmatch(written):
        return written
    if BARE_HOST.fullmatch(written):
        return f"http://{written}"
    if not written or ":" in written.split("/")[0]:
        return None
    try:
        joined = urljoin(base_url, written)
    except ValueError:  # an address that urllib cannot take apart
        return None
    return joined if SAFE.fullmatch(joined) else None
