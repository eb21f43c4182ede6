"""The catalogue as ``make messages`` would leave it: to read all code and all templates takes seconds, so once."""

from functools import cache

import pytest
from babel.messages.catalog import Catalog

from digital_days.messages import ENGLISH, updated

in_one_process = pytest.mark.xdist_group("catalogue")
"""For the tests that read it."""


@cache
def of_today() -> Catalog:
    """Whoever reads it changes nothing in it."""
    return updated(ENGLISH.read_bytes())


@cache
def sentences() -> list[str]:
    """Every form of every French message of code and templates."""
    return [
        form
        for message in of_today()
        if message.id
        for form in ((message.id,) if isinstance(message.id, str) else message.id)
    ]
