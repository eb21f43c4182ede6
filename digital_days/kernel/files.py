"""Files that people send, kept outside the web root under names nobody can guess; who may read one is its owner's say.

A file is written before the row that names it: a row never points to nothing, and a file that no row names is taken
away by its service's ``tidy`` (``names_kept_before``).
"""

import asyncio
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.settings import current

_FOLDER = "files"


class FileGone(NotFound):
    message = N_("Ce fichier n’existe pas, ou n’existe plus.")


async def keep(content: bytes) -> str:
    """The new file's name, 32 hexadecimal characters; on disk, and safe there, before this returns."""
    name = secrets.token_hex(16)
    await asyncio.to_thread(_write, _path(name), content)
    return name


async def read(name: str) -> bytes:
    """What was kept; raises ``FileGone``."""
    try:
        return await asyncio.to_thread(_path(name).read_bytes)
    except FileNotFoundError:
        raise FileGone from None


async def drop(name: str) -> None:
    """Takes the file away; again is harmless."""
    await asyncio.to_thread(_path(name).unlink, missing_ok=True)


async def names_kept_before(moment: datetime) -> set[str]:
    """All files that were written before this moment."""
    return await asyncio.to_thread(_older, moment)


def _older(moment: datetime) -> set[str]:
    found = _root().glob("??/*")
    return {path.name for path in found if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment}


def _root() -> Path:
    return current().data_dir / _FOLDER


def _path(name: str) -> Path:
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise FileGone
    return _root() / name[:2] / name


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
