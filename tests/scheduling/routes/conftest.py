"""The programme kept in memory must not outlive the test that made it."""

import pytest

from digital_days.kernel import revalidated


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    revalidated.forget_all()
