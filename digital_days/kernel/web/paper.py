"""A sheet to print: shown by the browser, kept by nobody on the way."""

from litestar import Response

PDF = "application/pdf"


def sheet(content: bytes, filename: str) -> Response[bytes]:
    """The file opens in the browser, which prints or saves it under this name; names of people stay out of it."""
    headers = {"cache-control": "private, no-store", "content-disposition": f'inline; filename="{filename}.pdf"'}
    return Response(content, media_type=PDF, headers=headers)
