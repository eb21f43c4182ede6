"""Persons of a c3voc schedule: written once per event, one speaker here."""

from typing import Any

from msgspec import Struct, field

from digital_days.kernel.i18n import _
from scheduling.imports import limits, members, own_files
from scheduling.imports.findings import Findings, Where
from scheduling.imports.html_text import plain_line, plain_text
from scheduling.imports.model import ImportedSpeaker

NAMES = ("name", "public_name", "full_public_name")
"""In order of age: the present form, frab's, old frab's."""


class _Person(Struct):
    name: str
    biographies: list[str] = field(default_factory=list)
    english_only: bool = True
    speaks: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


class People:
    """``own`` is the language of a file of ours, else empty."""

    def __init__(self, findings: Findings, own: str = "") -> None:
        self._findings = findings
        self._own = own
        self._persons: dict[str, _Person] = {}

    def meet(self, raw: dict[str, Any], where: Where, *, english: bool) -> str | None:
        """The key of the person, who is added or completed; ``None`` for somebody without a name."""
        name = next((found for each in NAMES if (found := plain_line(members.text(raw, each))[0])), "")
        if not name:
            self._findings.repair(where, _("Personne sans nom : ignorée."))
            return None
        key = person_key(raw, name)
        if not (members.fits_name(name, where, self._findings) and members.fits_name(key, where, self._findings)):
            return None
        person = self._persons.setdefault(key, _Person(name))
        if person.name != name:
            message = _(
                "« %(one)s » et « %(other)s » portent le même identifiant (%(key)s) : corrigez l’un des deux.",
                one=person.name,
                other=name,
                key=key,
            )
            self._findings.error(where, message)
        person.english_only &= self._own == "en" if self._own else english
        person.speaks |= "biography" in raw
        self._biography(person, raw, where)
        kept = own_files.PERSON if self._own else [each for each in raw if each not in (*NAMES, "biography")]
        person.extra |= {each: raw[each] for each in kept if members.said(raw.get(each))}
        return key

    def speakers(self) -> tuple[ImportedSpeaker, ...]:
        """Everybody met, in the order of the first meeting."""
        return tuple(_speaker(key, person) for key, person in self._persons.items())

    def _biography(self, person: _Person, raw: dict[str, Any], where: Where) -> None:
        biography, was_html = plain_text(members.text(raw, "biography"))
        if biography and biography not in person.biographies:
            if not members.fits(biography, limits.TEXT, (*where, "biography"), self._findings):
                return
            person.biographies.append(biography)
            if was_html:
                self._findings.repair((*where, "biography"), _("HTML converti en texte simple."))


def person_key(raw: dict[str, Any], name: str) -> str:
    """The source's identifier, the most lasting one first; the name where it gives none."""
    number = members.whole(raw, "id")
    return members.text(raw, "guid") or members.text(raw, "code") or (str(number) if number else name)


def _speaker(key: str, person: _Person) -> ImportedSpeaker:
    biography = next(iter(person.biographies), "") if person.speaks else None
    others = {"biographies": person.biographies} if len(person.biographies) > 1 else {}
    return ImportedSpeaker(
        key=key,
        name=person.name,
        biography_fr=None if person.english_only else biography,
        biography_en=biography if person.english_only else None,
        extra={**person.extra, **others},
    )
