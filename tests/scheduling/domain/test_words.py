import pytest

from digital_days.kernel.i18n import Locale, use
from scheduling.domain.words import Words


@pytest.mark.parametrize(
    ("words", "locale", "text", "lang"),
    [
        (Words("Bonjour", "Hello"), "fr", "Bonjour", ""),
        (Words("Bonjour", "Hello"), "en", "Hello", ""),
        (Words("Bonjour", ""), "en", "Bonjour", "fr"),
        (Words("", "Hello"), "fr", "Hello", "en"),
        (Words("Guten Tag", "", "de"), "fr", "Guten Tag", "de"),
        (Words("Guten Tag", "Hello", "de"), "en", "Hello", ""),
        (Words("", ""), "en", "", ""),
    ],
)
def test_words_are_shown_in_the_readers_language_and_marked_when_they_are_not(
    words: Words, locale: Locale, text: str, lang: str
) -> None:
    with use(locale):
        assert (str(words), words.lang) == (text, lang)
