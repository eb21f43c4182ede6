"""The changelog as an Atom feed (RFC 4287)."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _, current
from digital_days.kernel.web.templates import render
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.changelog import Changelog

ATOM = "application/atom+xml; charset=utf-8"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NAMESPACE = "http://www.w3.org/2005/Atom"


def changes_feed(edition: Edition, log: Changelog) -> bytes:
    """One entry a release, with what it changed as HTML; the same releases give the same bytes."""
    page = absolute(url("scheduling:changes", edition_slug=edition.slug))
    feed = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": f"{current()}-CA"})
    latest = log.entries[0].release.created_at if log.entries else _NEVER
    _say(feed, id=page, title=_("%(edition)s : ce qui a changé", edition=edition.name), updated=latest.isoformat())
    SubElement(feed, "link", {"href": page})
    SubElement(feed, "link", {"rel": "self", "href": f"{page}/fil.atom"})
    SubElement(SubElement(feed, "author"), "name").text = edition.organiser_name
    for entry in log.entries:
        release = entry.release
        address = f"{page}#version-{release.number}"
        told = SubElement(feed, "entry")
        _say(told, id=address, title=release.name, updated=release.created_at.isoformat())
        SubElement(told, "link", {"href": address})
        html = render("scheduling/_changes_of.html", {"entry": entry, "codes": log.codes, "edition": edition})
        SubElement(told, "content", {"type": "html"}).text = html.strip()
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _say(element: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(element, name).text = text
