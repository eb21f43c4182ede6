"""Why a wish is not served, for organisers: what stands in the way, what would serve it, what that would cost."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, ngettext
from matchmaking.domain.change_words import change_sentences, freed_people
from matchmaking.domain.names import Names
from matchmaking.domain.whereabouts import Whereabouts, during, in_words
from matchmaking.engine.explain import Unserved
from matchmaking.engine.instead import Instead
from matchmaking.engine.obstacles import Obstacle, Reason
from matchmaking.engine.rules import RuleName

MOST_NAMED = 6
"""Of the meetings that stand in the way of one, how many are named."""


class Explanation(Struct, frozen=True, kw_only=True):
    """``by`` wished to meet ``about``. ``why`` always says something; ``remedy`` and ``instead`` where there is any."""

    by: str
    about: str
    must: bool
    why: str
    remedy: str
    instead: str


def explained(unserved: Unserved, names: Names, elsewhere: Whereabouts) -> Explanation:
    """In the reader's language."""
    by, about = names.wish(unserved.wish)
    return Explanation(
        by=by,
        about=about,
        must=names.problem.wishes[unserved.wish].must,
        why=WORDS[unserved.reason](unserved, names, elsewhere),
        remedy=" ".join(change_sentences(unserved.change, names, elsewhere)) if unserved.change else "",
        instead=_instead(unserved.instead, names) if unserved.instead else "",
    )


def busy_people(unserved: Iterable[Unserved], names: Names) -> set[str]:
    """The codes of all whose whereabouts these explanations speak of."""
    found: set[str] = set()
    for each in unserved:
        if each.reason == Reason.NO_COMMON_ROUND:
            found |= {names.problem.participants[one.participant or 0].key for one in _of(each, RuleName.BUSY)}
        if each.change is not None:
            found |= freed_people(each.change, names)
    return found


Words = Callable[[Unserved, Names, Whereabouts], str]


def _always(sentence: str) -> Words:
    return lambda _unserved, _names, _elsewhere: _(sentence)


def _of(unserved: Unserved, rule: RuleName) -> list[Obstacle]:
    return [obstacle for obstacle in unserved.obstacles if obstacle.rule == rule]


def _no_common_round(unserved: Unserved, names: Names, elsewhere: Whereabouts) -> str:
    meeting = unserved.meeting or 0
    one, other = names.problem.pair(meeting)
    said = [_away(obstacle, names, elsewhere) for obstacle in _of(unserved, RuleName.BUSY)]
    said += [
        _("permise seulement hors de %(times)s", times=names.spans(each.rounds))
        for each in _of(unserved, RuleName.ROUNDS)
    ]
    return _(
        "%(one)s et %(other)s n’ont aucune ronde libre en commun : %(said)s.",
        one=names.person(one),
        other=names.person(other),
        said="; ".join(said),
    )


def _away(obstacle: Obstacle, names: Names, elsewhere: Whereabouts) -> str:
    number = obstacle.participant or 0
    spans = elsewhere.get(names.problem.participants[number].key, ())
    said = in_words(during(spans, [names.rounds[at] for at in obstacle.rounds]))
    name = names.named(number).name
    if said:
        return f"{name} {said}"
    return _("%(name)s n’est pas libre de %(times)s", name=name, times=names.spans(obstacle.rounds))


def _exclusive(unserved: Unserved, names: Names, _elsewhere: Whereabouts) -> str:
    rivals = [each for obstacle in _of(unserved, RuleName.EXCLUSIVE) for each in obstacle.meetings]
    return _("Leurs organisations se rencontrent déjà par %(meetings)s.", meetings=_some(map(names.meeting, rivals)))


def _most(unserved: Unserved, names: Names, _elsewhere: Whereabouts) -> str:
    return " ".join(_sated(obstacle, names) for obstacle in _of(unserved, RuleName.MOST))


