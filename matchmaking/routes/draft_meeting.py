"""One meeting of a draft, or a new one: what can be done with it."""

from typing import Annotated, Any

from litestar import Response, Router, get
from litestar.params import FromPath
from msgspec import Meta, Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid, http_status
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import WholeNumber
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from matchmaking.domain.draft_changes import Change, Do, NotInDraft
from matchmaking.domain.drafting import Drafted, drafted

MEETING = "matchmaking:draft-meeting"
Code = Annotated[str, Meta(max_length=40)]


class ChangeForm(Struct, kw_only=True):
    """``against``: two codes with a space between them. ``version``: of the draft that was looked at."""

    do: Do
    one: Code = ""
    other: Code = ""
    round: WholeNumber = WholeNumber(0)
    table: WholeNumber = WholeNumber(0)
    against: Code = ""
    version: Code = ""

    @property
    def change(self) -> Change:
        """As the draft understands it."""
        against = self.against.partition(" ")
        pair = (self.one, self.other)
        return Change(do=self.do, pair=pair, round=self.round, table=self.table, against=(against[0], against[2]))


@get("/rencontre/{one:str}/{other:str}", name=MEETING, permission=Permission.ORGANISE)
async def meeting(
    request: PageRequest, edition: RequestedEdition, run: FromPath[str], one: FromPath[str], other: FromPath[str]
) -> Response[str]:
    """When, where, and all that can be done with it."""
    return meeting_page(request, edition, await drafted(edition.id, run), ChangeForm(do="move", one=one, other=other))


def meeting_page(
    request: PageRequest,
    edition: Edition,
    draft: Drafted,
    asked: ChangeForm,
    *,
    error: Conflict | Invalid | None = None,
) -> Response[str]:
    """Also where something asked of it was refused. Raises ``NotInDraft``."""
    place = draft.places.get((asked.one, asked.other))
    if place is None:
        raise NotInDraft
    names = draft.names
    own = {place.one, place.other}
    near = [each for each in draft.draft if each.round == place.round or own & {each.one, each.other}]
    others = [each for each in near if each != place and each.round > draft.begun]
    return page(
        request,
        "matchmaking/draft_meeting.html",
        edition=edition,
        status_code=http_status(error) if error else 200,
        error=str(error) if error else "",
        place=place,
        is_possible=(place.one, place.other) in draft.asked.numbers,
        has_begun=place.round <= draft.begun,
        when=names.round(place.round - 1),
        pair=names.pair(place.one, place.other),
        sides=[draft.seats.get(code) for code in (place.one, place.other)],
        swaps=[
            (
                f"{each.one} {each.other}",
                _(
                    "%(round)s, table %(table)s : %(pair)s",
                    round=names.round(each.round - 1),
                    table=each.table,
                    pair=names.pair(each.one, each.other),
                ),
            )
            for each in others
        ],
        **_choices(edition, draft, asked),
    )


def addition_page(
    request: PageRequest,
    edition: Edition,
    draft: Drafted,
    asked: ChangeForm,
    *,
    error: Conflict | Invalid | None = None,
) -> Response[str]:
    """The form, with what was chosen, and why it was refused."""
    active = [each for each in draft.seats.values() if each.is_active]
    return page(
        request,
        "matchmaking/draft_addition.html",
        edition=edition,
        status_code=http_status(error) if error else 200,
        error=str(error) if error else "",
        sides={
            side: [(each.code, each.words) for each in active if each.side == side] for side in ("business", "resource")
        },
        **_choices(edition, draft, asked),
    )


def _choices(edition: Edition, draft: Drafted, asked: ChangeForm) -> dict[str, Any]:
    """What both pages of a meeting offer: rounds to come, tables of the hall."""
    tables = sorted({number for tables in draft.asked.problem.tables for number in tables})
    return {
        "organiser_menu": organiser_menu(edition, "matchmaking:scenarios"),
        "run": draft.run,
        "asked": asked,
        "rounds": [
            (each.number, draft.names.round(each.number - 1).capitalize())
            for each in draft.run.rounds
            if each.number > draft.begun
        ],
        "tables": [(number, _("Table %(number)s", number=number)) for number in tables],
    }


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/horaire/{run:str}",
    route_handlers=[meeting],
    include_in_schema=False,
)
