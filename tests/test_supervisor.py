import re
import signal
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from tests.running.program import Running, call, environment, free_port, running_program
from tests.running.running_processes import server_processes, still_alive

# One data folder for all, because the first start is the slow one; each test ends what it started.
pytestmark = pytest.mark.xdist_group("supervisor")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("supervisor") / "var"


@pytest.fixture
def env(data_dir: Path) -> dict[str, str]:
    return environment(DATA_DIR=str(data_dir), PORT=str(free_port()))


@pytest.fixture
def running(data_dir: Path, env: dict[str, str], tmp_path: Path) -> Iterator[Running]:
    with running_program(tmp_path / "run.log", env) as started:
        yield started


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_serves_prints_links_and_ends_without_a_trace_when_told(
    running: Running, data_dir: Path, env: dict[str, str], number: signal.Signals
) -> None:
    assert get(f"http://127.0.0.1:{env['PORT']}/health/live") == 200
    assert get(f"http://127.0.0.1:{env['PORT']}/health/ready") == 200
    assert running.said().count(f"http://127.0.0.1:{env['PORT']}") >= 3
    members = household(data_dir)
    assert sorted(members) == ["postgres", "valkey", "web", "worker"]
    everybody = family(members)
    running.process.send_signal(number)
    assert running.process.wait(30) == 0
    assert still_alive(everybody) == []
    assert "Traceback" not in running.said()


@pytest.mark.parametrize(
    ("victim", "sentence"),
    [("web", "serveur web"), ("worker", "exécutant"), ("postgres", "PostgreSQL"), ("valkey", "Valkey")],
)
def test_run_ends_everything_and_says_why_when_a_part_dies(
    running: Running, data_dir: Path, victim: str, sentence: str
) -> None:
    members = household(data_dir)
    everybody = family(members)
    members[victim].kill()
    assert running.process.wait(30) == 1
    assert still_alive(everybody) == []
    assert re.search(rf"{sentence}.* arrêt inattendu.*\n.*ended unexpectedly", running.said())
    assert "Traceback" not in running.said()


def test_run_is_refused_when_one_is_running(running: Running, env: dict[str, str]) -> None:
    same_port = call("run", env=env)
    other_port = call("run", env=env | {"PORT": str(free_port())})
    assert (same_port.returncode, other_port.returncode) == (1, 1)
    assert "Port " + env["PORT"] + " is already in use" in same_port.stderr
    assert "already running on the data folder" in other_port.stderr
    assert "Traceback" not in same_port.stderr + other_port.stderr
    assert running.process.poll() is None


def test_commands_use_the_servers_of_a_run_when_one_is_running(running: Running, env: dict[str, str]) -> None:
    done = call("migrate", env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert running.process.poll() is None


def test_run_starts_no_servers_when_they_are_given(database_url: str, redis_url: str, tmp_path: Path) -> None:
    port = str(free_port())
    env = environment(DATA_DIR=str(tmp_path / "var"), PORT=port, DATABASE_URL=database_url, REDIS_URL=redis_url)
    with running_program(tmp_path / "run.log", env) as started:
        assert get(f"http://127.0.0.1:{port}/health/ready") == 200
        assert not (tmp_path / "var" / "servers").exists()
    assert started.process.returncode == 0


def test_run_serves_with_its_own_certificate_when_asked(data_dir: Path, env: dict[str, str], tmp_path: Path) -> None:
    with running_program(tmp_path / "run.log", env | {"HTTPS": "1"}) as started:
        context = ssl.create_default_context(cafile=data_dir / "certificate" / "certificate.pem")
        assert get(f"https://127.0.0.1:{env['PORT']}/health/ready", context=context) == 200
        assert get(f"https://localhost:{env['PORT']}/health/ready", context=context) == 200
        assert f"https://127.0.0.1:{env['PORT']}" in started.said()
    assert started.process.returncode == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DATABASE_URL": "postgresql://alice@127.0.0.1/x"}, "go together"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:9/x", "REDIS_URL": "redis://127.0.0.1:9"}, "No server answers"),
        ({"PORT": "eight thousand"}, "port"),
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
    assert done.stdout == ""
