"""Options as organisers write them, a line each: an answer stays with its option when the words are put right."""

from collections.abc import Sequence
from itertools import zip_longest

from digital_days.kernel.questions import Option


def options_of(french: Sequence[str], english: Sequence[str], before: Sequence[Option]) -> tuple[Option, ...]:
    """One for each French line, with the English line beside it; codes are those of ``before`` where it is the same.

    That is: the one with the same words; and where as many lines stand as before, the one that stood there.
    """
    lines = [(fr, en) for fr, en in zip_longest(french, english, fillvalue="") if fr]
    by_words = {option.fr: option.code for option in before}
    taken = {by_words[fr] for fr, _en in lines if fr in by_words}
    options = []
    for number, (fr, en) in enumerate(lines):
        same_place = before[number].code if len(lines) == len(before) else ""
        code = by_words.get(fr) or (same_place if same_place not in taken else "")
        options.append(Option(code=code or _new_code(before, taken), fr=fr, en=en))
        taken.add(options[-1].code)
    return tuple(options)


def _new_code(before: Sequence[Option], taken: set[str]) -> str:
    """A small number that nobody has answered with: higher than any there has been."""
    numbers = [int(code) for code in (*(option.code for option in before), *taken) if code.isdigit()]
    return str(max(numbers, default=0) + 1)
