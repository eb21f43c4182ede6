"""What a colleague stored of the public page meanwhile, beside what somebody has typed."""

from collections.abc import Sequence

from digital_days.kernel.happenings import Happening
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.need_terms import NeedTerm
from digital_days.kernel.web.changed_meanwhile import differences
from digital_days.kernel.web.forms import Form
from exhibitors.domain.profiles import Profile
from exhibitors.routes.profile_form import LABELS, ProfileForm, link_rows

ANOTHER = N_("un autre logo")


def said_meanwhile(
    form: Form[ProfileForm], profile: Profile, terms: Sequence[NeedTerm], happenings: Sequence[Happening]
) -> list[tuple[str, str]]:
    """Label and stored value of all that differs from what was typed, in words."""
    texts = ("name", "summary_fr", "summary_en", "description_fr", "description_en")
    stored = {name: getattr(profile, name) for name in texts if name in form.typed}
    said = differences(form, stored, LABELS)
    if form["logo"] != profile.logo:
        said.append((_(LABELS["picture"]), _(ANOTHER) if profile.logo else ""))
    if set(form["needs"]) != set(profile.needs):
        said.append((_(LABELS["needs"]), ", ".join(term.name for term in terms if term.slug in profile.needs)))
    if [pair for pair in link_rows(form) if any(pair)] != [(link.label, link.url) for link in profile.links]:
        said.append((_(LABELS["links"]), ", ".join(link.url for link in profile.links)))
    if set(form["activities"]) != set(profile.activities):
        titles = ", ".join(each.title for each in happenings if each.code in profile.activities)
        said.append((_(LABELS["activities"]), titles))
    return said
