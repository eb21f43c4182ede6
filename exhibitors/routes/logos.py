"""Logos, each under a name made of its content: kept by browsers for good."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.permissions import Permission
from digital_days.kernel.pictures import MEDIA_TYPE
from exhibitors.domain.logos import NoSuchLogo, logo_called

_ENDING = ".webp"
_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
}


@get("/salon/logos/{picture:str}", name="exhibitors:logo", permission=Permission.PUBLIC)
async def logo(picture: FromPath[str]) -> Response[bytes]:
    """Only a picture, whoever opens it by itself."""
    if not picture.endswith(_ENDING):
        raise NoSuchLogo
    content = await logo_called(picture.removesuffix(_ENDING))
    return Response(content, media_type=MEDIA_TYPE, headers=_HEADERS)


router = Router(path="/", route_handlers=[logo], include_in_schema=False)
