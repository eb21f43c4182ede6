"""A list to download: the same rows as CSV or as a workbook."""

import asyncio
import sys
from collections.abc import Sequence
from typing import Literal

import msgspec
from litestar import Response

from digital_days.kernel import i18n
from digital_days.kernel.lists import BEGINNING, Cell, as_csv

Kind = Literal["csv", "xlsx"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def list_file(rows: Sequence[Sequence[Cell]], kind: Kind, name: str) -> Response[bytes]:
    """``name`` is the file's without its ending; the first row is the head. Nothing in it is run by a spreadsheet."""
    content = BEGINNING.encode() + as_csv(rows, i18n.current()) if kind == "csv" else await _workbook(rows)
    return Response(
        content,
        media_type="text/csv; charset=utf-8" if kind == "csv" else XLSX,
        headers={"content-disposition": f'attachment; filename="{name}.{kind}"'},
    )


async def _workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    command = (sys.executable, "-m", "digital_days.kernel.table_writer")
    pipe = asyncio.subprocess.PIPE
    writer = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    content, _nothing = await writer.communicate(msgspec.json.encode(rows))
    if writer.returncode:
        raise RuntimeError(f"the workbook could not be written ({writer.returncode})")
    return content
