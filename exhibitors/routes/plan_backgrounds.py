"""Pictures of halls, each under a name made of its content: kept by browsers for good."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.permissions import Permission
from digital_days.kernel.pictures import MEDIA_TYPE
from exhibitors.domain.plan_pictures import NoSuchPlanPicture, plan_picture

_ENDING = ".webp"
_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
}


@get("/{picture:str}", name="exhibitors:plan-picture", permission=Permission.PUBLIC)
async def background(picture: FromPath[str]) -> Response[bytes]:
    """Only a picture, whoever opens it by itself."""
    if not picture.endswith(_ENDING):
        raise NoSuchPlanPicture
    content = await plan_picture(picture.removesuffix(_ENDING))
    return Response(content, media_type=MEDIA_TYPE, headers=_HEADERS)


router = Router(path="/{edition_slug:str}/salon/plan/fond", route_handlers=[background], include_in_schema=False)
