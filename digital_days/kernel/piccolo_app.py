"""The kernel's tables, as Piccolo's migrations see them."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from digital_days.kernel.tables import TABLES

APP_CONFIG = AppConfig(
    app_name="kernel",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=list(TABLES),
)
