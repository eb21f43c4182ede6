"""Programmes of conferences that took place: theirs, so not in this project; beside it where everything is tested."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
needs_real_programmes = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="real programmes belong to their conferences and are not shipped; .ci/run has them in ../shared/data",
)
