"""Where the programme page leads those who want to take it along."""

from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.programme_filters import Filters


class Takeaway(Struct, frozen=True, kw_only=True):
    """``calendar`` follows the reader's choices where there are any (``chosen``); ``subscribe`` is the same one."""

    calendar: str
    subscribe: str
    json: str
    xml: str
    chosen: bool


def takeaway(edition: Edition, filters: Filters) -> Takeaway:
    """The day counts for nothing in it, nor do seats that are left now: whoever subscribes looks for months."""
    lasting = Filters(words=filters.words, labels=filters.labels, language=filters.language)
    calendar = url("scheduling:programme-calendar", edition_slug=edition.slug)
    calendar += f"?{lasting.query}" if lasting else ""
    return Takeaway(
        calendar=calendar,
        subscribe=f"webcal://{absolute(calendar).partition('://')[2]}",
        json=url("scheduling:schedule-json", edition_slug=edition.slug),
        xml=url("scheduling:schedule-xml", edition_slug=edition.slug),
        chosen=bool(lasting),
    )
