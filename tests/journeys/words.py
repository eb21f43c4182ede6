"""The words of the interface in the visitor's language, so that one journey is walked in both."""

import re
from collections.abc import Callable

from digital_days.kernel import i18n

Speaker = Callable[..., str]


def speaker(language: str) -> Speaker:
    """``say("Réserver ma place")`` is what the button says to this visitor."""

    def say(french: str, **parameters: object) -> str:
        with i18n.use(i18n.as_locale(language)):
            return i18n._(french, **parameters)

    return say


def anywhere(*words: str) -> re.Pattern[str]:
    """These words in this order, whatever stands between."""
    return re.compile(".*".join(map(re.escape, words)), re.DOTALL)
