import re
import signal
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.request import urlopen

import asyncpg
import psutil
import pytest

from tests.conftest import in_database
from tests.running.program import Running, call, environment, free_port, running_program
from tests.running.running_processes import kept_servers, server_processes, still_alive

# One data folder for all, because the first start is the slow one; each test ends what it started.
pytestmark = pytest.mark.xdist_group("supervisor")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with kept_servers(tmp_path_factory.mktemp("supervisor")) as folder:
        yield folder


@pytest.fixture
def env(data_dir: Path) -> dict[str, str]:
    return environment(DATA_DIR=str(data_dir), PORT=str(free_port()))


@pytest.fixture
async def empty_database_url(database_url: str) -> AsyncIterator[str]:
    """A database with the schema and nothing in it, on the tests' server."""
    server = await asyncpg.connect(database_url)
    await server.execute("CREATE DATABASE supervised TEMPLATE template_of_tests")
    yield in_database(database_url, "supervised")
    await server.execute("DROP DATABASE supervised")
    await server.close()


def get(url: str, context: ssl.SSLContext | None = None) -> int:
    with urlopen(url, timeout=10, context=context) as answer:  # noqa: S310 (our own address)
        return int(answer.status)


def household(data_dir: Path) -> dict[str, psutil.Process]:
    """PostgreSQL, Valkey, worker and web, by what their command line says."""
    words = {"postgres": "bin/postgres", "valkey": "valkey-server", "worker": "digital_days.worker", "web": "granian"}
    processes = [(" ".join(process.cmdline()), process) for process in server_processes(data_dir)]
    return {name: process for name, word in words.items() for line, process in processes if word in line}


def family(processes: dict[str, psutil.Process]) -> list[psutil.Process]:
    return [one for process in processes.values() for one in (process, *process.children(recursive=True))]


def test_run_serves_beside_nobody_and_ends_without_a_trace_when_interrupted(
    data_dir: Path, env: dict[str, str], tmp_path: Path
) -> None:
    with running_program(tmp_path / "run.log", env) as running:
        assert get(f"http://127.0.0.1:{env['PORT']}/health/live") == 200
        assert get(f"http://127.0.0.1:{env['PORT']}/health/ready") == 200
        assert running.said().count(f"http://127.0.0.1:{env['PORT']}") >= 3
        members = household(data_dir)
        everybody = family(members)
        same_port = call("run", env=env)
        other_port = call("run", env=env | {"PORT": str(free_port())})
        migrated = call("migrate", env=env)
        running.process.send_signal(signal.SIGINT)
    assert running.process.returncode == 0
    assert sorted(members) == ["postgres", "valkey", "web", "worker"]
    assert still_alive(everybody) == []
    assert (same_port.returncode, other_port.returncode) == (1, 1)
    assert f"Port {env['PORT']} is already in use" in same_port.stderr
    assert "already running on the data folder" in other_port.stderr
    assert (migrated.returncode, migrated.stdout, migrated.stderr) == (0, "", "")
    assert "Traceback" not in running.said() + same_port.stderr + other_port.stderr


def expect_end_of_everything(running: Running, members: dict[str, psutil.Process], victim: str, sentence: str) -> None:
    """One part is killed: the others end too, and it is said why."""
    everybody = family(members)
    members[victim].kill()
    assert running.process.wait(30) == 1
    assert still_alive(everybody) == []
    assert re.search(rf"{sentence}.* arrêt inattendu.*\n.*ended unexpectedly", running.said())
    assert "Traceback" not in running.said()


def test_run_starts_again_on_the_same_port_when_it_was_killed_and_ends_when_its_database_dies(
    data_dir: Path, env: dict[str, str], tmp_path: Path
) -> None:
    with running_program(tmp_path / "first.log", env) as killed:
        left = family(household(data_dir))
        killed.process.kill()
        killed.process.wait(10)
        assert len(left) >= 4
    with running_program(tmp_path / "second.log", env) as running:
        assert still_alive(left) == []
        assert get(f"http://127.0.0.1:{env['PORT']}/health/ready") == 200
        expect_end_of_everything(running, household(data_dir), "postgres", "PostgreSQL")


def test_run_serves_with_its_own_certificate_when_asked_and_ends_when_its_web_server_dies(
    data_dir: Path, env: dict[str, str], tmp_path: Path
) -> None:
    with running_program(tmp_path / "run.log", env | {"HTTPS": "1"}) as running:
        context = ssl.create_default_context(cafile=data_dir / "certificate" / "certificate.pem")
        assert get(f"https://127.0.0.1:{env['PORT']}/health/ready", context=context) == 200
        assert get(f"https://localhost:{env['PORT']}/health/ready", context=context) == 200
        assert f"https://127.0.0.1:{env['PORT']}" in running.said()
        expect_end_of_everything(running, household(data_dir), "web", "serveur web")


def test_run_starts_no_servers_and_ends_on_sigterm_when_they_are_given(
    tmp_path: Path, empty_database_url: str, redis_url: str
) -> None:
    port = str(free_port())
    env = environment(DATA_DIR=str(tmp_path / "var"), PORT=port, DATABASE_URL=empty_database_url, REDIS_URL=redis_url)
    with running_program(tmp_path / "run.log", env) as running:
        assert get(f"http://127.0.0.1:{port}/health/ready") == 200
        assert not (tmp_path / "var" / "servers").exists()
        running.process.terminate()
    assert running.process.returncode == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DATABASE_URL": "postgresql://alice@127.0.0.1/x"}, "go together"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:9/x", "REDIS_URL": "redis://127.0.0.1:9"}, "No server answers"),
        (
            {"DATABASE_URL": "postgresql://a:b@127.0.0.1:abc/x", "REDIS_URL": "redis://127.0.0.1:9"},
            "DATABASE_URL is not",
        ),
        ({"DATABASE_URL": "nonsense", "REDIS_URL": "alsononsense"}, "DATABASE_URL is not"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:9/x", "REDIS_URL": "alsononsense"}, "REDIS_URL is not"),
        ({"PORT": "eight thousand"}, "PORT=eight thousand is not accepted. Possible values: a whole number."),
        ({"HTTPS": "maybe"}, "HTTPS=maybe n’est pas accepté"),
        ({"HOST": "no.such.host.invalid"}, "Cannot listen"),
        ({"PORT": "99999"}, "PORT=99999"),
        ({"HOST": "192.0.2.1"}, "Cannot listen"),
        ({"DATA_DIR": "/dev/null"}, "cannot be used"),
    ],
)
def test_run_is_refused_in_a_sentence_when_a_setting_is_wrong(
    env: dict[str, str], given: dict[str, str], sentence: str
) -> None:
    done = call("run", env=env | given)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "[Errno" not in done.stderr
    assert done.stdout == ""


def test_run_is_refused_in_a_sentence_when_valkey_does_not_take_the_password(
    tmp_path: Path, database_url: str, redis_url: str
) -> None:
    wrong = redis_url.replace("redis://:", "redis://:not-")
    env = environment(DATA_DIR=str(tmp_path / "var"), PORT=str(free_port()), DATABASE_URL=database_url, REDIS_URL=wrong)
    for command in ("run", "web", "worker"):
        done = call(command, env=env)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Valkey refuse l’accès" in done.stderr
        assert "Traceback" not in done.stderr
        assert "not-" not in done.stderr
