"""Slips in the names of mail providers."""

import pytest

from digital_days.kernel.mistyped_addresses import probably_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ginette@gmial.com", "gmail.com"),
        (" Ginette@HOTMIAL.com ", "hotmail.com"),
        ("ginette@gmail.com", ""),
        ("ginette@hotmail.ca", ""),
        ("ginette@mail.com", ""),
        ("ginette", ""),
        ("", ""),
    ],
)
def test_provider_is_asked_about_only_where_a_slip_is_known(typed: str, meant: str):
    assert probably_meant(typed) == meant
