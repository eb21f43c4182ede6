"""What a check finds, in words: a title and what to do for each kind, and a line for each case."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, ngettext
from matchmaking.domain.names import Names
from matchmaking.engine.finding import Finding, FindingKind, Severity
from matchmaking.engine.obstacles import Reason
from matchmaking.engine.rules import RuleName, Violation

Where = Literal["settings", "scenario", "roster", "exclusions", ""]
"""The page on which something can be done about it."""


class Kind(Struct, frozen=True, kw_only=True):
    """French sentences of the catalogue."""

    title: str
    advice: str
    where: Where


class Line(Struct, frozen=True, kw_only=True):
    """``participant``: the code of whose sheet says more; empty: nobody's."""

    text: str
    participant: str = ""


class Group(Struct, frozen=True, kw_only=True):
    """All findings of one kind; ``lines`` may be empty where the title says it all."""

    severity: Severity
    title: str
    advice: str
    where: Where
    lines: list[Line]


SEVERITIES: Mapping[Severity, str] = {
    Severity.BROKEN: N_("Le problème est mal posé"),
    Severity.IMPOSSIBLE: N_("Aucun horaire n’est possible"),
    Severity.LOSS: N_("Des gens auront moins que souhaité, quoi qu’on fasse"),
    Severity.NOTE: N_("À savoir"),
}

_AGAIN = N_("Refaites la vérification; si cela reste, écrivez à l’équipe technique.")
_LOCKED = N_("Libérez l’une des rencontres fixées de ce scénario.")
_LEAST = N_("Demandez à la personne un plus petit minimum, ou plus de temps.")

KINDS: Mapping[FindingKind, Kind] = {
    FindingKind.DUPLICATE_KEY: Kind(title=N_("La même chose est là deux fois"), advice=_AGAIN, where=""),
    FindingKind.UNKNOWN_PARTICIPANT: Kind(
        title=N_("Une rencontre nomme quelqu’un qui n’est pas là"), advice=_AGAIN, where=""
    ),
    FindingKind.UNKNOWN_MEETING: Kind(
        title=N_("Une règle nomme une rencontre qui n’existe pas"), advice=_AGAIN, where=""
    ),
    FindingKind.UNKNOWN_ROUND: Kind(
        title=N_("Une rencontre fixée est dans une ronde qui n’existe pas"), advice=_LOCKED, where="scenario"
    ),
    FindingKind.NEGATIVE_VALUE: Kind(title=N_("Une affinité est plus petite que zéro"), advice=_AGAIN, where=""),
    FindingKind.NO_ROUNDS: Kind(
        title=N_("Aucune ronde n’est prévue"), advice=N_("Ajoutez une séance aux réglages."), where="settings"
    ),
    FindingKind.NO_TABLES: Kind(
        title=N_("Il n’y a aucune table"), advice=N_("Dites combien de tables il y a."), where="settings"
    ),
    FindingKind.FIXED: Kind(title=N_("Des rencontres fixées se contredisent"), advice=_LOCKED, where="scenario"),
    FindingKind.REQUIRED: Kind(title=N_("Une rencontre fixée ne peut pas se tenir"), advice=_LOCKED, where="scenario"),
    FindingKind.MUST_OF_PARTICIPANT: Kind(
        title=N_("Trop de rencontres fixées pour une personne"), advice=_LOCKED, where="scenario"
    ),
    FindingKind.MUST_OF_GROUP: Kind(
        title=N_("Deux organisations ont plus d’une rencontre fixée"), advice=_LOCKED, where="scenario"
    ),
    FindingKind.MUST_OF_ALL: Kind(
        title=N_("Plus de rencontres fixées que de places aux tables"), advice=_LOCKED, where="scenario"
    ),
    FindingKind.LEAST_OVER_MOST: Kind(
        title=N_("Un minimum plus grand que le maximum"),
        advice=N_("Demandez à la personne de corriger ses nombres, ou relevez le maximum dans les réglages."),
        where="roster",
    ),
    FindingKind.LEAST_OVER_ROUNDS: Kind(
        title=N_("Un minimum plus grand que le temps libre"), advice=_LEAST, where="roster"
    ),
    FindingKind.LEAST_OVER_MEETINGS: Kind(
        title=N_("Un minimum plus grand que les rencontres possibles"), advice=_LEAST, where="roster"
    ),
    FindingKind.CYCLE: Kind(title=N_("Un ordre de rencontres qui tourne en rond"), advice=_AGAIN, where=""),
    FindingKind.BOTH_SIDES: Kind(
        title=N_("La même personne des deux côtés"), advice=N_("Retirez l’une de ses participations."), where="roster"
    ),
    FindingKind.NO_MEETING: Kind(
        title=N_("Ne peuvent rencontrer personne"),
        advice=N_("Personne de l’autre côté ne les souhaite ni ne leur convient : demandez-leur des souhaits."),
        where="roster",
    ),
    FindingKind.NO_WISH: Kind(
        title=N_("N’ont fait aucun souhait"),
        advice=N_("Ces organisations n’auront que ce que d’autres souhaitent, ou ce qui leur convient : écrivez-leur."),
        where="roster",
    ),
    FindingKind.OWNER_UNSERVED: Kind(
        title=N_("Aucun de leurs souhaits n’est possible"),
        advice=N_("Demandez-leur d’autres souhaits, ou plus de temps libre."),
        where="roster",
    ),
    FindingKind.WISHES_UNSERVED: Kind(
        title=N_("Une partie de leurs souhaits n’est pas possible"),
        advice=N_("Rien ne presse : leurs autres souhaits comptent."),
        where="roster",
    ),
    FindingKind.OVERASKED: Kind(
        title=N_("Plus demandées que leur temps ne le permet"),
        advice=N_("Une ou un collègue de plus, des rondes plus courtes ou un plus grand maximum y aideraient."),
        where="settings",
    ),
    FindingKind.TABLES_SHORT: Kind(
        title=N_("Plus de souhaits que de places aux tables"),
        advice=N_("Ajoutez des tables ou des rondes, ou essayez-le dans un scénario."),
        where="settings",
    ),
}
"""Every kind."""

