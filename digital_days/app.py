"""The web program: services, pages and guards put together. Granian calls ``create_app``."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from litestar import Litestar, Response, Router
from litestar.datastructures import CacheControlHeader
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router
from litestar.status_codes import HTTP_404_NOT_FOUND
from litestar.types import ASGIApp

from digital_days.composition import plug_in
from digital_days.kernel import database, editions, wake
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import SettingsError, check_for_service, current
from digital_days.kernel.wake import DRAIN
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.access import admit
from digital_days.kernel.web.cookie_headers import join_cookies
from digital_days.kernel.web.dependencies import DEPENDENCIES
from digital_days.kernel.web.draining import told_to_stop
from digital_days.kernel.web.head_requests import answer_head
from digital_days.kernel.web.hosts import names_of, refuse_other_hosts
from digital_days.kernel.web.languages import speak_by_address
from digital_days.kernel.web.malformed import refuse_malformed
from digital_days.kernel.web.problems import EXCEPTION_HANDLERS
from digital_days.kernel.web.readable_request import ReadableRequest
from digital_days.kernel.web.security_headers import with_security_headers
from digital_days.kernel.web.sessions import recognise_viewers
from digital_days.kernel.web.templates import DIST
from digital_days.services import SERVICES
from digital_days.site.service import SITE


def create_app() -> ASGIApp:
    """What Granian serves, with the settings of the environment; its lifespan opens and closes the pools."""
    try:
        check_for_service(current())
    except SettingsError as error:
        sys.exit(str(error))
    return outermost(build())


def outermost(app: Litestar) -> ASGIApp:
    """The application behind what has to happen before routing and after every answer."""
    ours = refuse_other_hosts(app, names=names_of(current()))
    inner = answer_head(join_cookies(speak_by_address(refuse_malformed(ours))))
    return with_security_headers(inner, https=current().public_url.startswith("https:"))


def build() -> Litestar:
    """All routes of all packages, guarded."""
    plug_in()
    return Litestar(
        route_handlers=[
            *SITE.routers,
            *(router for service in SERVICES for router in service.routers),
            create_static_files_router(
                path="/static",
                directories=[DIST],
                opt={"permission": Permission.PUBLIC},
                cache_control=CacheControlHeader(public=True, max_age=31_536_000, immutable=True),
            ),
        ],
        guards=[admit],
        request_class=ReadableRequest,
        middleware=[recognise_viewers],
        exception_handlers=EXCEPTION_HANDLERS,
        dependencies=DEPENDENCIES,
        lifespan=[_lifespan],
        include_in_schema=False,  # pages are for people; what programs may use says so itself
        openapi_config=OpenAPIConfig(
            title="Digital Days",
            version="1.0.0",
            openapi_router=Router(
                path="/api/v1",
                route_handlers=[],
                opt={"permission": Permission.PUBLIC},
                include_in_schema=False,
                after_request=_unknown_is_a_problem,
            ),
            use_handler_docstrings=True,
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        request_max_body_size=1_000_000,
    )


def _unknown_is_a_problem(response: Response[Any]) -> Response[Any]:
    """Beside the schema the framework serves an HTML page of its own for every unknown address under /api/v1."""
    if response.status_code == HTTP_404_NOT_FOUND:
        raise NotFoundException
    return response


@asynccontextmanager
async def _lifespan(app: Litestar) -> AsyncIterator[None]:
    settings = current()
    if settings.database_url:
        database.connect_to(settings.database_url)
    await database.open_pool(settings.pool_size)
    await editions.editions_nearest_first()  # remembered, so that every page's menu leads somewhere from the first on
    redis = wake.valkey(settings.redis_url or "")
    app.state.redis = redis
    # What is loaded by now stays: going through it again and again would stop requests for tens of milliseconds.
    gc.collect()
    gc.freeze()
    try:
        async with (
            wake.waker(partial(redis.enqueue_job, DRAIN, _job_id=DRAIN)),
            rate_limits.shared(redis),
            told_to_stop(),
        ):
            yield
    finally:
        await redis.aclose()
        await database.close_pool()
