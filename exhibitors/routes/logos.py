"""Logos, each under a name made of its content: kept by browsers for good."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.picture_files import digest_in, picture_file
from exhibitors.domain.logos import logo_called


@get("/salon/logos/{picture:str}", name="exhibitors:logo", permission=Permission.PUBLIC)
async def logo(picture: FromPath[str]) -> Response[bytes]:
    """Only a picture, whoever opens it by itself."""
    return picture_file(await logo_called(digest_in(picture)))


router = Router(path="/", route_handlers=[logo], include_in_schema=False)
