"""What does not fit in a program's request, in our sentences: the decoder's own are English and speak of types."""

import re
from collections.abc import Mapping
from typing import Any

from litestar import Request
from litestar.exceptions import ValidationException
from msgspec import UNSET, UnsetType

from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.problem_details import FieldError

_SENTENCES = (
    (r"Object missing required field `(?P<field>.+)`", N_("Ce renseignement manque.")),
    (r"Object contains unknown field `(?P<field>.+)`", N_("Ce champ n’existe pas ici.")),
    (r"Invalid enum value .*", N_("Cette valeur n’est pas de celles qui sont prévues.")),
    (r"Expected `.+` of length >= (?P<least>\d+)", N_("C’est trop court. Longueur minimale : %(least)s.")),
    (r"Expected `.+` of length <= (?P<most>\d+)", N_("C’est trop long : %(most)s caractères au plus.")),
    (r"Expected `.+` matching regex .*", N_("Il y a ici un caractère qui ne convient pas.")),
    (r"Expected `.+`, got `.+`", N_("Ce renseignement n’a pas la forme attendue.")),
)


def field_errors(request: Request[Any, Any, Any], error: ValidationException) -> list[FieldError]:
    """The framework's findings, each with its place; what we do not know is said in general."""
    findings = error.extra if isinstance(error.extra, list) else []
    names = _public_names(request)
    return [_field_error(one, names) for one in findings]


def _field_error(found: Mapping[str, Any], names: Mapping[str, str]) -> FieldError:
    parameter, source = found.get("key", ""), found.get("source", UNSET)
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, found["message"]):
            params = match.groupdict()
            key = _key(names.get(parameter, parameter), params.get("field"))
            return FieldError(message=_(sentence, **params), key=key, source=source)
    return FieldError(message=_(Invalid.message), key=_key(names.get(parameter, parameter)), source=source)


def _key(*parts: str | None) -> str | UnsetType:
    return ".".join(part for part in parts if part) or UNSET


def _public_names(request: Request[Any, Any, Any]) -> dict[str, str]:
    """What the sender calls our parameters; the body is the whole and has no name."""
    parameters = request.scope["route_handler"].parsed_fn_signature.parameters
    named = {parameter: getattr(field.kwarg_definition, "name", None) for parameter, field in parameters.items()}
    return {parameter: name for parameter, name in named.items() if name} | {"data": ""}
