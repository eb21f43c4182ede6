"""Which of its leads an exhibitor looks at, as the address of the page says it."""

from urllib.parse import urlencode

from litestar.datastructures import MultiDict
from msgspec import Struct

from exhibitors.domain.leads import Lead


class LeadFilters(Struct, frozen=True, kw_only=True):
    """Empty is everything."""

    sharing: str = ""
    next_step: str = ""
    interest: str = ""

    def keeps(self, lead: Lead) -> bool:
        """Whether the lead fits all of them."""
        return (
            (not self.sharing or lead.is_shared == (self.sharing == "oui"))
            and (not self.next_step or lead.next_step == self.next_step)
            and (not self.interest or str(lead.interest) == self.interest)
        )

    @property
    def query(self) -> str:
        """Up to the page's number."""
        said = {"partage": self.sharing, "suite": self.next_step, "interet": self.interest}
        return urlencode([*((name, value) for name, value in said.items() if value), ("page", "")])


def lead_filters_in(query: MultiDict[str]) -> LeadFilters:
    """Never refuses: what nobody can have chosen finds nothing."""
    return LeadFilters(
        sharing=query.get("partage", "")[:10],
        next_step=query.get("suite", "")[:10],
        interest=query.get("interet", "")[:1],
    )


def page_asked(query: MultiDict[str]) -> int:
    """The first for what is no number."""
    asked = query.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
