"""Two minutes afterwards: what somebody thought of what they were at, behind the link of a mail, without their name."""

from collections.abc import Mapping, Sequence

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.i18n import N_, _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.private_links import WrongLink, proved_code
from digital_days.kernel.registrations import Registration, registration_called
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import edition_of_link, keep_private, wrong_link
from digital_days.kernel.web.urls import url
from scheduling.domain.feedback import ENOUGH, RATINGS, Occasion, Opinion, occasions, say_opinions

LONGEST = 1000
_FIELDS = ("rating", "helped", "better")
CHOOSE_ONE = N_("Choisissez d’abord une réponse : Excellente, Très bonne…")
TOO_LONG = N_("C’est trop long : %(most)s caractères au plus.")
NOTHING_SAID = N_("Choisissez une réponse pour au moins une activité.")


@get("/avis/{token:str}", name="scheduling:feedback", permission=Permission.SIGNED_LINK)
async def ask(request: PageRequest, token: FromPath[str]) -> Response[str]:
    """One short form for everything that is over; what is left blank may be answered later."""
    registration = await registration_called(proved_code("feedback", token))
    return await _asked(request, token, registration, await occasions(registration.code))


@post("/avis/{token:str}", name="scheduling:say-feedback", permission=Permission.SIGNED_LINK)
async def say(request: PageRequest, token: FromPath[str]) -> Response[str] | Redirect:
    """Once an activity, for good: nobody can find the answer again to change it."""
    registration = await registration_called(proved_code("feedback", token))
    open_now = await occasions(registration.code)
    form = await request.form()
    typed = {name: str(value).replace("\x00", "").strip() for name, value in form.items()}
    opinions, errors = _said(typed, open_now)
    if errors or (open_now and not opinions):
        return await _asked(request, token, registration, open_now, typed, errors or {"": _(NOTHING_SAID)})
    counted = await say_opinions(registration.code, opinions)
    thanks = (
        ngettext("Merci! Votre avis est compté.", "Merci! Vos %(num)s avis sont comptés.", counted) if counted else ""
    )
    return see_other(url("scheduling:feedback", token=token), flash=thanks)


def _said(typed: Mapping[str, str], open_now: Sequence[Occasion]) -> tuple[list[Opinion], dict[str, str]]:
    """What was answered, and what is wrong with it by field; only what is open to this person is looked at."""
    opinions, errors = [], {}
    for occasion in open_now:
        code = occasion.activity
        rating, helped, better = (typed.get(f"{name}-{code}", "") for name in _FIELDS)
        for name, words in (("helped", helped), ("better", better)):
            if len(words) > LONGEST:
                errors[f"{name}-{code}"] = _(TOO_LONG, most=LONGEST)
        if rating in map(str, RATINGS):
            opinions.append(Opinion(activity=code, rating=int(rating), helped=helped, better=better))
        elif rating or helped or better:
            errors[f"rating-{code}"] = _(CHOOSE_ONE)
    return opinions, errors


async def _asked(
    request: PageRequest,
    token: str,
    registration: Registration,
    open_now: Sequence[Occasion],
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response[str]:
    return page(
        request,
        "scheduling/feedback.html",
        edition=await edition_of_link(registration.edition_slug),
        status_code=422 if errors else 200,
        occasions=open_now,
        ratings=[(str(number), _(words)) for number, words in RATINGS.items()],
        typed=typed or {},
        labels={f"{name}-{each.activity}": each.title for each in open_now for name in _FIELDS},
        errors=errors or {},
        enough=ENOUGH,
        action=url("scheduling:say-feedback", token=token),
    )


router = Router(
    path="/",
    route_handlers=[ask, say],
    after_request=keep_private,
    exception_handlers={WrongLink: wrong_link},
    include_in_schema=False,
)
