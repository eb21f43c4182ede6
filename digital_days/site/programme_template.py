"""The spreadsheet to start a programme from, as a download."""

import asyncio
import sys
from typing import Literal

from litestar import Response, get
from litestar.params import FromPath

from digital_days.kernel import i18n
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition

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
    """Written by a program of its own: the web process stays free of the spreadsheet library."""
    command = (sys.executable, "-m", "scheduling.imports.template_writer", kind, i18n.current())
    writer = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    content, _nothing = await writer.communicate()
    if writer.returncode:
        raise RuntimeError(f"the template could not be written ({writer.returncode})")
    return Response(
        content,
        media_type=_MEDIA_TYPES[kind],
        headers={"content-disposition": f'attachment; filename="programme-{edition.slug}.{kind}"'},
    )
