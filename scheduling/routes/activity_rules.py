"""Where organisers say what an activity's places need: seats kept, when to register, prerequisites, questions."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.local_times import PASSAGES
from digital_days.kernel.permissions import Permission
from digital_days.kernel.questions import KINDS
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.question_rows import press_question
from digital_days.kernel.web.urls import url
from scheduling.domain.activity_choices import LabelChoice, choices_of
from scheduling.domain.activity_rules import Asking
from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_activity import planned_activity
from scheduling.domain.rule_writing import AudienceGone, RuledActivity, ruled_activity, write_rules
from scheduling.routes.rules_form import MOMENTS, RulesForm, form_of, read_rules
from scheduling.routes.rules_words import differences, labels

SAVED = N_("Les règles sont enregistrées. Elles comptent dès maintenant.")


class _Opened(Struct, frozen=True, kw_only=True):
    edition: Edition
    activity: RuledActivity
    audiences: list[LabelChoice]

    @property
    def slugs(self) -> set[str]:
        return {audience.slug for audience in self.audiences}


@get("/", name="scheduling:activity-rules", permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]) -> Response[str]:
    """As they are on record."""
    on = await _opened(edition, activity_code)
    return _rules_page(request, on, form_of(on.activity.rules, on.activity.version), {})


@post("/", name="scheduling:change-activity-rules", permission=Permission.ORGANISE)
async def change(
    request: PageRequest, edition: RequestedEdition, activity_code: FromPath[str]
) -> Response[str] | Redirect:
    """Saves, at once for everybody, or answers one of the form's own buttons."""
    on = await _opened(edition, activity_code)
    form = (await read_form(request, RulesForm)).value or RulesForm()
    if form.do:
        press_question(form)
        return _rules_page(request, on, form, {})
    begins = [slot.starts_at for slot in on.activity.slots]
    rules, errors = read_rules(form, on.activity.rules, on.slugs, begins=begins)
    if errors:
        return _rules_page(request, on, form, errors, status=422)
    try:
        await write_rules(edition.id, on.activity.source_id, rules, version=form.version)
    except AudienceGone as refusal:
        return _rules_page(request, on, form, {"reserved_for": str(refusal)}, status=409)
    except ChangedMeanwhile:
        now = await _opened(edition, activity_code)
        stored = form_of(now.activity.rules, now.activity.version)
        form.version = stored.version
        return _rules_page(request, now, form, {}, changes=differences(form, stored), status=409)
    return see_other(
        url("scheduling:activity-rules", edition_slug=edition.slug, activity_code=activity_code), flash=_(SAVED)
    )


async def _opened(edition: Edition, code: str) -> _Opened:
    draft = await draft_of(edition.id)
    planned = await planned_activity(draft, code)
    activity = await ruled_activity(
        edition.id,
        planned.source_id,
        code=planned.code,
        title_fr=planned.content.title_fr,
        title_en=planned.content.title_en,
    )
    return _Opened(edition=edition, activity=activity, audiences=list((await choices_of(draft)).labels["audience"]))


def _rules_page(
    request: PageRequest,
    on: _Opened,
    form: RulesForm,
    errors: dict[str, str],
    *,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    shown, _wrong = read_rules(form, on.activity.rules, on.slugs)
    names = {audience.slug: audience.name for audience in on.audiences}
    kept = {row.code for row in form.rows}
    return page(
        request,
        "scheduling/activity_rules.html",
        edition=on.edition,
        status_code=status,
        organiser_menu=organiser_menu(on.edition, "scheduling:planned-activities"),
        activity=on.activity,
        here=url("scheduling:activity-rules", edition_slug=on.edition.slug, activity_code=on.activity.code),
        form=form,
        errors=errors,
        labels=labels(form),
        changes=changes,
        audiences=[(audience.slug, str(audience.name)) for audience in on.audiences],
        kinds=[(kind, _(words)) for kind, words in KINDS.items()],
        passages=[(which, _(words)) for which, words in PASSAGES],
        moments={name: form.moment(name) for name in MOMENTS},
        preview=Asking(rules=shown, audiences=names if shown.reserves and shown.reserved_for in names else {}),
        lost=sum(count for code, count in on.activity.answered.items() if code not in kept),
        pending=bool(form.do),
    )


router = Router(
    path="/{edition_slug:str}/organisation/activites/{activity_code:str}/regles",
    route_handlers=[show, change],
    include_in_schema=False,
)
