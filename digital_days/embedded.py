"""Private PostgreSQL and Valkey for a laptop, a demo, the tests: started with us, ended with us."""

import json
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from digital_days.running import private_postgres, private_valkey
from digital_days.running.private_place import EmbeddedError, Place, disk_troubles, folder_of, is_held, locked_place
from digital_days.running.private_postgres import PortTaken
from digital_days.running.private_programs import programs_for
from digital_days.running.processes import Household
from digital_days.running.signals import ending_on

# Below the range from which systems hand out ports to outgoing connections.
PORTS = range(20_000, 32_000)
T = TypeVar("T")


@dataclass(frozen=True)
class Addresses:
    database_url: str
    redis_url: str


@dataclass(frozen=True)
class Servers:
    addresses: Addresses
    postgres: subprocess.Popen[bytes]
    valkey: subprocess.Popen[bytes]
    folder: Path  # their logs are here
    household: Household  # others who live on these servers may join, and end before them


@contextmanager
def servers(data_dir: Path, *, durable: bool = True) -> Iterator[Addresses]:
    """Both servers, while the block lasts; without ``durable`` they are faster and leave nothing behind."""
    with ending_on((signal.SIGTERM,), exit_code=143), running_servers(data_dir, durable=durable) as running:
        yield running.addresses


@contextmanager
def running_servers(
    data_dir: Path, *, durable: bool = True, before_start: Callable[[], None] = lambda: None
) -> Iterator[Servers]:
    """Like ``servers``, with the processes at hand; signals are the caller's business.

    ``before_start`` may refuse once the folder is ours and what an earlier run left behind is gone.
    """
    data_dir = data_dir.absolute()
    with (
        locked_place(data_dir, throwaway=not durable) as place,
        Household(place.folder / "processes.json") as household,
    ):
        before_start()
        with disk_troubles(data_dir):
            version = private_postgres.version_of(place)
            programs = programs_for(place, version=version)
            if version is None:
                private_postgres.create(place, programs.postgres, durable=durable)
            postgres, postgres_port = _on_a_port(
                place.folder / "postgres.port",
                lambda port: private_postgres.run(place, programs.postgres, household, port=port, durable=durable),
            )
            (valkey, redis_url), _ = _on_a_port(
                place.folder / "valkey.port",
                lambda port: private_valkey.run(place, programs.valkey, household, port=port),
            )
            addresses = Addresses(private_postgres.url(place, postgres_port), redis_url)
        with _published(place, addresses):
            yield Servers(addresses, postgres, valkey, data_dir / "servers", household)


def servers_of_another(data_dir: Path, *, patience: float = 20) -> Addresses | None:
    """The servers that another process runs on this folder now, if any; waits while they are starting."""
    deadline = time.monotonic() + patience
    while is_held(data_dir.absolute()):
        try:
            return Addresses(**json.loads((folder_of(data_dir.absolute()) / "addresses.json").read_text()))
        except (OSError, ValueError, TypeError):
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"Le programme démarre sur {data_dir} et ne répond pas encore. Réessayez bientôt.",
                    f"The program is starting on {data_dir} and does not answer yet. Try again in a moment.",
                ) from None
            time.sleep(0.1)
    return None


@contextmanager
def _published(place: Place, addresses: Addresses) -> Iterator[None]:
    path = place.folder / "addresses.json"
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(addresses)))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _on_a_port(memory: Path, run: Callable[[int], T]) -> tuple[T, int]:
    """Run on the port of last time when it is free, else on another one."""
    remembered = memory.read_text() if memory.exists() else ""
    candidates = [int(remembered)] if remembered.isdecimal() else []
    for port in [*candidates, *random.sample(PORTS, 50)]:
        if not _is_free(port):
            continue
        try:
            running = run(port)
        except PortTaken:  # between our look and the start
            continue
        memory.write_text(str(port))
        return running, port
    raise EmbeddedError(
        "Aucun port libre n’a été trouvé sur cette machine pour les serveurs privés.",
        "No free port was found on this machine for the private servers.",
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True
