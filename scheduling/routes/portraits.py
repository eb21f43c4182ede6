"""Portraits, each under a name made of its content: kept by browsers for good."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.picture_files import digest_in, picture_file
from scheduling.domain.portraits import portrait_called


@get("/portraits/{picture:str}", name="scheduling:portrait", permission=Permission.PUBLIC)
async def portrait(picture: FromPath[str]) -> Response[bytes]:
    """Only a picture, whoever opens it by itself."""
    return picture_file(await portrait_called(digest_in(picture)))


router = Router(path="/", route_handlers=[portrait], include_in_schema=False)
