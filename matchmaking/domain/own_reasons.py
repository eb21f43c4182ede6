"""Why a wish is not served, to those who wished it: nothing that only others may know, and what they can do.

What lies on the other side alone (they said no, they are kept apart, are busy, have enough meetings) is one sentence:
any of them could be told from the others by its words.
"""

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, ngettext
from matchmaking.domain.names import Names
from matchmaking.domain.whereabouts import MOST_SAID, Whereabouts, during
from matchmaking.engine.explain import Unserved
from matchmaking.engine.obstacles import Obstacle, Reason
from matchmaking.engine.remedy import AddTable, Free, Raise, Step
from matchmaking.engine.rules import RuleName


class Own(Struct, frozen=True, kw_only=True):
    """Who is told: their numbers in the problem (``reader`` first of all, then colleagues), and where they are."""

    names: Names
    reader: int | None
    members: Collection[int]
    elsewhere: Whereabouts


def why(unserved: Unserved, own: Own) -> str:
    """A sentence in the reader's language; that somebody said no, or where others are, is in none."""
    return WORDS[unserved.reason](unserved, own)


def what_helps(unserved: Unserved, own: Own) -> str:
    """What would serve the wish, where it is the organisers' to give or their own to change; else empty."""
    steps = unserved.change.steps if unserved.change else ()
    said = [_help(step, own) for step in steps]
    return " ".join(said) if all(said) else ""


Words = Callable[[Unserved, Own], str]

NOT_ACROSS = N_("Cette rencontre n’a pas trouvé sa place dans l’horaire de l’autre organisation.")


def _always(sentence: str) -> Words:
    return lambda _unserved, _own: _(sentence)


def _no_common_round(unserved: Unserved, own: Own) -> str:
    away = [span for obstacle in unserved.obstacles if obstacle.rule == RuleName.BUSY for span in _spans(obstacle, own)]
    if not away:
        return _(NOT_ACROSS)
    return _("Vous n’avez aucune ronde libre en commun : %(said)s.", said="; ".join(away[:MOST_SAID]))


def _spans(obstacle: Obstacle, own: Own) -> list[str]:
    """Nothing of somebody of another organisation."""
    participant = obstacle.participant
    if participant is None or participant not in own.members:
        return []
    named = own.names.named(participant)
    spans = during(own.elsewhere.get(named.code, ()), [own.names.rounds[at] for at in obstacle.rounds])
    if participant == own.reader:
        return [span.to_themselves for span in spans]
    return [f"{named.name} {span.in_words}" for span in spans]


def _most(unserved: Unserved, own: Own) -> str:
    for obstacle in unserved.obstacles:
        participant = obstacle.participant
        if obstacle.rule == RuleName.MOST and participant is not None and participant in own.members:
            if not obstacle.meetings:
                return _("De votre côté, aucune rencontre n’est permise.")
            return ngettext(
                "De votre côté, la seule rencontre permise est déjà prise : %(with_whom)s.",
                "De votre côté, les %(num)s rencontres permises sont déjà prises : %(with_whom)s.",
                len(obstacle.meetings),
                with_whom=", ".join(own.names.partner(each, participant) for each in obstacle.meetings),
            )
    return _(NOT_ACROSS)


def _help(step: Step, own: Own) -> str:
    match step:
        case AddTable():
            return _("Une table de plus l’aurait permise.")
        case Free(participant, at) if participant == own.reader:
            return _("Elle deviendrait possible si vous étiez libre à %(at)s.", at=own.names.at(at))
        case Free(participant, at) if participant in own.members:
            name = own.names.named(participant).name
            return _("Elle deviendrait possible si %(name)s était libre à %(at)s.", name=name, at=own.names.at(at))
        case Raise(participant) if participant in own.members:
            return _("Elle deviendrait possible avec une rencontre de plus au maximum : voyez « Ma participation ».")
    return ""


_IMPOSSIBLE = _always(NOT_ACROSS)
WORDS: Mapping[Reason, Words] = {
    Reason.NO_MEETING: _IMPOSSIBLE,
    Reason.BOTH_SIDES: _IMPOSSIBLE,
    Reason.FORBIDDEN: _IMPOSSIBLE,
    Reason.NO_COMMON_ROUND: _no_common_round,
    Reason.PAST: _always(N_("Les rondes où vous étiez libres en même temps sont passées.")),
    Reason.EXCLUSIVE: _always(N_("Vos organisations se rencontrent déjà.")),
    Reason.MOST: _most,
    Reason.FULL: _always(
        N_("À chaque ronde où vous étiez libres en même temps, l’une des deux personnes en rencontre une autre.")
    ),
    Reason.NO_TABLE: _always(N_("Toutes les tables étaient prises quand vous étiez libres en même temps.")),
    Reason.BEFORE: _IMPOSSIBLE,
    Reason.POSSIBLE: _always(N_("Il reste peut-être une place : parlez-en à l’équipe.")),
}
"""Every reason."""
