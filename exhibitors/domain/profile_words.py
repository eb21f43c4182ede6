"""What an exhibitor says of itself in both languages, as the reader of a page meets it."""

from msgspec import Struct

from digital_days.kernel.i18n import lang_of, localized


class ProfileWords(Struct, frozen=True, kw_only=True):
    """The names are those of the columns; ``*_lang`` is a text's language where it is not the page's."""

    summary_fr: str = ""
    summary_en: str = ""
    description_fr: str = ""
    description_en: str = ""

    @property
    def summary(self) -> str:
        """In the reader's language."""
        return localized(self.summary_fr, self.summary_en)

    @property
    def summary_lang(self) -> str:
        """Of the summary."""
        return lang_of(self.summary_fr, self.summary_en)

    @property
    def description(self) -> str:
        """In the reader's language."""
        return localized(self.description_fr, self.description_en)

    @property
    def description_lang(self) -> str:
        """Of the description."""
        return lang_of(self.description_fr, self.description_en)
