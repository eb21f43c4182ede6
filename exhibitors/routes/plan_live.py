"""The plan while it is drawn: asked for every few seconds, changed stroke by stroke."""

from typing import Literal

import msgspec
from litestar import Response, Router, get, post
from msgspec import Struct

from digital_days.kernel.errors import Invalid, Refusal, http_status
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.page_cache import JSON
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.floor_plan import ShapeKind
from exhibitors.domain.plan_changes import change_plan
from exhibitors.domain.plan_pieces import Applied, BoothFacts, Put, ShapeFacts, TakeAway
from exhibitors.routes.plan_pages import PATH
from exhibitors.routes.plan_state import Answer, state_of, state_response

_NOTHING = Applied(version=0, codes=[], notes=[])


class _Piece(Struct, kw_only=True):
    """As the browser sends it; what its kind does not have is left alone."""

    kind: Literal["booth"] | ShapeKind
    x: int
    y: int
    width: int
    depth: int
    code: str = ""
    version: str = ""
    number: str = ""
    category: str = ""
    power: bool = False
    network: bool = False
    step_free: bool = False
    note: str = ""
    label_fr: str = ""
    label_en: str = ""


class _Removed(Struct, kw_only=True):
    kind: str
    code: str
    version: str


class _Changes(Struct, kw_only=True):
    """One stroke: all of it or nothing."""

    put: list[_Piece] = []
    remove: list[_Removed] = []


@get("/etat", name="exhibitors:plan-state", permission=Permission.ORGANISE)
async def state(request: PageRequest, edition: RequestedEdition) -> Response[bytes]:
    """Usually nothing has changed."""
    return state_response(request, await state_of(edition))


@post("/changements", name="exhibitors:plan-changes", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition) -> Response[bytes]:
    """The new state, or why not with the state as it is."""
    done, sentence, status = _NOTHING, "", 200
    try:
        changes = msgspec.json.decode(await request.body(), type=_Changes)
        puts = [Put(code=each.code, version=each.version, facts=_facts(each)) for each in changes.put]
        removals = [
            TakeAway(what="booth" if each.kind == "booth" else "shape", code=each.code, version=each.version)
            for each in changes.remove
        ]
        done = await change_plan(edition.id, puts, removals)
    except (msgspec.DecodeError, UnicodeDecodeError):
        sentence, status = _(Invalid.message), 422
    except Refusal as refusal:
        sentence, status = str(refusal), http_status(refusal)
    answer = Answer(sentence=sentence, notes=done.notes, codes=done.codes, state=await state_of(edition))
    headers = {"cache-control": "no-store"}
    return Response(msgspec.json.encode(answer), media_type=JSON, status_code=status, headers=headers)


def _facts(piece: _Piece) -> BoothFacts | ShapeFacts:
    place = {"x": piece.x, "y": piece.y, "width": piece.width, "depth": piece.depth}
    if piece.kind == "booth":
        return BoothFacts(
            **place,
            number=_line(piece.number),
            category=piece.category,
            power=piece.power,
            network=piece.network,
            step_free=piece.step_free,
            note=_line(piece.note),
        )
    return ShapeFacts(kind=piece.kind, label_fr=_line(piece.label_fr), label_en=_line(piece.label_en), **place)


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


router = Router(path=PATH, route_handlers=[state, change], include_in_schema=False)
