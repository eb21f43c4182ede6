"""A sign-in link that two requests use at the same moment."""

import asyncio

import pytest

from digital_days.kernel.web.sessions import hash_of
from digital_days.site.sign_in_links import make_link, use_link
from tests.factories import make_person


@pytest.mark.usefixtures("committed", "app")
async def test_link_signs_in_one_only_when_ten_use_it_at_once() -> None:
    bob = await make_person()
    browser = hash_of("nonce")
    token = (await make_link(bob, browser=browser)).rpartition("/")[2]

    used = await asyncio.gather(*(use_link(token, browser=browser, confirmed=False) for _ in range(10)))

    assert sorted(used, key=str) == [bob] + [None] * 9
