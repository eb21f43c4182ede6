"""The program that makes one document: an order on its input (source, data), a PDF on its output."""

import sys
import tempfile
from functools import partial

import msgspec
import typst
from msgspec import Struct

ACCESSIBLE = ["ua-1"]
"""PDF/UA-1, the standard for documents that screen readers read."""


class Order(Struct, frozen=True):
    """``data`` is JSON, as a text: the template decodes it, and it never becomes source."""

    source: str
    data: str


def compiled(order: Order, *, form: str = "pdf") -> bytes | list[bytes]:
    """The document; ``form`` png gives its pages as pictures. It may read no file: its folder is empty.

    The machine's fonts complete those that Typst brings, so that a name shows in its own script where there is one
    for it. A letter that no font has forbids the label of the standard, not the document: it is tagged all the same.
    """
    with tempfile.TemporaryDirectory() as nothing:
        compiling = partial(
            typst.compile, order.source.encode(), root=nothing, sys_inputs={"data": order.data}, format=form
        )
        if form != "pdf":
            return compiling()
        try:
            return compiling(pdf_standards=ACCESSIBLE)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            return compiling()


def main() -> None:
    """Reads one order, writes one document."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    content = compiled(order)
    sys.stdout.buffer.write(b"".join(content) if isinstance(content, list) else content)


if __name__ == "__main__":
    main()
