"""The public programme: its page, an activity's, a speaker's."""

from litestar import Router, get
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from digital_days.kernel import consents
from digital_days.kernel.agreements import to_ask
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.page_cache import is_known, public_page
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.activities import activity_called, chosen_offer, offers_of, places_held
from scheduling.domain.activity_rules import rule_book
from scheduling.domain.programme_filters import NOBODYS, filters_in
from scheduling.domain.programme_reading import programme_of
from scheduling.domain.speakers import appearances, speaker_called
from scheduling.exports.linked_data import slot_events
from scheduling.routes.labels import day_name, given_in
from scheduling.routes.mine import mine_of, my_favourites
from scheduling.routes.programme_page import programme_page
from scheduling.routes.public_slots import public_edition, public_slot


@get("/{edition_slug:str}/programme", name="scheduling:programme", permission=Permission.PUBLIC)
async def programme(request: PageRequest, edition: RequestedEdition) -> ASGIResponse:
    """By day, narrowed by what the address asks for."""
    shown = await programme_of(edition.id)
    filters = filters_in(request.query_params, shown)
    own_page = filters.is_personal or is_known(request)
    mine = await mine_of(request, edition, shown) if own_page else NOBODYS
    return public_page(
        request,
        "scheduling/programme.html",
        edition=edition,
        version=shown.version,
        query=filters.query,
        context=lambda: programme_page(edition, shown, filters, mine),
        personal=own_page,
    )


@get(
    "/{edition_slug:str}/activites/{activity_code:str}",
    name="scheduling:activity",
    permission=Permission.PUBLIC,
)
async def activity(request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]) -> ASGIResponse:
    """What it is, when, and the form to take a place; ``plage`` is the slot chosen among several."""
    shown = await programme_of(edition.id)
    wanted = activity_called(shown, activity_code)
    offers = offers_of(shown, wanted)
    chosen = chosen_offer(offers, request.query_params.get("plage", ""))
    held = await places_held(request.user.id, edition.id) if request.user else {}
    asked = await to_ask(request.user.id, edition.id) if request.user else consents.REGISTRATION
    favourites = await my_favourites(request, edition) if is_known(request) else frozenset()
    rules = await rule_book(edition.id)
    return public_page(
        request,
        "scheduling/activity.html",
        edition=edition,
        version=f"{shown.version} {rules.version}",
        query=f"plage={chosen.slot.code}" if chosen else "",
        context=lambda: {
            "activity": wanted,
            "offers": offers,
            "chosen": chosen,
            "held": held,
            "consents": asked,
            "asking": rules.asking(wanted.source_id),
            "favourites": favourites,
            "day_name": day_name,
            "given_in": given_in,
            "linked_data": slot_events(public_edition(edition), [public_slot(offer.slot, edition) for offer in offers]),
        },
    )


@get(
    "/{edition_slug:str}/intervenants/{speaker_code:str}",
    name="scheduling:speaker",
    permission=Permission.PUBLIC,
)
async def speaker(request: PageRequest, edition: RequestedEdition, speaker_code: FromPath[str]) -> ASGIResponse:
    """Who it is, and where to meet them."""
    shown = await programme_of(edition.id)
    wanted = speaker_called(shown, speaker_code)
    return public_page(
        request,
        "scheduling/speaker.html",
        edition=edition,
        version=shown.version,
        query="",
        context=lambda: {
            "speaker": wanted,
            "slots": appearances(shown, wanted),
            "day_name": day_name,
            "given_in": given_in,
        },
    )


router = Router(path="/", route_handlers=[programme, activity, speaker], include_in_schema=False)
