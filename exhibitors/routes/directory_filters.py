"""What a visitor looks for at the fair, as the address of the page says it."""

from urllib.parse import urlencode

from litestar.datastructures import MultiDict
from msgspec import Struct

from exhibitors.domain.directory import words_of

_LONGEST, _MOST = 200, 20


class DirectoryFilters(Struct, frozen=True, kw_only=True):
    """``typed`` is the search as it was written; needs are slugs of the taxonomy."""

    typed: str = ""
    needs: tuple[str, ...] = ()
    favourites: bool = False

    @property
    def words(self) -> list[str]:
        """Word by word, without accents."""
        return words_of(self.typed)

    @property
    def is_set(self) -> bool:
        """Whether something is looked for."""
        return bool(self.words or self.needs or self.favourites)

    def address(self, path: str) -> str:
        """This page, with the same filters."""
        pairs = [("q", self.typed)] if self.typed else []
        pairs += [("besoin", need) for need in self.needs]
        pairs += [("favoris", "oui")] if self.favourites else []
        return f"{path}?{urlencode(pairs)}" if pairs else path


def filters_in(query: MultiDict[str]) -> DirectoryFilters:
    """Never refuses: what nobody can have chosen finds nothing."""
    return DirectoryFilters(
        typed=" ".join(query.get("q", "")[:_LONGEST].split()),
        needs=tuple(dict.fromkeys(slug for slug in query.getall("besoin", [])[:_MOST] if slug)),
        favourites=query.get("favoris", "") == "oui",
    )
