"""The boxes of needs as forms read them; ticking is what agrees to their being kept."""

from typing import Annotated, Any

from msgspec import Meta

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import Form, OneLine
from scheduling.domain.needs import KINDS, LONGEST, Said

OTHER = "other"
OtherNeed = Annotated[OneLine, Meta(max_length=LONGEST)]
TICK_TOO = N_("Cochez aussi « Autre chose », pour que nous puissions garder ce que vous écrivez.")
SAY_WHAT = N_("Dites-nous en quelques mots ce dont vous avez besoin.")


def look_at_needs(form: Form[Any]) -> None:
    """What is written is kept only where its box is ticked, and a box without words helps nobody."""
    ticked, written = OTHER in form["needs"], str(form["other_need"]).strip()
    if "other_need" in form.errors or ticked == bool(written):
        return
    form.refuse("other_need", _(SAY_WHAT if ticked else TICK_TOO))


def said_in(form: Form[Any]) -> Said:
    """What a form without errors says."""
    return Said(
        **{kind: kind in form["needs"] for kind in KINDS},
        other=form.value.other_need if form.value and OTHER in form["needs"] else "",
    )
