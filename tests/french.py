"""The rules of French typography that our texts keep, as what breaks them."""

import re

NBSP = "\N{NO-BREAK SPACE}"
_SLIPS = {
    "straight apostrophe": r"\w'\w",
    "straight quotation mark": r"\"",
    "space that may break inside « »": rf"«[^{NBSP}]|[^{NBSP}]»|^»|«$",
    "colon without its no-break space": r"[^\W\d]:(?=\s|$)| :(?=\s|$)",
    "space before ; ! ?": rf"[ {NBSP}\N{{NARROW NO-BREAK SPACE}}][;!?](?=\s|$)",
    "hour not written 13 h 30": r"\b\d{1,2}:\d\d\b|\d ?h ?\d\d\b",
    "hour that may break": rf"\b\d{{1,2}} h\b|\b\d{{1,2}}{NBSP}h \d\d\b",
    "three dots for an ellipsis": r"\.\.\.",
    "day that may leave its month": r"\b\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre)\b"
    r"|\b\d{1,2}(?:er)? (?:octobre|novembre|décembre)\b",
}


def slips(text: str) -> list[str]:
    """« rule: words around the slip » for each."""
    return [
        f"{rule}: {text[max(0, found.start() - 25) : found.end() + 25]!r}"
        for rule, pattern in _SLIPS.items()
        for found in re.finditer(pattern, text)
    ]
