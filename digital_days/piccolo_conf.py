"""Where Piccolo finds the engine and every application's migrations."""

from piccolo.conf.apps import AppRegistry

from digital_days.kernel.database import DB, connect_to
from digital_days.kernel.settings import current
from digital_days.services import SERVICES

if not DB.config and (url := current().database_url):
    connect_to(url)

APP_REGISTRY = AppRegistry(apps=["digital_days.kernel.piccolo_app", *(service.tables for service in SERVICES)])
