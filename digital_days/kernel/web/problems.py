"""Refusals and failures as answers: a page for people, RFC 9457 problem details for programs."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandler
from msgspec import UNSET, UnsetType

from digital_days.kernel import codes
from digital_days.kernel.database import Unreachable
from digital_days.kernel.editions import NoSuchEdition
from digital_days.kernel.errors import Invalid, NotFound, Refusal, http_status
from digital_days.kernel.failures import where
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.access import SignInFirst
from digital_days.kernel.web.field_errors import field_errors
from digital_days.kernel.web.languages import FrenchOnly, french_address
from digital_days.kernel.web.navigation import likely_edition, ways_out
from digital_days.kernel.web.pages import page
from digital_days.kernel.web.problem_details import MEDIA_TYPE, FieldError, Problem
from digital_days.kernel.web.urls import url

log = logging.getLogger(__name__)

TITLES = {
    400: N_("Cette page ne s’ouvre pas ainsi"),
    401: N_("Connexion nécessaire"),
    403: N_("Page réservée"),
    404: N_("Page introuvable"),
    405: N_("Cette page ne s’ouvre pas ainsi"),
    409: N_("Ce n’est plus possible"),
    413: N_("Fichier trop lourd"),
    415: N_("Demande incomprise"),
    421: N_("Autre adresse"),
    422: N_("Renseignements à revoir"),
    429: N_("Un instant, s’il vous plaît"),
    503: N_("Service momentanément interrompu"),
}
FAILED = N_("Quelque chose s’est cassé de notre côté. Rien n’a été enregistré à moitié; réessayez dans un instant.")
UNREADABLE = N_("Cette demande n’est pas lisible.")
JSON_WANTED = N_("Envoyez du JSON en UTF-8, annoncé par le type « application/json ».")
_LOST = (403, 404, 405)  # where going on elsewhere helps, and trying again does not
RESTING = N_("Nos serveurs ne répondent pas en ce moment. Rien n’est perdu; réessayez dans un instant.")

TOO_HEAVY = N_("Le fichier envoyé est trop lourd. Revenez à la page précédente, et choisissez-en un plus petit.")
_SENTENCES = {400: UNREADABLE, 404: NotFound.message, 413: TOO_HEAVY, 415: JSON_WANTED}


def refused(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """The refusal's own sentence, under its family's status."""
    if isinstance(refusal, FrenchOnly):
        return _to(french_address(request.url.path, request.url.query))
    if isinstance(refusal, SignInFirst):
        if _wants_json(request):
            return answer(request, 401, str(refusal))
        return _to(url("site:sign-in", **_way_back(request)))
    if isinstance(refusal, NoSuchEdition) and not _wants_json(request):
        return answer(request, 404, _(NotFound.message))  # the first word of any address that we do not know
    return answer(request, http_status(refusal), str(refusal), headers=refusal.headers)


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What the framework refused: unknown paths, methods, bodies."""
    if error.status_code >= 500:
        return failed(request, error)
    if isinstance(error, ValidationException) and _wants_json(request):
        return answer(request, 422, _(Invalid.message), errors=field_errors(request, error))
    sentence = _(_SENTENCES.get(error.status_code, Refusal.message))
    return answer(request, error.status_code, sentence, headers=error.headers)


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """What we did not foresee: logged under a reference that the reader can quote, never shown."""
    if isinstance(error, Unreachable):
        log.error("the database does not answer: %s", type(error).__name__)
        return answer(request, 503, _(RESTING), headers={"retry-after": "10"})
    reference = codes.new_code(8)
    log.error("request failed, reference %s: %s", reference, where(error))
    return answer(request, 500, _(FAILED), reference=reference)


def answer(
    request: Request[Any, Any, Any],
    status: int,
    sentence: str,
    *,
    reference: str = "",
    headers: Mapping[str, str] | None = None,
    errors: list[FieldError] | UnsetType = UNSET,
) -> Response[Any]:
    """The same sentence as a page or as problem details."""
    title = _(TITLES.get(status, N_("Erreur")))
    if _wants_json(request):
        problem = Problem(title=title, status=status, detail=sentence, errors=errors, reference=reference or UNSET)
        return Response(
            msgspec.json.encode(problem),
            media_type=MEDIA_TYPE,
            status_code=status,
            headers=dict(headers or {}),
        )
    if "user" not in request.scope:
        request.scope["user"] = None
    edition = likely_edition(request.user, request.url.path)
    response = page(
        request,
        "error.html",
        status_code=status,
        status=status,
        title=title,
        message=sentence,
        reference=reference,
        ways_out=ways_out(edition) if status in _LOST else [],
        contact=edition.contact_email if edition else "",
        own_path=_way_back(request).get("next", ""),
    )
    response.headers.update(headers or {})
    return response


EXCEPTION_HANDLERS: dict[int | type[Exception], "ExceptionHandler[Any]"] = {
    Refusal: refused,
    HTTPException: http_error,
    Exception: failed,
}


def _wants_json(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api/")


def _way_back(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Where signing in leads: to the page that was asked for; a form's address is no page."""
    if request.method != "GET":
        return {}
    path = quote(request.url.path)
    return {"next": f"{path}?{request.url.query}" if request.url.query else path}


def _to(path: str) -> Response[str]:
    return Response("", status_code=303, headers={"location": path}, media_type=MediaType.TEXT)
