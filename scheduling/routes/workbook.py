"""The whole programme as a spreadsheet, for those who prepare it: to change there, and to import again."""

import asyncio
import hashlib
import sys

import msgspec
from litestar import Response, get

from digital_days.kernel import i18n
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.list_file import XLSX
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.published_programme import published_programme


@get(
    "/{edition_slug:str}/organisation/programme.xlsx",
    name="scheduling:workbook",
    permission=Permission.ORGANISE,
    include_in_schema=False,
)
async def workbook(request: PageRequest, edition: RequestedEdition) -> Response[bytes]:
    """What is public, in both languages; 304 without writing it to whoever has it already."""
    said = msgspec.json.encode((await published_programme(edition.id)).programme)
    # The mark is of what is said: a workbook's bytes tell the time at which they were written.
    tag = hashlib.sha256(said + i18n.current().encode()).hexdigest()[:32]
    headers = {
        "etag": f'W/"{tag}"',
        "cache-control": "private, no-cache",
        "content-disposition": f'attachment; filename="programme-{edition.slug}.xlsx"',
    }
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=XLSX)
    return Response(await _written(said), headers=headers, media_type=XLSX)


async def _written(programme: bytes) -> bytes:
    # By a program of its own: the web process stays free of the spreadsheet library.
    command = (sys.executable, "-m", "scheduling.exports.workbook_writer", i18n.current())
    pipe = asyncio.subprocess.PIPE
    writer = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    content, _nothing = await writer.communicate(programme)
    if writer.returncode:
        raise RuntimeError(f"the workbook could not be written ({writer.returncode})")
    return content
