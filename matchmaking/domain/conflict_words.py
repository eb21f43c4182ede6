"""The few rules that leave no plan, each in a sentence that a person can do something about."""

from collections.abc import Callable, Mapping, Sequence

from digital_days.kernel.i18n import N_, _, ngettext
from matchmaking.domain.names import Names
from matchmaking.domain.whereabouts import Whereabouts, during, in_words
from matchmaking.engine.rule_book import Rule
from matchmaking.engine.rules import RuleName

Words = Callable[[Rule, Names, Whereabouts], str]


def conflict_sentences(rules: Sequence[Rule], names: Names, elsewhere: Whereabouts) -> list[str]:
    """In the order of the engine. Without any one of them, there would be a plan."""
    return [WORDS[rule.rule](rule, names, elsewhere) for rule in rules]


def busy_people(rules: Sequence[Rule], names: Names) -> set[str]:
    """The codes of those whose times are in the way."""
    numbers = {rule.participant for rule in rules if rule.rule == RuleName.BUSY}
    return {names.problem.participants[number].key for number in numbers if number is not None}


def _about_a_meeting(sentence: str) -> Words:
    return lambda rule, names, _elsewhere: _(sentence, meeting=names.meeting(rule.meetings[0]))


def _fixed(rule: Rule, names: Names, _elsewhere: Whereabouts) -> str:
    meeting, at = names.meeting(rule.meetings[0]), names.at(rule.rounds[0])
    if rule.table is None:
        return _("%(meeting)s : rencontre fixée à %(at)s.", meeting=meeting, at=at)
    return _("%(meeting)s : rencontre fixée à %(at)s, table %(table)s.", meeting=meeting, at=at, table=rule.table)


def _before(rule: Rule, names: Names, _elsewhere: Whereabouts) -> str:
    first, second = map(names.meeting, rule.meetings)
    return _("%(first)s : cette rencontre doit venir avant celle de %(second)s.", first=first, second=second)


def _exclusive(rule: Rule, names: Names, _elsewhere: Whereabouts) -> str:
    meetings = "; ".join(map(names.meeting, rule.meetings))
    return _("Une seule de ces rencontres entre collègues peut se tenir : %(meetings)s.", meetings=meetings)


def _busy(rule: Rule, names: Names, elsewhere: Whereabouts) -> str:
    number = rule.participant or 0
    rounds = [names.rounds[each] for each in rule.rounds if each < len(names.rounds)]
    said = in_words(during(elsewhere.get(names.problem.participants[number].key, ()), rounds))
    if said:
        return _("%(person)s %(said)s.", person=names.person(number), said=said)
    return _("%(person)s n’est pas libre : %(times)s.", person=names.person(number), times=names.spans(rule.rounds))


def _most(rule: Rule, names: Names, _elsewhere: Whereabouts) -> str:
    number = rule.participant or 0
    most = names.problem.participants[number].most or 0
    person = names.person(number)
    return ngettext(
        "%(person)s a droit à %(num)s rencontre au plus.",
        "%(person)s a droit à %(num)s rencontres au plus.",
        most,
        person=person,
    )


def _least(rule: Rule, names: Names, _elsewhere: Whereabouts) -> str:
    number = rule.participant or 0
    least = names.problem.participants[number].least
    person = names.person(number)
    return ngettext(
        "%(person)s veut %(num)s rencontre au moins.",
        "%(person)s veut %(num)s rencontres au moins.",
        least,
        person=person,
    )


def _past(rule: Rule, names: Names, _elsewhere: Whereabouts) -> str:
    return _("Ces rondes sont passées : %(times)s.", times=names.spans(rule.rounds))


def _tables(rule: Rule, names: Names, _elsewhere: Whereabouts) -> str:
    fewest = min((len({*names.problem.tables[each]}) for each in rule.rounds), default=0)
    times = names.spans(rule.rounds)
    return ngettext(
        "Il n’y a que %(num)s table : %(times)s.", "Il n’y a que %(num)s tables : %(times)s.", fewest, times=times
    )


WORDS: Mapping[RuleName, Words] = {
    RuleName.FIXED: _fixed,
    RuleName.REQUIRED: _about_a_meeting(N_("%(meeting)s : cette rencontre est exigée.")),
    RuleName.FORBIDDEN: _about_a_meeting(N_("%(meeting)s : cette rencontre est interdite.")),
    RuleName.ROUNDS: _about_a_meeting(N_("%(meeting)s : cette rencontre n’est permise qu’à certaines rondes.")),
    RuleName.BEFORE: _before,
    RuleName.EXCLUSIVE: _exclusive,
    RuleName.BUSY: _busy,
    RuleName.MOST: _most,
    RuleName.LEAST: _least,
    RuleName.PAST: _past,
    RuleName.TABLES: _tables,
}
"""Every rule of a problem's rule book."""
