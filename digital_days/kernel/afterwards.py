"""What a service has for somebody after they took part: links on the page of their agenda."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from digital_days.kernel.registrations import Registration


class PersonalLink(Struct, frozen=True, kw_only=True):
    """``path`` opens by itself, ``own_path`` for whoever is signed in; ``text`` says what is behind, in a sentence."""

    label: str
    text: str
    path: str
    own_path: str


Afterwards = Callable[[Registration], Awaitable[list[PersonalLink]]]
