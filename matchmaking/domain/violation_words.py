"""Each hard rule that a plan breaks, in a sentence that says who and when."""

from collections.abc import Callable, Collection, Mapping

from digital_days.kernel.i18n import _, ngettext
from matchmaking.domain.draft_names import DraftNames
from matchmaking.domain.whereabouts import Whereabouts, during, in_words, whereabouts_of
from matchmaking.engine.rules import RuleName, Violation


async def violations_said(edition_id: int, violations: Collection[Violation], names: DraftNames) -> list[str]:
    """A sentence each; as many queries for many."""
    participants = {each for it in violations if it.rule is RuleName.BUSY for each in it.participants}
    codes = [names.asked.problem.participants[each].key for each in participants]
    elsewhere = await whereabouts_of(edition_id, codes, names.asked.rounds)
    return [violation_words(each, names, elsewhere) for each in violations]


def violation_words(violation: Violation, names: DraftNames, elsewhere: Whereabouts | None = None) -> str:
    """One sentence."""
    return _WORDS[violation.rule](violation, names, elsewhere or {})


def _round(violation: Violation, names: DraftNames) -> str:
    return names.round(violation.round or 0)


def _unknown(_violation: Violation, _names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _("Une rencontre n’est plus possible.")


def _unknown_round(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _(
        "%(meeting)s : la %(round)s n’existe pas.",
        meeting=names.meetings(violation.meetings),
        round=_round(violation, names),
    )


def _both_sides(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _("%(person)s se rencontrerait soi-même.", person=names.people(violation.participants))


def _twice(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _("%(meeting)s se rencontreraient deux fois.", meeting=names.meetings(violation.meetings))


def _at_once(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _(
        "%(person)s serait à deux endroits à la fois à la %(round)s : %(meetings)s.",
        person=names.people(violation.participants),
        round=_round(violation, names),
        meetings=names.meetings(violation.meetings),
    )


def _busy(violation: Violation, names: DraftNames, elsewhere: Whereabouts) -> str:
    [participant] = violation.participants
    at = violation.round or 0
    said = {"person": names.person(participant), "round": names.round(at)}
    code = names.asked.problem.participants[participant].key
    why = in_words(during(elsewhere.get(code, ()), names.asked.rounds[at : at + 1]))
    if why:
        return _("À la %(round)s, %(person)s %(why)s.", **said, why=why)
    return _("%(person)s n’est pas libre à la %(round)s.", **said)


def _past(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    meeting = names.meetings(violation.meetings)
    return _("%(meeting)s : la %(round)s est déjà passée.", meeting=meeting, round=_round(violation, names))


def _rounds(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _(
        "%(meeting)s ne peuvent pas se rencontrer à la %(round)s.",
        meeting=names.meetings(violation.meetings),
        round=_round(violation, names),
    )


def _forbidden(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _("%(meeting)s : cette rencontre est écartée.", meeting=names.meetings(violation.meetings))


def _required(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _("%(meeting)s doivent se rencontrer, et ne se rencontrent pas.", meeting=names.meetings(violation.meetings))


def _fixed(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _(
        "%(meeting)s devaient se rencontrer à la %(round)s : cette rencontre est fixée.",
        meeting=names.meetings(violation.meetings),
        round=_round(violation, names),
    )


def _no_table(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _(
        "%(meeting)s : la table %(table)s n’est pas là à la %(round)s.",
        meeting=names.meetings(violation.meetings),
        table=violation.table,
        round=_round(violation, names),
    )


def _table_taken(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    return _(
        "La table %(table)s servirait à plusieurs rencontres à la %(round)s : %(meetings)s.",
        table=violation.table,
        round=_round(violation, names),
        meetings=names.meetings(violation.meetings),
    )


def _tables(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    count = len(violation.meetings)
    return ngettext(
        "Il n’y a pas assez de tables à la %(round)s pour %(num)s rencontre.",
        "Il n’y a pas assez de tables à la %(round)s pour %(num)s rencontres.",
        count,
        round=_round(violation, names),
    )


def _least(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    [participant] = violation.participants
    least = names.asked.problem.participants[participant].least
    return ngettext(
        "%(person)s a %(num)s rencontre et en demande au moins %(least)s.",
        "%(person)s a %(num)s rencontres et en demande au moins %(least)s.",
        len(violation.meetings),
        person=names.person(participant),
        least=least,
    )


def _most(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    [participant] = violation.participants
    most = names.asked.problem.participants[participant].most
    return ngettext(
        "%(person)s a %(num)s rencontre, et en veut %(most)s au plus.",
        "%(person)s a %(num)s rencontres, et en veut %(most)s au plus.",
        len(violation.meetings),
        person=names.person(participant),
        most=most,
    )


def _exclusive(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    meetings = names.meetings(violation.meetings)
    return _("Les deux mêmes organisations se rencontreraient plusieurs fois : %(meetings)s.", meetings=meetings)


def _before(violation: Violation, names: DraftNames, _elsewhere: Whereabouts) -> str:
    first, second = (names.meeting(each) for each in violation.meetings)
    return _("%(first)s doivent se rencontrer avant %(second)s.", first=first, second=second)


_WORDS: Mapping[RuleName, Callable[[Violation, DraftNames, Whereabouts], str]] = {
    RuleName.UNKNOWN_MEETING: _unknown,
    RuleName.UNKNOWN_ROUND: _unknown_round,
    RuleName.BOTH_SIDES: _both_sides,
    RuleName.TWICE: _twice,
    RuleName.ONE_AT_A_TIME: _at_once,
    RuleName.BUSY: _busy,
    RuleName.PAST: _past,
    RuleName.ROUNDS: _rounds,
    RuleName.FORBIDDEN: _forbidden,
    RuleName.REQUIRED: _required,
    RuleName.FIXED: _fixed,
    RuleName.TABLE_MISSING: _no_table,
    RuleName.TABLE_TAKEN: _table_taken,
    RuleName.TABLES: _tables,
    RuleName.LEAST: _least,
    RuleName.MOST: _most,
    RuleName.EXCLUSIVE: _exclusive,
    RuleName.BEFORE: _before,
}
