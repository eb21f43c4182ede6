"""Provers at work beside us: started, listened to, and never left behind."""

import os
import selectors
import subprocess
import sys
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

import msgspec

from matchmaking.engine.rounds.prover import Task
from matchmaking.engine.timing import Timed


class Helpers:
    """``with Helpers() as helpers``: on the way out every process is ended and waited for."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._partial: dict[int, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
            if process.stdout:
                process.stdout.close()
        self._selector.close()

    def start(self, task: Task) -> None:
        """One more prover."""
        with TemporaryFile() as question:
            question.write(msgspec.msgpack.encode(task))
            question.seek(0)
            process = subprocess.Popen(
                [sys.executable, "-m", "matchmaking.engine.rounds.prover"], stdin=question, stdout=subprocess.PIPE
            )
        self._processes.append(process)
        if process.stdout:
            self._selector.register(process.stdout, selectors.EVENT_READ)

    @property
    def working(self) -> bool:
        """Whether any of them may still say something."""
        return bool(self._selector.get_map())

    def heard(self, seconds: float) -> list[Timed]:
        """What they have said meanwhile; waits for the first word no longer than that."""
        said: list[Timed] = []
        for key, _ in self._selector.select(max(seconds, 0)) if self.working else ():
            data = os.read(key.fd, 1 << 20)
            if not data:
                self._selector.unregister(key.fileobj)
            *lines, rest = (self._partial.get(key.fd, b"") + data).split(b"\n")
            self._partial[key.fd] = rest
            said += [msgspec.json.decode(line, type=Timed) for line in lines]
        return said
