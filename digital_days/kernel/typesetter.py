"""The program that makes one document: an order on its input (source, data), a PDF on its output."""

import sys
import tempfile
from pathlib import Path
from typing import Literal

import msgspec
import typst
from msgspec import Struct

Form = Literal["pdf", "png"]
Standard = Literal["ua-1"]

ACCESSIBLE: Standard = "ua-1"
"""PDF/UA-1, the standard for documents that screen readers read."""


class Order(Struct, frozen=True):
    """``data`` is JSON, as a text: the template decodes it, and it never becomes source."""

    source: str
    data: str


def compiled(order: Order, *, form: Form = "pdf") -> bytes | list[bytes]:
    """The document; ``form`` png gives its pages as pictures. It may read no file but itself.

    The machine's fonts complete those that Typst brings, so that a name shows in its own script where there is one
    for it. A letter that no font has forbids the label of the standard, not the document: it is tagged all the same.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "main.typ")
        source.write_text(order.source, encoding="utf-8")
        if form != "pdf":
            return _compiled(source, order.data, form, None)
        try:
            return _compiled(source, order.data, form, ACCESSIBLE)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            return _compiled(source, order.data, form, None)


def _compiled(source: Path, data: str, form: Form, standard: Standard | None) -> bytes | list[bytes]:
    return typst.compile(source, root=source.parent, format=form, sys_inputs={"data": data}, pdf_standards=standard)


def main() -> None:
    """Reads one order, writes one document."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    content = compiled(order)
    sys.stdout.buffer.write(b"".join(content) if isinstance(content, list) else content)


if __name__ == "__main__":
    main()
