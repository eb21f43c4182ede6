"""Which processes belong to a data folder, so that a test can see that none is left."""

import json
from contextlib import suppress
from pathlib import Path

import psutil


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
    return list(psutil.wait_procs(processes, timeout=5)[1])
