"""Kept files: read back byte for byte, found by nobody who guesses, gone once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digital_days.kernel import files
from digital_days.kernel.files import FileGone
from digital_days.kernel.settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "current", lambda: Settings(data_dir=tmp_path))
    return tmp_path


async def test_file_comes_back_as_it_was_until_it_is_dropped():
    name = await files.keep(b"%PDF-1.7 \x00\xff")

    assert await files.read(name) == b"%PDF-1.7 \x00\xff"
    await files.drop(name)
    await files.drop(name)
    with pytest.raises(FileGone):
        await files.read(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 31, "Z" * 32, "a" * 32])
async def test_what_is_no_name_of_a_file_opens_nothing(name: str):
    with pytest.raises(FileGone):
        await files.read(name)


async def test_files_are_found_by_when_they_were_written(folder: Path):
    name, now = await files.keep(b"x"), datetime.now(UTC)

    assert await files.names_kept_before(now + timedelta(minutes=1)) == {name}
    assert await files.names_kept_before(now - timedelta(minutes=1)) == set()
    assert (folder / "files").stat().st_mode & 0o077 == 0 or (folder / "files" / name[:2]).stat().st_mode & 0o077 == 0
