"""What one page leaves for the next: a minute in this browser alone, signed by us, out of reach of scripts."""

import base64
from datetime import timedelta

from litestar.datastructures import Cookie

from digital_days.kernel import signing
from digital_days.kernel.settings import current
from digital_days.kernel.web.sessions import cookie_name, secret_cookie

LASTS = timedelta(minutes=1)


def leave(base: str, content: bytes) -> Cookie:
    """For the answer that leads to the next page, which forgets the cookie once it has read it.

    What may be longer than a sentence or two goes by ``left_contents``.
    """
    value = base64.urlsafe_b64encode(content).decode().rstrip("=")
    mac = signing.sign(base, signing.digest(value), key=current().secret_key)
    return secret_cookie(base, f"{value}:{mac}", LASTS)


def left(base: str, cookies: dict[str, str]) -> bytes | None:
    """What the page before has left, if we are the ones who left it."""
    value, _, mac = cookies.get(cookie_name(base), "").partition(":")
    if not value or signing.verify(base, mac, keys=current().secret_keys) != signing.digest(value):
        return None
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
