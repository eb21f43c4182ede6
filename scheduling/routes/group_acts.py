"""What the buttons of a group's page do; each answers with what happened, in a sentence."""

from collections.abc import Awaitable, Callable
from typing import Literal

from litestar.datastructures import FormMultiDict

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.people import person_name
from scheduling.domain.group_changes import (
    add_to_group,
    ask_again,
    cancel_members,
    replace_member,
    write_members,
)
from scheduling.domain.group_lines import Kind, NewMember, WrittenLine, checked, lines_of, padded
from scheduling.domain.group_places import MOST, TooManyPeople
from scheduling.domain.group_reading import Group
from scheduling.domain.groups import send_tickets
from scheduling.routes.group_form import NOBODY, in_words

REPLACED = N_(
    "C’est fait : %(name)s vient à la place de %(old)s. L’ancien billet ne vaut plus; les billets à jour viennent de "
    "partir par courriel."
)
SENT = N_("Tous les billets viennent de repartir par courriel.")
UNCHANGED = N_("Rien n’a changé.")
SHORT = N_("C’est fait, mais il manque des places. %(reasons)s")
ALL_THERE = N_("C’est fait. Tous les billets à jour viennent de partir par courriel.")
NAME_FIRST = N_("Écrivez le nom de la personne qui vient à la place de %(old)s.")

Said = tuple[str, Literal["success", "warning", "info"]]


class WrongLines(Exception):
    """What was typed needs correcting: the sentences."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines)
        self.lines = lines


async def _names(group: Group, edition: Edition, _member: str, data: FormMultiDict) -> Said:
    written = [
        WrittenLine(
            number=member.position,
            name=_typed(data, f"name-{member.code}") if f"name-{member.code}" in data else member.name,
            email=_typed(data, f"email-{member.code}"),
            note=_typed(data, f"note-{member.code}"),
        )
        for member in group.members
    ]
    named = [line for line in written if line.name or line.email or line.note]
    _people, wrong = checked(named, _kind(group))
    if wrong:
        raise WrongLines(wrong)
    by_code = {
        member.code: NewMember(name=line.name, email=line.email.lower(), note=line.note)
        for member, line in zip(group.members, written, strict=True)
    }
    changed = await write_members(group.code, edition, by_code)
    if not changed:
        return _(UNCHANGED), "info"
    return ngettext(
        "C’est enregistré : %(num)s billet porte ce que vous avez écrit.",
        "C’est enregistré : %(num)s billets portent ce que vous avez écrit.",
        changed,
    ), "success"


async def _replace(group: Group, edition: Edition, code: str, data: FormMultiDict) -> Said:
    old = next((member.label for member in group.members if member.code == code), "")
    line = WrittenLine(number=1, name=_typed(data, "name"), email=_typed(data, "email"))
    if not line.name:
        raise WrongLines([_(NAME_FIRST, old=old)])
    [new], wrong = checked([line], _kind(group))
    if wrong:
        raise WrongLines(wrong)
    await replace_member(group.code, edition, code, new)
    return _(REPLACED, name=new.name, old=old), "success"


async def _cancel(group: Group, _edition: Edition, code: str, _data: FormMultiDict) -> Said:
    return _cancelled(await cancel_members(group.code, [code]))


async def _cancel_all(group: Group, _edition: Edition, _member: str, _data: FormMultiDict) -> Said:
    return _cancelled(await cancel_members(group.code, [member.code for member in group.members]))


def _cancelled(count: int) -> Said:
    if not count:
        return _(UNCHANGED), "info"
    return ngettext(
        "Merci de nous avoir prévenus : %(num)s billet est annulé, d’autres pourront venir.",
        "Merci de nous avoir prévenus : %(num)s billets sont annulés, d’autres pourront venir.",
        count,
    ), "success"


async def _add(group: Group, edition: Edition, _member: str, data: FormMultiDict) -> Said:
    people, wrong = checked(lines_of(str(data.get("members", ""))), _kind(group))
    if wrong:
        raise WrongLines(wrong)
    typed = str(data.get("count", "")).strip()
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    if max(count, len(people)) > MOST:
        raise TooManyPeople(most=MOST)
    if not people and not count:
        raise WrongLines([_(NOBODY)])
    shortages = await add_to_group(group.code, edition, padded(people, count), together=not data.get("some"))
    return _seated(in_words(shortages, group.slots))


async def _again(group: Group, _edition: Edition, _member: str, _data: FormMultiDict) -> Said:
    return _seated(in_words(await ask_again(group.code), group.slots))


def _seated(reasons: list[str]) -> Said:
    if reasons:
        return _(SHORT, reasons=" ".join(reasons)), "warning"
    return _(ALL_THERE), "success"


async def _send(group: Group, _edition: Edition, _member: str, _data: FormMultiDict) -> Said:
    await send_tickets(group.id)
    return _(SENT), "success"


def _typed(data: FormMultiDict, name: str) -> str:
    return person_name(str(data.get(name, "")))


def _kind(group: Group) -> Kind:
    return "class" if group.kind == "class" else "business"


Act = Callable[[Group, Edition, str, FormMultiDict], Awaitable[Said]]

ACTS: dict[str, Act] = {
    "names": _names,
    "replace": _replace,
    "cancel": _cancel,
    "cancel-all": _cancel_all,
    "add": _add,
    "again": _again,
    "send": _send,
}
