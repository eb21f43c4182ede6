"""How a mail addresses somebody: by the name they gave, unless it is no name."""

import re
import unicodedata

# Anybody may type any name for any address: an advertisement must not travel under our letterhead.
_NO_NAME = re.compile(r"[/@:<>\[\]]|\w\.\w{2}|.{81}")
_IDEOGRAPHIC_STOP = "\N{IDEOGRAPHIC FULL STOP}"  # in an address, browsers read it as a dot


def spoken_name(name: str) -> str:
    """The name, or nothing when it holds a link or goes on and on."""
    as_a_browser_reads = unicodedata.normalize("NFKC", name).replace(_IDEOGRAPHIC_STOP, ".")
    return "" if _NO_NAME.search(as_a_browser_reads) else name
