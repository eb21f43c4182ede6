"""``digital-days`` as a process of its own, with an environment that holds nothing but what is given."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CLI = [sys.executable, "-m", "digital_days"]
ROOT = Path(__file__).parents[2]


def environment(**given: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), **given}


def call(*arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CLI, *arguments], env=dict(env), capture_output=True, text=True, check=False, timeout=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextmanager
def running_program(log: Path, env: Mapping[str, str]) -> Iterator[Running]:
    """``digital-days run`` once it says that it is ready; ended by Ctrl-C unless the test has ended it."""
    with log.open("w") as output:
        process = subprocess.Popen(
            [*CLI, "run"], env=dict(env), stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    running = Running(process, log)
    try:
        deadline = time.monotonic() + 60
        while "Ctrl-C" not in running.said():
            assert process.poll() is None, running.said()
            assert time.monotonic() < deadline, running.said()
            time.sleep(0.05)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
