"""RFC 9457: what a program reads when something is refused, and how the API's description announces it."""

from collections.abc import Mapping
from typing import Literal

from litestar.openapi import ResponseSpec
from msgspec import UNSET, Struct, UnsetType

MEDIA_TYPE = "application/problem+json"

_ANYWHERE = {
    400: "Nobody can read the request",
    500: "Our mistake; quote the reference when you report it",
    503: "The database is resting; see Retry-After",
}


class FieldError(Struct, kw_only=True):
    """What does not fit, and where; ``key`` is missing when it is the whole."""

    message: str
    key: str | UnsetType = UNSET
    source: Literal["body", "query", "header", "path", "cookie"] | UnsetType = UNSET


class Problem(Struct, kw_only=True):
    """RFC 9457: ``detail`` and the errors' messages are for people, ``reference`` is what our log calls it."""

    title: str
    status: int
    detail: str
    type: Literal["about:blank"] = "about:blank"
    errors: list[FieldError] | UnsetType = UNSET
    reference: str | UnsetType = UNSET


def problems(described: Mapping[int, str]) -> dict[int, ResponseSpec]:
    """Descriptions of these answers, and of those that any request can get."""
    return {
        status: ResponseSpec(Problem, description=description, media_type=MEDIA_TYPE, generate_examples=False)
        for status, description in sorted((_ANYWHERE | dict(described)).items())
    }
