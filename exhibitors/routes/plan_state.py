"""The plan as the drawing in the browser reads it."""

import hashlib
from collections.abc import Mapping, Sequence

import msgspec
from litestar import Response
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.web.page_cache import JSON
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.urls import url
from exhibitors.domain.floor_plan import Booth, Plan, Shape, plan_of
from exhibitors.domain.plan_pieces import SHAPES
from exhibitors.domain.plan_words import Told, found_in
from exhibitors.domain.standings import Occupant, occupants_of


class Piece(Struct, kw_only=True, omit_defaults=True):
    """``kind`` booth, or a shape's; ``name`` is what people call it, ``state`` free, held or taken, ``who`` has it."""

    code: str
    kind: str
    name: str
    x: int
    y: int
    width: int
    depth: int
    version: str
    page: str
    number: str = ""
    category: str = ""
    power: bool = False
    network: bool = False
    step_free: bool = False
    note: str = ""
    label_fr: str = ""
    label_en: str = ""
    state: str = ""
    who: str = ""


class FindingState(Struct, kw_only=True):
    sentence: str
    forbids: bool
    codes: Sequence[str]
    names: Sequence[str]


class PlanState(Struct, kw_only=True):
    """``version`` changes with anything in it."""

    width: int
    depth: int
    aisle: int
    pieces: Sequence[Piece]
    findings: Sequence[FindingState]
    version: str = ""


class Answer(Struct, kw_only=True):
    """To a change: why not, or nothing; who has what was changed; the codes of what was put; how all is now."""

    sentence: str
    notes: Sequence[str]
    codes: Sequence[str]
    state: PlanState


async def state_of(edition: Edition) -> PlanState:
    """Everything that is on the plan now."""
    plan = await plan_of(edition.id)
    occupied = await occupants_of(edition.id)
    return plan_state(edition, plan, occupied, await found_in(plan))


def plan_state(edition: Edition, plan: Plan, occupied: Mapping[str, Occupant], found: Sequence[Told]) -> PlanState:
    """The same of what is known already."""
    state = PlanState(
        width=plan.width,
        depth=plan.depth,
        aisle=plan.aisle,
        pieces=[
            *(_shape(edition, shape) for shape in plan.shapes),
            *(_booth(edition, booth, occupied.get(booth.code)) for booth in plan.booths),
        ],
        findings=[
            FindingState(sentence=told.sentence, forbids=told.forbids, codes=told.codes, names=told.names)
            for told in found
        ],
    )
    state.version = hashlib.sha256(msgspec.json.encode(state)).hexdigest()[:32]
    return state


def state_response(request: PageRequest, state: PlanState) -> Response[bytes]:
    """304 to whoever has it already."""
    headers = {"etag": f'"{state.version}"', "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(msgspec.json.encode(state), media_type=JSON, headers=headers)


def _booth(edition: Edition, booth: Booth, by: Occupant | None) -> Piece:
    return Piece(
        code=booth.code,
        kind="booth",
        name=booth.number,
        x=booth.x,
        y=booth.y,
        width=booth.width,
        depth=booth.depth,
        version=booth.version,
        page=url("exhibitors:plan-booth", edition_slug=edition.slug, booth=booth.code),
        number=booth.number,
        category=booth.category,
        power=booth.power,
        network=booth.network,
        step_free=booth.step_free,
        note=booth.note,
        state="free" if by is None else "held" if by.is_held else "taken",
        who=by.name if by else "",
    )


def _shape(edition: Edition, shape: Shape) -> Piece:
    return Piece(
        code=shape.code,
        kind=shape.kind,
        name=shape.label or _(SHAPES[shape.kind]),
        x=shape.x,
        y=shape.y,
        width=shape.width,
        depth=shape.depth,
        version=shape.version,
        page=url("exhibitors:plan-shape", edition_slug=edition.slug, shape=shape.code),
        label_fr=shape.label_fr,
        label_en=shape.label_en,
    )
