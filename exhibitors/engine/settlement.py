"""What is still owed on an invoice, and what that makes of it."""

from datetime import date
from typing import Literal

from msgspec import Struct

State = Literal["open", "partly", "late", "paid", "credited", "refund"]


class Settlement(Struct, frozen=True, kw_only=True):
    """Amounts in cents, none of the first three negative but ``paid`` where more went back than came in."""

    total_cents: int
    credited_cents: int
    paid_cents: int
    due_on: date

    @property
    def balance_cents(self) -> int:
        """What is left to pay; negative: what is to be given back."""
        return self.total_cents - self.credited_cents - self.paid_cents

    def state(self, today: date) -> State:
        """An invoice may be paid on its last day: it is late from the next one on."""
        if self.balance_cents < 0:
            return "refund"
        if self.balance_cents == 0:
            return "credited" if self.credited_cents == self.total_cents else "paid"
        if today > self.due_on:
            return "late"
        return "partly" if self.paid_cents > 0 else "open"
