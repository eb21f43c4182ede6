"""Published meeting scheduling problems: their authors', so not in this project; beside it where all is tested."""

import csv
from pathlib import Path

import pytest

PUBLISHED = Path(__file__).resolve().parents[2] / ".." / "shared" / "benchmarks" / "b2b"
needs_published_problems = pytest.mark.skipif(
    not PUBLISHED.is_dir(),
    reason="published problems belong to their authors and are not shipped; .ci/run has them in ../shared/benchmarks",
)


def published_optimum(name: str) -> int:
    """What their authors have proven."""
    with (PUBLISHED / "published.csv").open(encoding="utf-8") as file:
        return next(int(row["optimum"]) for row in csv.DictReader(file) if row["instance"] == name)