def _sated(obstacle: Obstacle, names: Names) -> str:
    number = obstacle.participant or 0
    with_whom = _some(names.partner(each, number) for each in obstacle.meetings)
    if not obstacle.meetings:
        return _("%(person)s ne prend aucune rencontre.", person=names.person(number))
    return ngettext(
        "%(person)s a déjà la seule rencontre qui lui est permise : %(with_whom)s.",
        "%(person)s a déjà les %(num)s rencontres qui lui sont permises : %(with_whom)s.",
        len(obstacle.meetings),
        person=names.person(number),
        with_whom=with_whom,
    )


def _full(unserved: Unserved, names: Names, _elsewhere: Whereabouts) -> str:
    away = {at for each in unserved.obstacles if each.rule in (RuleName.BUSY, RuleName.ROUNDS) for at in each.rounds}
    said = [_taken(obstacle, away, names) for obstacle in _of(unserved, RuleName.ONE_AT_A_TIME)]
    return _(
        "À chaque ronde libre en commun, l’une des deux personnes en rencontre une autre : %(said)s.",
        said="; ".join(filter(None, said)),
    )


def _taken(obstacle: Obstacle, away: set[int], names: Names) -> str:
    number = obstacle.participant or 0
    met = [
        _("%(partner)s à %(at)s", partner=names.partner(meeting, number), at=names.at(at))
        for at, meeting in zip(obstacle.rounds, obstacle.meetings, strict=True)
        if at not in away
    ]
    return _("%(name)s rencontre %(partners)s", name=names.named(number).name, partners=_some(met)) if met else ""


def _no_table(unserved: Unserved, names: Names, _elsewhere: Whereabouts) -> str:
    out = {at for each in unserved.obstacles if each.rule != RuleName.TABLES for at in each.rounds}
    full = [at for each in _of(unserved, RuleName.TABLES) for at in each.rounds if at not in out]
    return _("Toutes les tables sont prises quand les deux personnes sont libres : %(times)s.", times=names.spans(full))


def _before(unserved: Unserved, names: Names, _elsewhere: Whereabouts) -> str:
    pairs = [obstacle.meetings for obstacle in _of(unserved, RuleName.BEFORE)]
    said = _some(
        _("%(first)s avant %(second)s", first=names.meeting(first), second=names.meeting(second))
        for first, second in pairs
    )
    return _("L’ordre demandé ne le permet pas : %(said)s.", said=said)


def _instead(instead: Instead, names: Names) -> str:
    meetings = _some(map(names.meeting, instead.meetings))
    lost = ngettext("%(num)s souhait perdu", "%(num)s souhaits perdus", len(instead.lost))
    gained = ngettext("%(num)s gagné", "%(num)s gagnés", len(instead.gained))
    return _(
        "À la place de %(meetings)s, à %(at)s : %(lost)s, %(gained)s.",
        meetings=meetings,
        at=names.at(instead.hold.round),
        lost=lost,
        gained=gained,
    )


def _some(named: Iterable[str]) -> str:
    found: Sequence[str] = list(named)
    return ", ".join(found[:MOST_NAMED]) + ("…" if len(found) > MOST_NAMED else "")


WORDS: Mapping[Reason, Words] = {
    Reason.NO_MEETING: _always(N_("Cette rencontre n’est pas permise : à ne pas réunir, ou l’une des deux a dit non.")),
    Reason.BOTH_SIDES: _always(N_("Ce serait la même personne des deux côtés.")),
    Reason.FORBIDDEN: _always(N_("Cette rencontre est interdite dans ce scénario.")),
    Reason.NO_COMMON_ROUND: _no_common_round,
    Reason.PAST: _always(N_("Les rondes où les deux personnes étaient libres sont passées.")),
    Reason.EXCLUSIVE: _exclusive,
    Reason.MOST: _most,
    Reason.FULL: _full,
    Reason.NO_TABLE: _no_table,
    Reason.BEFORE: _before,
    Reason.POSSIBLE: _always(N_("Rien ne l’empêche : le calcul s’est arrêté avant de la placer.")),
}
"""Every reason."""
