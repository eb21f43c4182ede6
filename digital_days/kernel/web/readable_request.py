"""Bodies that cannot be read are the sender's mistake, not ours."""

from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ClientException

from digital_days.kernel import i18n


class ReadableRequest(Request[Any, Any, Any]):
    """Answers 400 where the framework lets a decoder's own error through."""

    async def form(self) -> FormMultiDict:
        """Fields in UTF-8, or in an encoding that exists."""
        try:
            return await super().form()
        except (UnicodeDecodeError, LookupError) as error:
            raise ClientException("the form is not readable text") from error

    async def json(self) -> Any:
        """A value in UTF-8, nested no deeper than a reader goes; the answer speaks the language it names, if any."""
        try:
            value = await super().json()
        except (UnicodeDecodeError, RecursionError) as error:
            raise ClientException("the body is not readable JSON") from error
        if isinstance(value, dict) and value.get("language") in i18n.LOCALES:
            i18n.speak(value["language"])
        return value
