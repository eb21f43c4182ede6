"""The smallest conflict there is, among few rules."""

from collections.abc import Callable, Sequence

from pysat.examples.hitman import Hitman

from matchmaking.engine.rule_book import Rule

Impossible = Callable[[Sequence[Rule]], bool]


def smallest(
    impossible: Impossible, rules: Sequence[Rule], known: list[Rule], *, goes_on: Callable[[], bool]
) -> list[Rule]:
    """Of the conflicts one with the fewest rules; ``known``, a conflict, where none has fewer or it may not go on.

    A conflict has a rule out of every set whose absence leaves a plan: the fewest that hit all such sets found so far
    are a conflict, or they lead to another set (Ignatiev et al., Smallest MUS extraction, CP 2015).
    """
    with Hitman(htype="sorted") as sets:
        sets.hit(range(len(rules)))
        while goes_on():
            hitting: list[int] = sets.get()
            if len(hitting) >= len(known):
                return known
            chosen = [rules[number] for number in hitting]
            if impossible(chosen):
                return chosen
            absent = []
            for number, rule in enumerate(rules):
                if number in hitting:
                    continue
                if impossible([*chosen, rule]):
                    absent.append(number)
                else:
                    chosen.append(rule)
            if not goes_on():  # what was not proven in time may have a plan or not
                return known
            sets.hit(absent)
    return known
