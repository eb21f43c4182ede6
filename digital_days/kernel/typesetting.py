"""PDF by Typst: what is said travels as JSON and is only ever text; how it looks is a template of ours.

Each document is made by a program of its own: the web program keeps neither its memory nor its time, and whatever
goes wrong in there ends with it.
"""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from digital_days.kernel import clock, i18n
from digital_days.kernel.i18n import _

PATIENCE = 60.0
"""Seconds for one document; a thousand badges take five."""

LAYOUT = Path(__file__).parent / "paper" / "layout.typ"
"""What stands before every template."""

_AT_ONCE = asyncio.Semaphore(2)  # as many as our smallest machine has cores; the others wait


class NotTypeset(Exception):
    """A template of ours is wrong, or the document took too long: no reader has caused it."""


async def typeset(*templates: Path, data: Mapping[str, object], title: str) -> bytes:
    """The document in the current language, tagged and titled, with the moment it was printed at its foot.

    ``data`` is anything that JSON can carry; the templates, one after the other, find it as ``data``. They may read
    no file.
    """
    said = {**data, "title": title, "language": i18n.current(), "foot": _foot(), "page": _("Page")}
    order = {"source": "".join(map(_source, (LAYOUT, *templates))), "data": msgspec.json.encode(said).decode()}
    async with _AT_ONCE:
        return await _made(msgspec.json.encode(order))


def _foot() -> str:
    now = clock.now()
    return _("Imprimé le %(day)s à %(time)s", day=i18n.format_date(now), time=i18n.format_time(now))


async def _made(order: bytes) -> bytes:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "digital_days.kernel.typesetter", stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        content, complaint = await asyncio.wait_for(program.communicate(order), PATIENCE)
    except TimeoutError:
        raise NotTypeset("it took too long") from None
    finally:
        if program.returncode is None:  # too slow, or nobody waits for it any more
            program.kill()
            await program.wait()
    if program.returncode:
        raise NotTypeset(complaint.decode(errors="replace")[-400:])
    return content


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")
