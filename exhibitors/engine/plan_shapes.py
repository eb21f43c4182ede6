"""What is on a plan, as the engines see it: rectangles in whole centimetres, from the hall's upper left corner."""

from typing import Literal

from msgspec import Struct

Kind = Literal["booth", "aisle", "entrance", "obstacle", "label"]


class Hall(Struct, frozen=True):
    """``aisle``: the least width of a way."""

    width: int
    depth: int
    aisle: int


class Box(Struct, frozen=True):
    """``key`` names it in what is found; ``number`` is a booth's."""

    key: str
    kind: Kind
    x: int
    y: int
    width: int
    depth: int
    number: str = ""
    step_free: bool = False
