"""What may become of a mail that is handed over, whoever carries it."""

from datetime import timedelta
from typing import Any, Protocol

from msgspec import Struct

from digital_days.kernel.outbox import Message


class Accepted(Struct, frozen=True):
    """It is in other hands now."""

    receipt: str


class Refused(Struct, frozen=True):
    """This mail will never be taken."""

    error: str


class Later(Struct, frozen=True):
    """It certainly did not leave; another try may succeed."""

    error: str


class Doubtful(Struct, frozen=True):
    """The request left and no answer came back."""


class Closed(Struct, frozen=True):
    """Nothing will be taken for a while; ``None`` leaves its length to the caller. The mail isn't at fault."""

    error: str
    wait: timedelta | None = None


Outcome = Accepted | Refused | Later | Doubtful | Closed


class Absent(Struct, frozen=True):
    """Certainly never accepted."""


class NoAnswer(Struct, frozen=True):
    """Cannot be asked now."""

    wait: timedelta


class Unknowable(Struct, frozen=True):
    """Cannot be asked at all."""


Verdict = Accepted | Absent | NoAnswer | Unknowable


class Transport(Protocol):
    """Carries mails; ``sends_for_real`` tells whether a death between request and record can leave doubt."""

    sends_for_real: bool

    async def send(self, message: Message, request: dict[str, Any]) -> Outcome:
        """Hands the mail over, once; never raises for what the other side answers."""
        ...

    async def was_accepted(self, message: Message) -> Verdict:
        """What became of a sending that nobody saw the end of."""
        ...

    def close(self) -> None:
        """Lets go of threads and connections."""
        ...
