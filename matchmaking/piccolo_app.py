"""The service's tables, as Piccolo's migrations see them."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from matchmaking.tables.registry import TABLES

APP_CONFIG = AppConfig(
    app_name="matchmaking",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=list(TABLES),
    migration_dependencies=["digital_days.kernel.piccolo_app"],
)
