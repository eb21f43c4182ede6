"""What would make a meeting possible, step by step, in words."""

from collections.abc import Sequence

from digital_days.kernel.i18n import _, ngettext
from matchmaking.domain.names import Names
from matchmaking.domain.whereabouts import Whereabouts, during
from matchmaking.engine.remedy import AddRound, AddTable, Allow, Change, Free, Open, Raise, Split, Step, Unorder


def change_sentences(change: Change, names: Names, elsewhere: Whereabouts) -> list[str]:
    """What one would do, and what follows for others."""
    at = names.at(change.hold.round)
    said = [_step(step, change.hold.round, names, elsewhere) for step in change.steps]
    sentences = (
        [_("Pour la tenir à %(at)s : %(steps)s.", at=at, steps=_and(said))]
        if said and change.hold.round < len(names.rounds)
        else [_("Pour la tenir : %(steps)s.", steps=_and(said))]
        if said
        else [_("Les règles lui laissent une place à %(at)s : ajoutez-la à l’horaire.", at=at)]
    )
    if change.moved:
        moved = "; ".join(
            _("%(meeting)s à %(at)s", meeting=names.meeting(each.meeting), at=names.at(each.round))
            for each in change.moved
        )
        sentences.append(
            ngettext(
                "Une autre rencontre changerait de ronde : %(moved)s.",
                "%(num)s autres rencontres changeraient de ronde : %(moved)s.",
                len(change.moved),
                moved=moved,
            )
        )
    return sentences


def freed_people(change: Change, names: Names) -> set[str]:
    """The codes of those whose time it would take."""
    return {names.problem.participants[step.participant].key for step in change.steps if isinstance(step, Free)}


def _step(step: Step, held: int, names: Names, elsewhere: Whereabouts) -> str:
    """The hour only where it is another than that of the meeting."""
    match step:
        case AddTable(at, _table):
            return _("une table de plus") if at == held else _("une table de plus à %(at)s", at=names.at(at))
        case AddRound():
            return _("une ronde de plus à la fin")
        case Free(participant, at):
            freed = _free(participant, at, names, elsewhere)
            return freed if at == held else _("%(freed)s à %(at)s", freed=freed, at=names.at(at))
        case Raise(participant):
            return _("une rencontre de plus permise à %(person)s", person=names.person(participant))
        case Open(_meeting, at):
            return _("permettre cette ronde") if at == held else _("permettre la ronde de %(at)s", at=names.at(at))
        case Unorder(first, second):
            one, other = names.meeting(first), names.meeting(second)
            return _("ne plus demander que %(first)s se rencontrent avant %(second)s", first=one, second=other)
        case Split(_meeting, _group):
            return _("permettre une deuxième rencontre entre ces deux organisations")
        case Allow(_meeting):
            return _("ne plus l’interdire")


def _free(participant: int, at: int, names: Names, elsewhere: Whereabouts) -> str:
    spans = during(elsewhere.get(names.problem.participants[participant].key, ()), names.rounds[at : at + 1])
    title = next((span.title for span in spans if span.title), "")
    person = names.person(participant)
    if title:
        return _("libérer %(person)s de « %(title)s »", person=person, title=title)
    return _("libérer %(person)s", person=person)


def _and(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else _("%(first)s et %(last)s", first=", ".join(said[:-1]), last=said[-1])
