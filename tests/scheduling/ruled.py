"""Rules of an activity, and people who ask for its places, for tests."""

from datetime import timedelta
from typing import Any

from digital_days.kernel import consents
from digital_days.kernel.questions import Option, Question
from scheduling.domain.activity_rules import Rules
from scheduling.domain.places import Answer, Applicant, Wish, take_place
from scheduling.domain.rule_writing import write_rules
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_slot
from tests.scheduling.programme_factories import make_label

BEFORE = IN_A_YEAR - timedelta(days=10)
AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")

DIET = Question(code="DIET", kind="text", fr="Allergies", en="Allergies")
LEVEL = Question(
    code="LEVEL",
    kind="one",
    fr="Votre niveau",
    en="Your level",
    required=True,
    options=(Option("1", "Débutant", "Beginner"), Option("2", "À l’aise", "At ease")),
)


async def ruled_slot(rules: Rules, *, seats: int = 2, english: bool = True) -> tuple[Made, Made, Made]:
    """An edition with the audience « Étudiants », an activity under these rules, and its slot."""
    edition = await make_edition(english=english)
    await make_label(edition, "audience", "etudiants", "Étudiants", name_en="Students")
    activity = await make_activity(edition)
    slot = await make_slot(activity, seats=seats)
    await say_rules(edition, activity, rules)
    return edition, activity, slot


async def say_rules(edition: Made, activity: Made, rules: Rules, *, version: str = "") -> None:
    await write_rules(edition.id, activity.code, rules, version=version)  # the factories' key is the code


async def ask(slot: Made, who: int | str, *, audience: str = "", origin: str = "web", **more: Any) -> Answer:
    """As a signed-in person (a number), or somebody of this name."""
    applicant = (
        Applicant(person_id=who) if isinstance(who, int) else Applicant(name=who, email=f"{who.lower()}@example.ca")
    )
    return await take_place(slot.code, applicant, consents=AGREED, origin=origin, wish=Wish(audience=audience, **more))
