"""The spreadsheet to start a programme from, as a download."""

import asyncio
import sys
from typing import Literal

from litestar import Response, get
from litestar.params import FromPath

from digital_days.kernel import i18n
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition

_written: dict[tuple[str, str], bytes] = {}
_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@get(
    "/{edition_slug:str}/organisation/modele/{kind:str}",
    name="site:programme-template",
    permission=Permission.ORGANISE,
    include_in_schema=False,
)
async def programme_template(edition: RequestedEdition, kind: FromPath[Literal["xlsx", "csv"]]) -> Response[bytes]:
    """The same for everybody who reads the language: written once in the life of this process."""
    wanted = (kind, i18n.current())
    if wanted not in _written:
        _written[wanted] = await _template(*wanted)
    return Response(
        _written[wanted],
        media_type=_MEDIA_TYPES[kind],
        headers={"content-disposition": f'attachment; filename="programme-{edition.slug}.{kind}"'},
    )


async def _template(kind: str, language: str) -> bytes:
    # By a program of its own: the web process stays free of the spreadsheet library.
    command = (sys.executable, "-m", "scheduling.imports.template_writer", kind, language)
    writer = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    content, _nothing = await writer.communicate()
    if writer.returncode:
        raise RuntimeError(f"the template could not be written ({writer.returncode})")
    return content
