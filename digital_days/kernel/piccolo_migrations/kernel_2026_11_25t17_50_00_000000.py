from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import SmallInt
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-25T17:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "which message goes first, and how often a doubtful one was asked about"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="kernel", description=DESCRIPTION)

    for column, default in (("priority", 5), ("asked", 0)):
        manager.add_column(
            table_class_name="OutboxMessage",
            tablename="outbox_message",
            column_name=column,
            db_column_name=column,
            column_class_name="SmallInt",
            column_class=SmallInt,
            params={
                "default": default,
                "null": False,
                "primary_key": False,
                "unique": False,
                "index": False,
                "index_method": IndexMethod.btree,
                "choices": None,
                "db_column_name": None,
                "secret": False,
            },
            schema=None,
        )

    return manager
