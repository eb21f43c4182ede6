"""Pictures under addresses made of their content: kept by browsers for good, and only ever pictures."""

from litestar import Response

from digital_days.kernel.pictures import MEDIA_TYPE

_ENDING = ".webp"
_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
}


def digest_in(file_name: str) -> str:
    """The name that the address holds; empty where it is none of ours."""
    return file_name.removesuffix(_ENDING) if file_name.endswith(_ENDING) else ""


def picture_file(content: bytes) -> Response[bytes]:
    """The answer, whoever opens it by itself."""
    return Response(content, media_type=MEDIA_TYPE, headers=_HEADERS)
