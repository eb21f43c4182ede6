"""Colours as files write them."""

import re

from digital_days.kernel.i18n import _
from scheduling.imports.findings import Findings, Where

SIX = re.compile(r"#?([0-9a-fA-F]{6})")
THREE = re.compile(r"#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")


def colour(written: str, where: Where, findings: Findings) -> str:
    """« #1e3a5f », or nothing: a text that is no colour is left out and listed."""
    if not written:
        return ""
    if found := SIX.fullmatch(written):
        return f"#{found[1].lower()}"
    if found := THREE.fullmatch(written):
        return "#" + "".join(digit * 2 for digit in found.groups()).lower()
    message = _("« %(text)s » n’est pas une couleur comme #1e3a5f : laissée de côté.", text=written[:40])
    findings.repair(where, message)
    return ""
