"""What an exhibitor learns of a visitor before they say yes: the first name, and of a longer name nothing else."""

from digital_days.kernel.greetings import spoken_name

_TITLES = frozenset({"m", "mme", "mlle", "mr", "mrs", "ms", "dr", "dre", "me", "prof"})


def first_name(name: str) -> str:
    """The first word, or the one after the comma of « Tremblay, Bob »; empty where no word is surely a first name."""
    before, comma, after = spoken_name(name).partition(",")
    words = (after if comma else before).split()
    if words and words[0].rstrip(".").lower() in _TITLES:
        words = words[1:] if len(words) > 2 else []  # « Mme Tremblay » has told us her surname alone
    return words[0] if words else ""
