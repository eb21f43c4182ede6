"""What the log may say of an exception."""

import traceback


def where(error: BaseException) -> str:
    """The kind of error and its places, for the log; never its text, which may quote somebody's data."""
    places = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{type(error).__name__} at " + " < ".join(f"{p.filename}:{p.lineno}" for p in reversed(places))
