"""One line of figures a measure: printed for people, kept as JSON for comparing runs."""

from pathlib import Path

import msgspec
from msgspec import Struct

FOLDER = Path("var/bench")


class Figure(Struct, kw_only=True):
    """``ratio`` is value by ceiling, both measured in the same run."""

    name: str
    value: float
    unit: str
    ceiling: float
    ceiling_name: str
    ratio: float
    p50_ms: float
    p99_ms: float
    oversold: int


def report(
    *,
    name: str,
    value: float,
    unit: str,
    ceiling: float,
    ceiling_name: str,
    p50_ms: float = 0,
    p99_ms: float = 0,
    oversold: int = 0,
) -> Figure:
    """Prints the figure and writes it to ``var/bench/<name>.json``."""
    figure = Figure(
        name=name,
        value=round(value, 2),
        unit=unit,
        ceiling=round(ceiling, 2),
        ceiling_name=ceiling_name,
        ratio=round(value / ceiling, 3) if ceiling else 0,
        p50_ms=p50_ms,
        p99_ms=p99_ms,
        oversold=oversold,
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(figure)))
    print(
        f"{figure.name:32} {figure.value:>10.1f} {figure.unit:16} {figure.ratio:>6.2f} of {figure.ceiling:.1f} "
        f"({figure.ceiling_name})  p50 {figure.p50_ms:g} ms  p99 {figure.p99_ms:g} ms  oversold {figure.oversold}"
    )
    return figure
