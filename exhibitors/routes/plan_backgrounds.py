"""Pictures of halls, each under a name made of its content: kept by browsers for good."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.picture_files import digest_in, picture_file
from exhibitors.domain.plan_pictures import plan_picture


@get("/{picture:str}", name="exhibitors:plan-picture", permission=Permission.PUBLIC)
async def background(picture: FromPath[str]) -> Response[bytes]:
    """Only a picture, whoever opens it by itself."""
    return picture_file(await plan_picture(digest_in(picture)))


router = Router(path="/{edition_slug:str}/salon/plan/fond", route_handlers=[background], include_in_schema=False)
