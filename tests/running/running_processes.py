"""Which processes belong to a data folder, so that a test can see that none is left."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from digital_days.running.processes import is_alive


@contextmanager
def kept_servers(folder: Path) -> Iterator[Path]:
    """A data folder for durable servers; at the end their data goes too, which as root is elsewhere."""
    yield folder / "var"
    shutil.rmtree((folder / "var" / "servers").resolve(), ignore_errors=True)


def server_processes(data_dir: Path) -> list[psutil.Process]:
    """The servers (and what lives on them) that the folder's notes name and that are running."""
    notes = data_dir / "servers" / "processes.json"
    found = []
    for pid, born, _signal in json.loads(notes.read_text()):
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            if abs(process.create_time() - born) < 1:
                found.append(process)
    return found


def still_alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended a moment later."""
    deadline = time.monotonic() + 5
    while (alive := [process for process in processes if is_alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return alive
