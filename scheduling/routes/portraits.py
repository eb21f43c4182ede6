"""Portraits, each under a name made of its content: kept by browsers for good."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.permissions import Permission
from digital_days.kernel.pictures import MEDIA_TYPE
from scheduling.domain.portraits import NoSuchPortrait, portrait_called

_ENDING = ".webp"
_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
}


@get("/portraits/{picture:str}", name="scheduling:portrait", permission=Permission.PUBLIC)
async def portrait(picture: FromPath[str]) -> Response[bytes]:
    """Only a picture, whoever opens it by itself."""
    if not picture.endswith(_ENDING):
        raise NoSuchPortrait
    content = await portrait_called(picture.removesuffix(_ENDING))
    return Response(content, media_type=MEDIA_TYPE, headers=_HEADERS)


router = Router(path="/", route_handlers=[portrait], include_in_schema=False)
