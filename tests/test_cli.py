import asyncio
import csv
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from digital_days.kernel.errors import Refusal
from digital_days.kernel.sentences import Unable
from digital_days.tasks import tasks
from scheduling.imports.template import csv_template
from tests.conftest import in_database
from tests.running.program import call, environment, free_port
from tests.running.running_processes import kept_servers


@pytest.fixture
def env(tmp_path: Path, database_url: str, redis_url: str) -> dict[str, str]:
    return environment(DATA_DIR=str(tmp_path / "var"), DATABASE_URL=database_url, REDIS_URL=redis_url)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "programme.csv"
    path.write_bytes(csv_template())
    return path


def test_import_template_is_a_sheet_when_written(tmp_path: Path, env: dict[str, str]) -> None:
    path = tmp_path / "written.csv"
    done = call("import-template", str(path), env=env)
    assert (done.returncode, done.stderr) == (0, "")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file, delimiter=";"))) >= 2


def test_import_prints_the_report_and_writes_nothing_when_dry(sheet: Path, env: dict[str, str]) -> None:
    done = call("import", str(sheet), "--edition", "cli2027", "--dry-run", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ajouté\N{NO-BREAK SPACE}:" in done.stdout
    assert "rien n’a été écrit" in done.stdout


def test_import_is_refused_with_places_when_the_file_lies(tmp_path: Path, env: dict[str, str]) -> None:
    lying = tmp_path / "lying.json"
    lying.write_text('{"schedule": {"conference": 12}}')
    done = call("import", str(lying), env=env)
    assert done.returncode == 1
    assert "Fichier refusé, rien n’a été écrit" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "no-such-file.json"), "does not exist"),
        (("import-template", "programme.pdf"), ".xlsx or .csv"),
        (("no-such-command",), "No such command"),
    ],
)
def test_commands_are_refused_in_a_sentence_when_used_wrongly(
    env: dict[str, str], arguments: tuple[str, ...], sentence: str
) -> None:
    done = call(*arguments, env=env)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "pyproject.toml", "--contact", "nobody"), "adresse courriel complète"),
        (("import", __file__, "--first-day", "tomorrow"), "--first-day tomorrow is not a date"),
    ],
)
def test_import_is_refused_before_anything_is_asked_when_an_option_is_wrong(
    arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises((Unable, Refusal), match=sentence):
        tasks.main(arguments, standalone_mode=False)


def test_commands_say_that_the_database_refuses_when_it_does(env: dict[str, str]) -> None:
    done = call("migrate", env=env | {"DATABASE_URL": f"{env['DATABASE_URL']}_that_nobody_made"})
    assert done.returncode == 1
    assert "The database refuses" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
async def fresh(env: dict[str, str]) -> AsyncIterator[dict[str, str]]:
    """The environment of a given database in which nothing is yet."""
    name = f"fresh_{uuid4().hex}"
    server = await asyncpg.connect(env["DATABASE_URL"])
    await server.execute(f"CREATE DATABASE {name}")
    yield env | {"DATABASE_URL": in_database(env["DATABASE_URL"], name)}
    await server.execute(f"DROP DATABASE {name}")
    await server.close()


async def test_migrations_of_a_fresh_database_both_succeed_when_made_at_once(fresh: dict[str, str]) -> None:
    done = await asyncio.gather(*(asyncio.to_thread(call, "migrate", env=fresh) for _ in range(2)))

    assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 2


async def test_import_names_the_command_to_run_first_when_a_given_database_is_fresh(
    sheet: Path, fresh: dict[str, str]
) -> None:
    done = call("import", str(sheet), "--edition", "cli2027", env=fresh)

    assert done.returncode == 1
    assert "lancez d’abord « digital-days migrate »" in done.stderr


def test_commands_say_that_no_server_answers_when_the_database_is_stopped(env: dict[str, str]) -> None:
    stopped = f"postgresql://digital_days:secret@127.0.0.1:{free_port()}/digital_days"
    done = call("migrate", env=env | {"DATABASE_URL": stopped})
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_import_brings_its_own_servers_with_their_schema_when_none_is_given(tmp_path: Path, sheet: Path) -> None:
    with kept_servers(tmp_path / "fresh") as data_dir:
        done = call("import", str(sheet), "--edition", "cli2027", env=environment(DATA_DIR=str(data_dir)))
        assert (done.returncode, done.stderr) == (0, "")
        assert "Édition cli2027, ajouts" in done.stdout
        assert not (data_dir / "servers" / "addresses.json").exists()
