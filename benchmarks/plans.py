"""How long a hall of 1,000 booths takes the processor: its check, and the drawing everybody looks at."""

import time
from collections.abc import Callable
from functools import partial

from benchmarks.report import report
from digital_days.app import build
from digital_days.kernel.web.templates import environment
from exhibitors.domain.floor_plan import Booth, Plan
from exhibitors.engine.plan_check import findings
from exhibitors.engine.plan_shapes import Box, Hall
from tests.exhibitors.engine.test_plan_check import big

MOST_CHECK_MS, MOST_DRAWING_MS = 300, 100
AGAIN = 3
HALL = Hall(13_000, 12_000, 150)
PAGE = '{% from "exhibitors/floor_plan.html" import floor_plan %}{{ floor_plan(plan, marks, "Plan du salon", "") }}'


def _milliseconds(work: Callable[[], object]) -> float:
    """Of the processor, the best of a few, after one that warms up."""
    work()
    took = []
    for _again in range(AGAIN):
        began = time.process_time()
        work()
        took.append(1000 * (time.process_time() - began))
    return min(took)


def _drawn(boxes: list[Box]) -> Callable[[], object]:
    booths = [box for box in boxes if box.kind == "booth"]
    plan = Plan(
        width=HALL.width,
        depth=HALL.depth,
        booths=[Booth(code=b.key, number=b.key, x=b.x, y=b.y, width=b.width, depth=b.depth) for b in booths],
    )
    marks = {
        b.key: {"state": "taken", "words": "Kiosque, pris", "url": "/x", "name": f"Atelier {b.key}"} for b in booths
    }
    template = environment().from_string(PAGE)
    return partial(template.render, plan=plan, marks=marks, locale="fr")


def main() -> None:
    """Booths in straight rows, then with each a little out of line; then the same plan as markup."""
    build()
    for jitter in (0, 60):
        boxes = big(jitter)
        report(
            name=f"check_of_1000_booths_{jitter}_cm_off",
            value=_milliseconds(partial(findings, HALL, boxes)),
            unit="ms of CPU",
            ceiling=MOST_CHECK_MS,
            ceiling_name="goal",
        )
    report(
        name="drawing_of_1000_booths",
        value=_milliseconds(_drawn(big(0))),
        unit="ms of CPU",
        ceiling=MOST_DRAWING_MS,
        ceiling_name="goal",
    )


if __name__ == "__main__":
    main()
