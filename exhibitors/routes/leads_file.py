"""An exhibitor's leads as a file: those alone whose visitors share their details at this moment."""

from collections.abc import Sequence

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.i18n import TORONTO, _, ngettext
from digital_days.kernel.lists import Cell
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.list_file import Kind, list_file
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.signed_links import keep_private
from exhibitors.domain.leads import Lead, leads_of
from exhibitors.routes.portal_page import acting_for


@get("/", name="exhibitors:leads-file", permission=Permission.SIGNED_IN)
async def leads_file(
    request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str], kind: FromPath[Kind]
) -> Response[bytes]:
    """Its last line says how many are left out."""
    own = await acting_for(request, edition, exhibitor)
    return await list_file(rows_of(await leads_of(own.id)), kind, f"{_('contacts')}-{edition.slug}-{own.code}")


def rows_of(leads: Sequence[Lead]) -> list[list[Cell]]:
    """The head, the leads that are shared, and what is not here."""
    shared = [lead for lead in leads if lead.is_shared]
    rows: list[list[Cell]] = [
        [_("Nom"), _("Courriel"), _("Rencontre"), _("Accord donné"), _("Intérêt"), _("Suite souhaitée"), _("Note")],
        *(_row(lead) for lead in shared),
    ]
    if left_out := len(leads) - len(shared):
        sentence = ngettext(
            "%(num)s autre visiteur rencontré n’est pas dans ce fichier : rien de plus n’est partagé.",
            "%(num)s autres visiteurs rencontrés ne sont pas dans ce fichier : rien de plus n’est partagé.",
            left_out,
        )
        rows.append([sentence])
    return rows


def _row(lead: Lead) -> list[Cell]:
    met, given = (
        f"{moment.astimezone(TORONTO):%Y-%m-%d %H:%M}" if moment else "" for moment in (lead.scanned_at, lead.shared_at)
    )
    interest = lead.interest_in_words if lead.interest else ""
    step = lead.next_step_in_words if lead.next_step else ""
    return [lead.name, lead.email, met, given, interest, step, lead.note]


router = Router(
    path="/{edition_slug:str}/mon-kiosque/{exhibitor:str}/contacts/fichier/{kind:str}",
    route_handlers=[leads_file],
    after_request=keep_private,
    include_in_schema=False,
)
