"""What an earlier source said of an event beyond our fields, as far as every c3voc form has a valid place for it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from scheduling.exports.texts import one_line
from scheduling.imports.c3voc_links import SAFE

ADDRESSES = ("logo", "feedback_url", "origin_url")


def carried(extra: Mapping[str, Any], slot: str) -> dict[str, Any]:
    """By the names of the JSON form; ``slot`` is the key under which the slots' own sayings stand."""
    slots = extra.get("slots")
    own = slots.get(slot) if isinstance(slots, dict) else None
    said = {**extra, **(own if isinstance(own, dict) else {})}
    found: dict[str, Any] = {name: address(said[name]) for name in ADDRESSES if name in said}
    if isinstance(said.get("recording_license"), str):
        found["recording_license"] = one_line(said["recording_license"])
    if found.get("recording_license") or isinstance(said.get("do_not_record"), bool):
        found["do_not_record"] = said.get("do_not_record") is True
    if isinstance(said.get("attachments"), list):
        found["attachments"] = _references(said["attachments"])
    return {name: value for name, value in found.items() if value not in ("", [])}


def address(said: object, *, mail: bool = False) -> str:
    """A whole address in ASCII that a browser may open, or nothing."""
    if not isinstance(said, str) or not SAFE.fullmatch(said) or (said.lower().startswith("mailto:") and not mail):
        return ""
    return quote(said, safe="%/:?#[]@!$&'()*+,;=~-._")


def _references(said: list[Any]) -> list[dict[str, str]]:
    return [
        {"url": url, "title": one_line(str(each.get("title") or ""))}
        for each in said
        if isinstance(each, dict) and (url := address(each.get("url")))
    ]
