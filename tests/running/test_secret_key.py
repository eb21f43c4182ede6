import stat
from pathlib import Path

import pytest

from digital_days.kernel.sentences import Unable
from digital_days.running.secret_key import kept_secret_key


def test_secret_key_is_kept_and_closed_to_others_when_made(tmp_path: Path) -> None:
    key = kept_secret_key(tmp_path / "var")
    assert len(key) >= 43
    assert kept_secret_key(tmp_path / "var") == key
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_secret_key_is_refused_when_half_written(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("abc")
    with pytest.raises(Unable, match=r"est incomplet.*\n.*is incomplete"):
        kept_secret_key(tmp_path)
    assert (tmp_path / "secret-key").read_text() == "abc"
