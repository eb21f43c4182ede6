"""Which tables are not for the search to choose: of what is fixed there, and of what was announced and stays."""

from matchmaking.engine.problem import Problem


def given_tables(problem: Problem) -> dict[tuple[int, int], int]:
    """By meeting and round. Nobody is sent to another table for the sake of others: moves are counted after that.

    A round's other meetings always find room beside these: each has a table of its own, which is there.
    """
    given = {(place.meeting, place.round): place.table for place in problem.fixed if place.table is not None}
    taken = {(at, table): number for (number, at), table in given.items()}
    for place in problem.announced:
        table, cell = place.table, (place.meeting, place.round)
        if table is None or cell in given or table not in problem.tables[place.round]:
            continue
        if taken.setdefault((place.round, table), place.meeting) == place.meeting:
            given[cell] = table
    return given
