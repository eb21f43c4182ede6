"""Where the lines of a search's plot run: how much of what is possible was reached, over time. Pure."""

from collections.abc import Sequence

from msgspec import Struct


class Seen(Struct, frozen=True, kw_only=True):
    """One word of the search; numbers are to be raised to ``bound`` (what is to be lowered comes negated)."""

    seconds: float
    value: int
    bound: int


class Lines(Struct, frozen=True, kw_only=True):
    """SVG paths of value and bound, and the numbers at the lower and the upper edge."""

    value: str
    bound: str
    least: int
    most: int


def lines(seen: Sequence[Seen], *, width: int, height: int, until: float) -> Lines:
    """In steps, from the first word to ``until`` seconds; what was true stays so until the next word. O(n)."""
    if not seen:
        return Lines(value="", bound="", least=0, most=0)
    least = min(each.value for each in seen)
    most = max(max(each.bound for each in seen), least + 1)
    end = max(until, seen[-1].seconds, 0.001)

    def path(numbers: Sequence[int]) -> str:
        points = [
            (round(width * each.seconds / end, 1), round(height * (most - number) / (most - least), 1))
            for each, number in zip(seen, numbers, strict=True)
        ]
        (x, y), rest = points[0], points[1:]
        return f"M{x:g} {y:g}" + "".join(f"H{x:g}V{y:g}" for x, y in rest) + f"H{width}"

    return Lines(
        value=path([each.value for each in seen]), bound=path([each.bound for each in seen]), least=least, most=most
    )
