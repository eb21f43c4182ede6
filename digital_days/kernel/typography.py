"""French typography: the spaces that a line may not break, put in by rule rather than by hand."""

import re

NBSP = "\N{NO-BREAK SPACE}"
_SPACE_BEFORE_COLON = re.compile(r"(?<=\S) (?=:(?:\s|$))")
_INSIDE_GUILLEMETS = re.compile(r"(?<=«) ?(?=\S)|(?<=\S) ?(?=»)")
_BEFORE_UNIT = re.compile(r"(?:(?<=\d)|(?<=\)s)) (?=(?:h|min|%%?|\$|Mo|Go|km|ans?|s)(?![\w(]))")
"""Also before a number is put into the sentence: « %(minutes)s min »."""
_AFTER_HOUR = re.compile(r"(?<=\dh|.h) (?=\d\d(?!\d))")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def french_spaces(text: str) -> str:
    """The same words with no-break spaces in « … », before a colon and in 13 h 30, and typographic apostrophes."""
    text = _APOSTROPHE.sub("’", text)
    text = _INSIDE_GUILLEMETS.sub(NBSP, text)
    text = _SPACE_BEFORE_COLON.sub(NBSP, text)
    text = _BEFORE_UNIT.sub(NBSP, text)
    return _AFTER_HOUR.sub(NBSP, text)
