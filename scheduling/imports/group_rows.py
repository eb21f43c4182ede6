"""What a spreadsheet of people says, as it goes from the program that reads it to the one that asked."""

from msgspec import Struct

ROWS = 200
BYTES = 900_000


class SheetLine(Struct, frozen=True, kw_only=True):
    """A row as it stands; ``number`` is that of the spreadsheet."""

    number: int
    name: str
    email: str
    note: str


class GroupSheet(Struct, frozen=True, kw_only=True):
    """The rows with something in them; none where something is wrong, and then what, with its place."""

    lines: list[SheetLine]
    errors: list[str]
