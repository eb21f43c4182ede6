"""Refusals: what the product says no to, in sentences, in five families that one table maps to HTTP."""

from typing import ClassVar

from digital_days.kernel.i18n import N_, _


class Refusal(Exception):
    """Carries a sentence for the person who asked; ``params`` fill its placeholders."""

    message: ClassVar[str] = N_("Cette demande n’a pas pu aboutir.")

    def __init__(self, **params: object) -> None:
        super().__init__(params)
        self.params = params

    @property
    def headers(self) -> dict[str, str]:
        """What HTTP wants said beside the sentence."""
        return {}

    def __str__(self) -> str:
        return _(self.message, **self.params)

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{type(self).__name__}({inside})"


class NotFound(Refusal):
    message = N_("Cette page n’existe pas, ou son adresse a changé.")


class Forbidden(Refusal):
    message = N_("Votre compte ne donne pas accès à cette page.")


class Conflict(Refusal):
    message = N_("La situation a changé entre-temps. Rechargez la page, puis recommencez.")


class TooMany(Refusal):
    message = N_("Trop de demandes à la fois. Attendez quelques minutes, puis recommencez.")

    @property
    def headers(self) -> dict[str, str]:
        """When to come back, in seconds."""
        return {"retry-after": str(self.params.get("seconds", 60))}


class Invalid(Refusal):
    message = N_("Certains renseignements ne conviennent pas.")


HTTP_STATUS: dict[type[Refusal], int] = {
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    Invalid: 422,
    TooMany: 429,
}


def http_status(refusal: Refusal) -> int:
    """The family's status; 400 for a refusal of no family."""
    return next((status for family, status in HTTP_STATUS.items() if isinstance(refusal, family)), 400)
