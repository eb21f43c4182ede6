"""Is this plan right? A reader and a checker of their own: nothing here is shared with what makes the plans."""

import re
from collections import Counter
from pathlib import Path
from typing import Any


class Problem:
    """What a ``.dzn`` file of business-to-business meetings says, everything counted from 1 as it does."""

    def __init__(self, path: Path) -> None:
        self._text = re.sub(r"%.*", "", path.read_text(encoding="utf-8"))
        self.businesses, self.tables, self.slots, self.morning = (
            int(self._after(name)) for name in ("nBusiness", "nTables", "nTotalSlots", "nMorningSlots")
        )
        rows = [row for row in self._after("requested").strip("[]|").split("|") if row.strip()]
        self.requested = [tuple(int(number) for number in re.findall(r"\d+", row)) for row in rows]
        self.fixed = [int(number) for number in re.findall(r"\d+", self._after("fixed"))]
        self.forbidden, self.precedences = self._sets("forbidden"), self._sets("precedences")

    def _after(self, name: str) -> str:
        found = re.search(rf"\b{name}\s*=\s*([^;]*)", self._text)
        if not found:
            raise ValueError(f"no {name}")
        return found[1].strip()

    def _sets(self, name: str) -> list[set[int]]:
        return [
            {int(n) for n in re.findall(r"\d+", each)} - {0} for each in re.findall(r"{([^}]*)}", self._after(name))
        ]


def mistakes(problem: Problem, answer: dict[str, Any], fairness: int | None) -> list[str]:
    """What is wrong with an answer of ``digital-days match solve``; empty when nothing is."""
    slots = answer["slots"]
    if slots is None:
        return [] if answer["value"] is None else ["a value without a plan"]
    if len(slots) != len(problem.requested):
        return [f"{len(slots)} slots for {len(problem.requested)} meetings"]
    wrong = [
        f"meeting {number} may not be in slot {slot}"
        for number, (slot, (one, other, session)) in enumerate(zip(slots, problem.requested, strict=True), start=1)
        if not (1 <= slot <= problem.slots)
        or (session == 1 and slot > problem.morning)
        or (session == 2 and slot <= problem.morning)
        or slot in problem.forbidden[one - 1] | problem.forbidden[other - 1]
        or problem.fixed[number - 1] not in (0, slot)
    ]
    wrong += [f"{n} meetings in slot {slot}" for slot, n in Counter(slots).items() if n > problem.tables]
    wrong += [
        f"meeting {earlier} is not before meeting {number}"
        for number, before in enumerate(problem.precedences, start=1)
        for earlier in before
        if slots[earlier - 1] >= slots[number - 1]
    ]
    breaks = []
    for business in range(1, problem.businesses + 1):
        hours = [slot for slot, row in zip(slots, problem.requested, strict=True) if business in row[:2]]
        if len(set(hours)) < len(hours):
            wrong.append(f"business {business} is in two meetings at once")
        line = "".join("x" if slot in hours else " " for slot in range(1, problem.slots + 1))
        breaks.append(len(re.findall(r"x +(?=x)", line)))
    if answer["value"] != sum(breaks):
        wrong.append(f"{sum(breaks)} breaks, not {answer['value']}")
    if fairness is not None and max(breaks, default=0) - min(breaks, default=0) > fairness:
        wrong.append("breaks are not fairly spread")
    if answer["bound"] > sum(breaks) or answer["proven"] != (answer["bound"] == sum(breaks)):
        wrong.append("the bound is not one")
    return wrong
