"""A text in two columns, shown in the reader's language where it exists, else in the other, and then marked."""

from msgspec import Struct

from digital_days.kernel.i18n import current, localized


class Words(Struct, frozen=True):
    """``spoken`` is the language of the French column where that column holds another one (an imported « de »)."""

    fr: str
    en: str
    spoken: str = "fr"

    def __str__(self) -> str:
        return localized(self.fr, self.en)

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    @property
    def lang(self) -> str:
        """The text's language when it is not the page's, for a ``lang`` attribute; empty otherwise."""
        shown = "en" if self.en and (current() == "en" or not self.fr) else self.spoken
        return "" if shown == current() or not self else shown


NO_WORDS = Words("", "")