REASONS: Mapping[Reason, str] = {
    Reason.NO_MEETING: N_("rencontre pas permise (à ne pas réunir, ou l’une des deux a dit non)"),
    Reason.BOTH_SIDES: N_("la même personne des deux côtés"),
    Reason.FORBIDDEN: N_("rencontre interdite dans ce scénario"),
    Reason.NO_COMMON_ROUND: N_("aucune ronde libre en commun"),
    Reason.PAST: N_("les rondes libres sont passées"),
    Reason.EXCLUSIVE: N_("des collègues se rencontrent déjà par une rencontre fixée"),
    Reason.MOST: N_("le maximum de rencontres est déjà atteint"),
    Reason.FULL: N_("d’autres rencontres sont fixées à leurs rondes libres"),
    Reason.NO_TABLE: N_("aucune table à leurs rondes libres"),
    Reason.BEFORE: N_("l’ordre demandé ne le permet pas"),
    Reason.POSSIBLE: N_("possible"),
}
"""Every reason, to stand in a list."""

RULES: Mapping[RuleName, str] = {
    RuleName.UNKNOWN_MEETING: N_("rencontre inconnue"),
    RuleName.UNKNOWN_ROUND: N_("ronde inconnue"),
    RuleName.BOTH_SIDES: N_("la même personne des deux côtés"),
    RuleName.TWICE: N_("la même rencontre deux fois"),
    RuleName.ONE_AT_A_TIME: N_("la même personne à deux rencontres à la fois"),
    RuleName.BUSY: N_("l’une des deux personnes n’est pas libre"),
    RuleName.PAST: N_("la ronde est passée"),
    RuleName.ROUNDS: N_("pas permise à cette ronde"),
    RuleName.FORBIDDEN: N_("rencontre interdite dans ce scénario"),
    RuleName.REQUIRED: N_("rencontre exigée qui manque"),
    RuleName.FIXED: N_("rencontre fixée qui manque"),
    RuleName.TABLE_MISSING: N_("la table n’est pas là"),
    RuleName.TABLE_TAKEN: N_("deux rencontres à la même table"),
    RuleName.TABLES: N_("plus de rencontres que de tables"),
    RuleName.LEAST: N_("moins de rencontres que le minimum"),
    RuleName.MOST: N_("plus de rencontres que le maximum"),
    RuleName.EXCLUSIVE: N_("les deux mêmes organisations plus d’une fois"),
    RuleName.BEFORE: N_("pas dans l’ordre demandé"),
}
"""Every rule, to stand behind what breaks it."""

