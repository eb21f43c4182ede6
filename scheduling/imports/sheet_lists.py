"""The optional sheets: rooms, speakers, labels."""

from collections.abc import Sequence

from digital_days.kernel.i18n import _
from scheduling.imports import columns
from scheduling.imports.colours import colour
from scheduling.imports.findings import Findings
from scheduling.imports.model import ImportedLabel, ImportedRoom, ImportedSpeaker
from scheduling.imports.registers import Register
from scheduling.imports.sheet_tables import Line

FACETS = ("theme", "audience", "kind")


class Lists:
    """What the optional sheets declare, completed by what the activities name."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._declared_rooms: list[ImportedRoom] = []
        self._declared_speakers: list[ImportedSpeaker] = []
        self._declared_labels: list[ImportedLabel] = []
        self.room_names = Register(findings)
        self.speaker_names = Register(findings)
        self.label_names = {facet: Register(findings) for facet in FACETS}

    def read_rooms(self, lines: Sequence[Line]) -> None:
        """The sheet « rooms »."""
        for line in lines:
            name = line.line("room")
            step_free = line.choice("step_free", columns.YES_OR_NO)
            room = ImportedRoom(
                name=name,
                venue=line.line("venue") if line.has("venue") else None,
                address=line.line("address") if line.has("address") else None,
                capacity=line.number_in("capacity", 1),
                workstations=line.number_in("workstations", 0),
                step_free=step_free == "yes" if step_free else None,
                extra=dict(line.extra),
            )
            if self._named(line, "room", name) and self.room_names.declare(name, line.where("room")):
                self._declared_rooms.append(room)

    def read_speakers(self, lines: Sequence[Line]) -> None:
        """The sheet « speakers »."""
        for line in lines:
            name = line.line("name")
            speaker = ImportedSpeaker(
                key=name,
                name=name,
                organisation=line.line("organisation") if line.has("organisation") else None,
                ambassador=line.choice("ambassador", columns.YES_OR_NO) == "yes" if line.has("ambassador") else None,
                biography_fr=line.text("biography_fr") if line.has("biography_fr") else None,
                biography_en=line.text("biography_en") if line.has("biography_en") else None,
                extra=dict(line.extra),
            )
            if self._named(line, "name", name) and self.speaker_names.declare(name, line.where("name")):
                self._declared_speakers.append(speaker)

    def read_labels(self, lines: Sequence[Line]) -> None:
        """The sheet « labels »."""
        for line in lines:
            facet, name = line.choice("facet", columns.FACETS), line.line("name_fr")
            label = ImportedLabel(
                facet=facet,
                name_fr=name,
                name_en=line.line("name_en") if line.has("name_en") else None,
                colour=colour(line.raw("colour"), line.where("colour"), self._findings) if line.has("colour") else None,
                description_fr=line.text("description_fr") if line.has("description_fr") else None,
                description_en=line.text("description_en") if line.has("description_en") else None,
            )
            if not (self._named(line, "facet", line.raw("facet")) and self._named(line, "name_fr", name) and facet):
                continue
            if self.label_names[facet].declare(name, line.where("name_fr"), *filter(None, [label.name_en])):
                self._declared_labels.append(label)

    def rooms(self) -> tuple[ImportedRoom, ...]:
        """The declared rooms, then those that only activities name."""
        return (*self._declared_rooms, *(ImportedRoom(name=name) for name in self.room_names.met))

    def speakers(self) -> tuple[ImportedSpeaker, ...]:
        """The declared speakers, then those that only activities name."""
        met = (ImportedSpeaker(key=name, name=name) for name in self.speaker_names.met)
        return (*self._declared_speakers, *met)

    def labels(self) -> tuple[ImportedLabel, ...]:
        """The declared labels, then those that only activities name."""
        met = (
            ImportedLabel(facet=facet, name_fr=name)
            for facet, register in self.label_names.items()
            for name in register.met
        )
        return (*self._declared_labels, *met)

    def _named(self, line: Line, column: str, value: str) -> bool:
        if not value:
            self._findings.error(line.where(column), _("La cellule est vide : remplissez-la ou retirez la ligne."))
        return bool(value)
