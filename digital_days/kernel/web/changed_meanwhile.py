"""For ``changed_meanwhile.html``: what is on record now, beside what somebody has typed."""

from collections.abc import Mapping

from digital_days.kernel.i18n import _
from digital_days.kernel.web.forms import Form, T

Words = Mapping[str, str]
"""By field: its label, as the catalogue knows it."""


def differences(
    form: Form[T], stored: Mapping[str, str], words: Words, spoken: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """Label and stored text of every field that says something else; lines compare however they end.

    ``spoken`` says in words what a field's value is, where the value itself is none for people.
    """
    return [
        (_(label), (spoken or {}).get(name, stored[name]))
        for name, label in words.items()
        if name in stored and _lines(form[name]) != _lines(stored[name])
    ]


def labels(words: Words) -> dict[str, str]:
    """In the reader's language."""
    return {name: _(label) for name, label in words.items()}


def _lines(value: object) -> list[str]:
    return [line.rstrip() for line in str(value).strip().splitlines()]
