"""The people of a group as somebody types or imports them: a line each, wrong ones told by their number."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.people import NotAnAddress, email_address, fold, person_name

Kind = Literal["business", "class"]

LONGEST = 80
"""Characters of a name, and of a note."""

_BETWEEN = re.compile(r"[;,\t]")
_LINE = N_("Ligne %(number)s : %(what)s")
_NO_NAME = N_("il manque le nom. Écrivez-le, ou enlevez la ligne et comptez la personne dans le nombre total.")
_TOO_LONG = N_("c’est trop long. Un nom ou une note a au plus %(most)s caractères.")
_WRONG_ADDRESS = N_("« %(email)s » n’est pas une adresse complète. Corrigez-la, ou enlevez-la.")
_TWICE = N_("c’est la même personne qu’à la ligne %(first)s. Enlevez une des deux.")
_ONLY_NAMES = N_("pour des élèves, n’écrivez que le prénom : ni adresse, ni note.")


class NewMember(Struct, frozen=True, kw_only=True):
    """Somebody to register; without a name while it is to come."""

    name: str = ""
    email: str = ""
    note: str = ""


class WrittenLine(Struct, frozen=True, kw_only=True):
    """As it stands in the form, or in the file under this number."""

    number: int
    name: str
    email: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """For the form: « name; address; note », as far as there is any."""
        return "; ".join(part for part in (self.name, self.email, self.note) if part)


def lines_of(text: str) -> list[WrittenLine]:
    """Each line is « name; address; note » with semicolons, commas or tabs; whatever has an @ is the address."""
    return [_line(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" ;,\t")]


def _line(number: int, line: str) -> WrittenLine:
    parts = [person_name(part) for part in _BETWEEN.split(line)]
    email = next((part for part in parts if "@" in part), "")
    name, *others = [part for part in parts if part != email] or [""]
    return WrittenLine(number=number, name=name, email=email, note=", ".join(filter(None, others)))


def checked(lines: Iterable[WrittenLine], kind: Kind) -> tuple[list[NewMember], list[str]]:
    """The people, and what is wrong with which line; two of a class may have the same first name."""
    people: list[NewMember] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    for line in lines:
        problem = _problem(line, kind) or _repeated(line, kind, seen)
        if problem:
            wrong.append(_(_LINE, number=line.number, what=problem))
        people.append(NewMember(name=line.name, email=line.email.lower(), note=line.note))
    return people, wrong


def _problem(line: WrittenLine, kind: Kind) -> str:
    if not line.name:
        return _(_NO_NAME)
    if max(len(line.name), len(line.note)) > LONGEST:
        return _(_TOO_LONG, most=LONGEST)
    if kind == "class" and (line.email or line.note):
        return _(_ONLY_NAMES)
    if line.email:
        try:
            email_address(line.email)
        except NotAnAddress:
            return _(_WRONG_ADDRESS, email=line.email[:LONGEST])
    return ""


def _repeated(line: WrittenLine, kind: Kind, seen: dict[str, int]) -> str:
    if kind == "class":
        return ""
    key = line.email.lower() or fold(line.name)
    first = seen.setdefault(key, line.number)
    return _(_TWICE, first=first) if first != line.number else ""


def label_of(position: int, kind: str) -> str:
    """What somebody is called while the name is to come."""
    return _("Élève %(number)s", number=position) if kind == "class" else _("Personne %(number)s", number=position)


def ticket_name(name: str, position: int, *, kind: str, organisation: str) -> str:
    """What the ticket, the door and the desk call the person: a first name alone would not say whose pupil it is."""
    if name and kind == "business":
        return name
    return f"{name or label_of(position, kind)} ({organisation})"


def padded(people: Sequence[NewMember], count: int) -> list[NewMember]:
    """With those whose names are to come."""
    return [*people, *(NewMember() for _more in range(count - len(people)))]
