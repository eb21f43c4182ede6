"""Files that we have exported ourselves say so, in which form, and in which language they speak."""

from typing import Any

from scheduling.imports import members

GENERATOR = "digital-days"
C3VOC = ("json-fr", "json-en", "xml-fr", "xml-en")
"""Forms of our c3voc schedules, as their generator's version says them."""
SHEETS = "sheets"
"""What spreadsheets are read as, whoever made them: the template's columns are those of our export."""

EVENT = ("logo", "recording_license", "do_not_record", "attachments", "feedback_url", "origin_url")
PERSON = ("guid", "code")
ROOM = ("guid",)
"""What our schedules repeat of what an earlier source said; the rest of theirs beyond our fields is made anew."""


def form_of(document: Any) -> str:
    """One of ``C3VOC``; « » for a schedule of somebody else's."""
    for owner in (document, members.mapping(document, "schedule")):
        generator = members.mapping(owner, "generator")
        if members.text(generator, "name") == GENERATOR and members.text(generator, "version") in C3VOC:
            return members.text(generator, "version")
    return ""


def language_of(form: str) -> str:
    """« fr » or « en »; « » for files that aren't in one language."""
    return form.partition("-")[2]
