"""Everything noticed while reading a file: errors refuse it whole, repairs are listed."""

from collections.abc import Callable

from digital_days.kernel.i18n import _
from scheduling.imports.model import ImportedProgramme, Reading, Remark

Where = tuple[str | int, ...]
"""A place inside a document: member names and positions for c3voc; sheet, row and column for sheets."""

LINE = "\nline"

AT_MOST = 500
"""Nobody corrects more in one go, and a hostile file must not fill the memory with sentences."""


def at_line(line: int) -> Where:
    """A place of which only the line is known, because the file cannot be understood there."""
    return (LINE, line)


class Findings:
    """``lenient``: a reading gives the programme in spite of errors, for what is only compared."""

    def __init__(self, *, lenient: bool = False) -> None:
        self._lenient = lenient
        self.errors: list[tuple[Where, str]] = []
        self.repairs: list[tuple[Where, str]] = []
        self._unusable: set[Where] = set()
        self._silent: set[Where] = set()

    @property
    def full(self) -> bool:
        """Whether looking for more errors is idle: those that are known are more than enough."""
        return len(self.errors) > AT_MOST

    def error(self, where: Where, message: str) -> None:
        """The file is refused, and this is one reason; nothing at the place can be used."""
        if not self.full and where not in self._silent:
            self.errors.append((where, message))
            self._unusable.add(where)

    def flaw(self, where: Where, message: str) -> None:
        """An error that leaves what stands at the place to be read, and further errors to be found in it."""
        if not self.full and where not in self._silent:
            self.errors.append((where, message))

    def silence(self, where: Where) -> None:
        """Nothing more is said of the place: what could be is a consequence of what has been."""
        self._silent.add(where)

    def wrong(self, where: Where) -> bool:
        """Whether the place, or something around it, is known to be unusable."""
        return any(where[:length] in self._unusable for length in range(len(where) + 1))

    def lack(self, where: Where, message: str) -> None:
        """An error for what is missing, unless it was there and wrong, which has been said."""
        if not self.wrong(where):
            self.error(where, message)

    def repair(self, where: Where, message: str) -> None:
        """The file isn't quite as it should be, and this is what was made of it."""
        if len(self.repairs) <= AT_MOST and where not in self._silent:
            self.repairs.append((where, message))

    def places(self) -> set[Where]:
        """Every place that something was said about."""
        return {where for where, _message in (*self.errors, *self.repairs)}

    def reading(
        self,
        programme: ImportedProgramme | None,
        place: Callable[[Where], str],
        line: Callable[[Where], int] = lambda _where: 0,
    ) -> Reading:
        """The programme only if nothing is wrong; places written out by ``place``, in the order of their ``line``."""
        errors, repairs = (
            _remarks(sorted(found, key=lambda each: line(each[0])), place) for found in (self.errors, self.repairs)
        )
        return Reading(None if errors and not self._lenient else programme, errors, repairs)


def _remarks(found: list[tuple[Where, str]], place: Callable[[Where], str]) -> tuple[Remark, ...]:
    remarks = [Remark(place(where), message) for where, message in found[:AT_MOST]]
    if len(found) > AT_MOST:
        remarks.append(Remark("", _("Il y en a d’autres : seules les %(most)s premières sont listées.", most=AT_MOST)))
    return tuple(remarks)
