"""Lists of public codes that a browser keeps for whoever has no account: nothing about them is stored anywhere else.

Such a cookie is no secret and proves nothing: whatever comes in it is cut to its size and looked up again. Signing in
hands over to the account what has a place there; signing out leaves nothing to the next person at this computer.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from litestar import Response
from litestar.datastructures import Cookie
from msgspec import Struct

from digital_days.kernel.codes import is_code
from digital_days.kernel.settings import current
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.sessions import cookie_name

_LASTS = timedelta(days=365)


class Keepsake(Struct, frozen=True, kw_only=True):
    """At most ``most`` codes, the oldest go first. ``for_scripts``: pages that all readers share show it by script.

    ``hand_over(person_id, codes)`` gives them to the account of whoever has just signed in.
    """

    name: str
    most: int
    for_scripts: bool = False
    hand_over: Callable[[int, Sequence[str]], Awaitable[None]] | None = None

    def kept_in(self, cookies: Mapping[str, str]) -> list[str]:
        """The oldest first, each once."""
        codes = cookies.get(cookie_name(self.name), "").split(".")
        return list(dict.fromkeys(filter(is_code, codes)))[-self.most :]

    def keeping(self, codes: Iterable[str]) -> Cookie:
        """For the answer to a form; nothing to keep takes the cookie away."""
        kept = list(dict.fromkeys(codes))[-self.most :]
        return Cookie(
            key=cookie_name(self.name),
            value=".".join(kept),
            max_age=int(_LASTS.total_seconds()) if kept else 0,
            path="/",
            httponly=not self.for_scripts,
            secure=current().public_url.startswith("https:"),
            samesite="lax",
        )


_all: list[Keepsake] = []


def add(keepsakes: Iterable[Keepsake]) -> None:
    """Called at start-up by the composition root. Again is harmless."""
    _all.extend(keepsake for keepsake in keepsakes if keepsake not in _all)


async def hand_over(request: PageRequest, response: Response, person_id: int) -> None:  # type: ignore[type-arg] # any body
    """What has a place in the account goes there, and its cookie goes; twice changes nothing."""
    for keepsake in _all:
        codes = keepsake.kept_in(request.cookies)
        if codes and keepsake.hand_over:
            await keepsake.hand_over(person_id, codes)
            response.set_cookie(keepsake.keeping([]))


def forget_keepsakes(request: PageRequest, response: Response) -> None:  # type: ignore[type-arg] # any body
    """Tells the browser to drop those that it has."""
    for keepsake in _all:
        if cookie_name(keepsake.name) in request.cookies:
            response.set_cookie(keepsake.keeping([]))
