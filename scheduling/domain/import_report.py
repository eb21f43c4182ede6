"""What an import did, or would do, in the words of the interface."""

from msgspec import Struct

from scheduling.imports.model import Remark


class Change(Struct, frozen=True):
    """One field of something that stays, in words."""

    field: str
    before: str
    after: str


class Line(Struct, frozen=True, kw_only=True):
    """One thing: « activité », its title, what changes in it, and a note about the people concerned."""

    what: str
    title: str
    changes: tuple[Change, ...] = ()
    note: str = ""


class Counts(Struct, frozen=True, kw_only=True):
    """What the file holds, and how many people an import cancels a place of, or moves."""

    rooms: int = 0
    speakers: int = 0
    labels: int = 0
    activities: int = 0
    slots: int = 0
    places_cancelled: int = 0
    places_moved: int = 0


class ImportReport(Struct, frozen=True, kw_only=True):
    """The same for a dry run and for the import itself; with ``errors`` nothing was written.

    ``blocked``: why it is in the draft only, a sentence each.
    """

    edition: str
    dry_run: bool = False
    added: tuple[Line, ...] = ()
    changed: tuple[Line, ...] = ()
    removed: tuple[Line, ...] = ()
    repairs: tuple[Remark, ...] = ()
    errors: tuple[Remark, ...] = ()
    counts: Counts = Counts()
    blocked: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file was turned away whole."""
        return bool(self.errors)

    @property
    def empty(self) -> bool:
        """Whether the database already says all that the file says."""
        return not (self.added or self.changed or self.removed or self.errors)
