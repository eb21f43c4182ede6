"""How a package plugs into the program: one manifest, read by the composition root."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litestar import Router
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from digital_days.kernel.afterwards import Afterwards
from digital_days.kernel.agenda import Provider
from digital_days.kernel.events import Event
from digital_days.kernel.forgetting import Forget
from digital_days.kernel.happenings import Happenings
from digital_days.kernel.long_work import LongWork
from digital_days.kernel.mail import Composer
from digital_days.kernel.occupations import Titles
from digital_days.kernel.purge import Tidy
from digital_days.kernel.sweeping import Sweep
from digital_days.kernel.web.keepsakes import Keepsake
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart

Handler = Callable[[Any], Awaitable[None]]


class Attention(Struct, frozen=True, kw_only=True):
    """Something an organiser should look at today, in a sentence, with where to look."""

    sentence: str
    path: str = ""
    urgent: bool = False


class Panel(Struct, frozen=True, kw_only=True):
    """A part of the organiser's page: a template and what it shows."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Service:
    """What a package offers to the whole; every field is a question the shell asks of all services.

    ``agenda(person_id, edition_id)`` lists a person's items, cancelled ones included; ``agenda_titles`` name the
    entries of its sources in people's agendas (``kernel.occupations``);
    ``organising`` are its parts of the organisers' menu; ``attention(edition_id)`` and ``panels(edition_id)`` fill
    the organiser's page; ``forget(people, before)`` takes away what it keeps of those it has not needed since then
    and returns them (``kernel.forgetting``); ``tidy(now)`` takes away what nobody needs any more (``kernel.purge``);
    ``sweep(now)`` promises what becomes due by the clock (``kernel.sweeping``); ``long_work()`` does one piece of what
    takes a minute (``kernel.long_work``); ``keepsakes`` are cookies in which a
    browser keeps something for whoever has no account (``kernel.web.keepsakes``); ``afterwards(registration)`` lists
    what somebody who took part finds behind links of their agenda (``kernel.afterwards``); ``happenings(edition_id)``
    lists what its public programme has on (``kernel.happenings``).
    """

    name: str
    tables: str = ""
    routers: Sequence[HTTPRouteHandler | Router] = ()
    templates: Path | None = None
    sql: Path | None = None
    subscriptions: Mapping[type[Event], Sequence[Handler]] = field(default_factory=dict)
    mails: Mapping[str, Composer] = field(default_factory=dict)
    menu: Sequence[MenuItem] = ()
    organising: Sequence[MenuPart] = ()
    agenda: Provider | None = None
    agenda_titles: Mapping[str, Titles] = field(default_factory=dict)
    afterwards: Afterwards | None = None
    happenings: Happenings | None = None
    forget: Forget | None = None
    tidy: Tidy | None = None
    sweep: Sweep | None = None
    long_work: LongWork | None = None
    keepsakes: Sequence[Keepsake] = ()
    attention: Callable[[int], Awaitable[list[Attention]]] | None = None
    panels: Callable[[int], Awaitable[list[Panel]]] | None = None