MOST_NAMED = 4


def groups_of(findings: Sequence[Finding], names: Names) -> list[Group]:
    """One a kind and severity, the worst first, as the engine has them."""
    found: dict[tuple[Severity, FindingKind], list[Line]] = {}
    for finding in findings:
        lines = found.setdefault((finding.severity, finding.kind), [])
        if (line := line_of(finding, names)) is not None:
            lines.append(line)
    return [
        Group(
            severity=severity,
            title=_(KINDS[kind].title),
            advice=_(KINDS[kind].advice),
            where=KINDS[kind].where,
            lines=lines,
        )
        for (severity, kind), lines in found.items()
    ]


def line_of(finding: Finding, names: Names) -> Line | None:
    """What it is about, and how much; None where its kind says all."""
    if finding.severity == Severity.BROKEN:
        return Line(text=finding.key) if finding.key else None
    if finding.kind in (FindingKind.MUST_OF_ALL, FindingKind.TABLES_SHORT):
        return Line(text=_("%(asked)s pour %(there)s places", asked=finding.asked, there=finding.there))
    if finding.violation is not None:
        return Line(text=_about_fixed(finding.violation, names))
    if finding.owner is not None:
        return Line(text=_about_owner(finding, names), participant=names.somebody_of.get(finding.owner, ""))
    if finding.participant is not None:
        return Line(text=_about_person(finding, names), participant=names.named(finding.participant).code)
    return Line(text=_about_meetings(finding, names)) if finding.meetings else None


def _about_owner(finding: Finding, names: Names) -> str:
    name = names.organisation(finding.owner or "")
    if not finding.wishes:
        return name
    about = [names.wish(each)[1] for each in finding.wishes]
    why = "; ".join(
        _("%(reason)s (%(count)s)", reason=_(REASONS[reason]), count=count) if len(about) > 1 else _(REASONS[reason])
        for reason, count in finding.reasons
    )
    return _(
        "%(name)s souhaite %(about)s : %(why)s. Possibles : %(there)s sur %(asked)s.",
        name=name,
        about=_some(about),
        why=why,
        there=finding.there,
        asked=finding.asked,
    )


def _about_person(finding: Finding, names: Names) -> str:
    person = names.person(finding.participant or 0)
    if finding.asked is None or finding.there is None:
        return person
    asked = ngettext("%(num)s rencontre demandée", "%(num)s rencontres demandées", finding.asked)
    there = ngettext("de la place pour %(num)s", "de la place pour %(num)s", finding.there)
    return _("%(person)s : %(asked)s, %(there)s", person=person, asked=asked, there=there)


def _about_fixed(violation: Violation, names: Names) -> str:
    meetings, rule = _some([names.meeting(each) for each in violation.meetings], "; "), _(RULES[violation.rule])
    if violation.round is None:
        return _("%(meetings)s : %(rule)s", meetings=meetings, rule=rule)
    return _("%(meetings)s, à %(at)s : %(rule)s", meetings=meetings, at=names.at(violation.round), rule=rule)


def _about_meetings(finding: Finding, names: Names) -> str:
    meetings = _some([names.meeting(each) for each in finding.meetings], "; ")
    if finding.reason is None:
        return meetings
    return _("%(meetings)s : %(reason)s", meetings=meetings, reason=_(REASONS[finding.reason]))


def _some(named: Sequence[str], between: str = ", ") -> str:
    return between.join(named[:MOST_NAMED]) + ("…" if len(named) > MOST_NAMED else "")
