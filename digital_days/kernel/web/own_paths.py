"""Where somebody goes on: only ever to a page of ours."""

from urllib.parse import urlsplit

from digital_days.kernel.web.pages import PageRequest

_LONGEST = 500


def own_path(text: str) -> str:
    """The path if it leads to one of our pages, else nothing: a link must not carry people to another site.

    Browsers read ``//host`` and ``/\\host`` as another site, and drop tabs and line ends before they look. Such a
    beginning may also come to light later, when the language is taken off: it is refused anywhere.
    """
    if not text.startswith("/") or "//" in text or len(text) > _LONGEST:
        return ""
    if "\\" in text or not text.isascii() or not text.isprintable() or " " in text:
        return ""
    parts = urlsplit(text)
    return "" if parts.scheme or parts.netloc else text


def page_before(request: PageRequest, *, otherwise: str) -> str:
    """The page of ours whose form was sent, as the browser tells it."""
    before = urlsplit(request.headers.get("referer", ""))
    if before.netloc != request.headers.get("host"):
        return otherwise
    return own_path(before.path + (f"?{before.query}" if before.query else "")) or otherwise
