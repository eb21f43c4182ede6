"""The booths of a plan as one exhibitor sees them: the same on the drawing and in the table."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import urlencode

from msgspec import Struct

from digital_days.kernel.i18n import N_, _, current
from exhibitors.domain.booth_choice import BoothState, state_for
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.floor_plan import Booth, Plan
from exhibitors.domain.standings import Occupant

STATES: dict[BoothState, str] = {
    "free": N_("Libre"),
    "held": N_("Option en cours"),
    "taken": N_("Pris"),
    "mine": N_("Le vôtre"),
    "other": N_("Autre catégorie"),
}
Order = Literal["numero", "surface", "etat"]
ORDERS: dict[Order, str] = {"numero": N_("Kiosque"), "surface": N_("Dimensions"), "etat": N_("État")}
_RANKS = {state: rank for rank, state in enumerate(("mine", "free", "held", "taken", "other"))}


class BoothFilter(Struct, frozen=True):
    """What the address asks for; ``area`` in square metres."""

    free: bool = False
    power: bool = False
    network: bool = False
    step_free: bool = False
    area: int = 0
    order: Order = "numero"

    def admits(self, row: "BoothRow") -> bool:
        """What is one's own is always shown."""
        booth = row.booth
        return row.state == "mine" or (
            (not self.free or row.state == "free")
            and (not self.power or booth.power)
            and (not self.network or booth.network)
            and (not self.step_free or booth.step_free)
            and booth.width * booth.depth >= self.area * 10_000
        )

    def query(self, order: Order) -> str:
        """The same in another order, as an address asks for it."""
        ticked = {"libre": self.free, "electricite": self.power, "reseau": self.network, "sans-marche": self.step_free}
        asked = {**{name: "oui" for name, is_on in ticked.items() if is_on}, "surface": self.area, "tri": order}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


class BoothRow(Struct, frozen=True, kw_only=True):
    """``name`` is of whoever has it, where everybody may know."""

    booth: Booth
    state: BoothState
    said: str
    size: str
    name: str


def filter_of(query: Mapping[str, str]) -> BoothFilter:
    """Whatever is not understood asks for nothing."""
    area, order = query.get("surface", ""), query.get("tri", "")
    return BoothFilter(
        free="libre" in query,
        power="electricite" in query,
        network="reseau" in query,
        step_free="sans-marche" in query,
        area=int(area) if area.isascii() and area.isdigit() and len(area) < 4 else 0,
        order=next((each for each in ORDERS if each == order), "numero"),
    )


def rows_of(exhibitor: Exhibitor, plan: Plan, occupants: Mapping[str, Occupant]) -> list[BoothRow]:
    """All booths, in the plan's order."""
    words = {state: _(said) for state, said in STATES.items()}
    rows = []
    for booth in plan.booths:
        occupant = occupants.get(booth.code)
        state = state_for(exhibitor, booth, occupant)
        name = occupant.public_name if occupant else ""
        rows.append(BoothRow(booth=booth, state=state, said=words[state], size=size_of(booth), name=name))
    return rows


def ordered(rows: Sequence[BoothRow], order: Order) -> list[BoothRow]:
    """The plan's order decides between equals."""
    if order == "surface":
        return sorted(rows, key=lambda row: -row.booth.width * row.booth.depth)
    return sorted(rows, key=lambda row: _RANKS[row.state]) if order == "etat" else list(rows)


def marks_of(rows: Sequence[BoothRow], shown: BoothFilter) -> dict[str, dict[str, Any]]:
    """For the macro ``floor_plan``: what can be chosen leads to its line of the table, what does not fit is pale."""
    return {
        row.booth.code: {
            "state": row.state if shown.admits(row) else "other",
            "words": f"{row.booth.number}, {row.said}, {row.size}",
            "url": f"#kiosque-{row.booth.code}" if row.state == "free" and shown.admits(row) else "",
            "name": row.name,
        }
        for row in rows
    }


def areas_of(plan: Plan) -> list[int]:
    """Whole square metres that tell the plan's booths apart."""
    return sorted({booth.width * booth.depth // 10_000 for booth in plan.booths})


def size_of(booth: Booth) -> str:
    """« 3 m × 2,5 m »."""
    return f"{metres(booth.width)} × {metres(booth.depth)}"


def metres(centimetres: int) -> str:
    """« 2,5 m », "2.5 m"."""
    number = f"{centimetres / 100:.2f}".rstrip("0").rstrip(".")
    return f"{number if current() == 'en' else number.replace('.', ',')}\N{NO-BREAK SPACE}m"
