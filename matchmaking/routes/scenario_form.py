"""The form of a scenario: its name, and what it changes of the settings; empty is as there."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import Form, OneLine
from digital_days.kernel.web.question_rows import whole_number
from matchmaking.domain.fit import WEIGHTS
from matchmaking.domain.fit_words import PART_NAMES
from matchmaking.domain.scenarios import Scenario, Variation
from matchmaking.domain.settings import SpeedDating
from matchmaking.routes.settings_form import BETWEEN, HEAVIEST, LIMITS, MOST_ROUNDS, NO_ROUND, TOO_MANY_ROUNDS

VARIED = ("tables", "round_minutes", "pause_minutes", "spread")
LABELS = {
    "name": N_("Nom du scénario"),
    "tables": N_("Nombre de tables"),
    "round_minutes": N_("Durée d’une ronde, en minutes"),
    "pause_minutes": N_("Pause entre deux rondes, en minutes"),
    "spread": N_("Écart permis entre les nombres de pauses"),
}


class ScenarioForm(Struct, kw_only=True):
    """Numbers as text; ``weight`` in the order of the fit's parts."""

    name: Annotated[OneLine, Meta(max_length=120)]
    version: str = ""
    tables: str = ""
    round_minutes: str = ""
    pause_minutes: str = ""
    spread: str = ""
    weight: list[str] = []


def empty() -> dict[str, object]:
    """The form of a scenario that is not there yet."""
    return {**dict.fromkeys(ScenarioForm.__struct_fields__, ""), "weight": []}


def form_of(scenario: Scenario) -> dict[str, object]:
    """As it is on record."""
    varied = {name: getattr(scenario.variation, name) for name in VARIED}
    weights = scenario.variation.weights or {}
    return {
        "name": scenario.name,
        "version": scenario.version,
        **{name: "" if value is None else str(value) for name, value in varied.items()},
        "weight": [str(weights.get(name, "")) for name in WEIGHTS],
    }


def read_variation(form: Form[ScenarioForm], dating: SpeedDating) -> Variation:
    """What it means; refuses numbers that are none, out of bounds, or leave no round or far too many."""
    numbers = {name: _number(form, name, str(form[name]), *LIMITS[name]) for name in VARIED}
    typed = form["weight"]
    weights = {
        name.value: _number(form, f"weight-{place}", text, 0, HEAVIEST)
        for place, (name, text) in enumerate(zip(WEIGHTS, typed if isinstance(typed, list) else [], strict=False))
    }
    said = {name: weight for name, weight in weights.items() if weight is not None}
    variation = Variation(**numbers, weights=said or None)
    rounds = len(variation.applied_to(dating).rounds)
    if dating.sessions and not rounds:
        form.refuse("round_minutes", _(NO_ROUND))
    if rounds > MOST_ROUNDS:
        form.refuse("round_minutes", _(TOO_MANY_ROUNDS, rounds=rounds, most=MOST_ROUNDS))
    return variation


def words_of_form(dating: SpeedDating) -> dict[str, Any]:
    """What the template says around the fields: ``usual`` is what stands in the settings."""
    return {
        "labels": {name: _(words) for name, words in LABELS.items()},
        "limits": {name: LIMITS[name] for name in VARIED},
        "usual": {name: getattr(dating, name) for name in VARIED},
        "parts": [(_(words), dating.weights.get(name, WEIGHTS[name])) for name, words in PART_NAMES.items()],
    }


def _number(form: Form[ScenarioForm], field: str, typed: str, least: int, most: int) -> int | None:
    typed = typed.strip()
    number = whole_number(typed)
    if not typed:
        return None
    if number is None or not least <= number <= most:
        form.refuse(field, _(BETWEEN, least=least, most=most))
        return None
    return number
