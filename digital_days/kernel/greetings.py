"""How a mail addresses somebody: by the name they gave, unless it is no name."""

import re

# Anybody may type any name for any address: an advertisement must not travel under our letterhead.
_NO_NAME = re.compile(r"[/@:<>\[\]]|\w\.\w{2}|.{81}")


def spoken_name(name: str) -> str:
    """The name, or nothing when it holds a link or goes on and on."""
    return "" if _NO_NAME.search(name) else name
