"""Starting and ending the programs that this one is made of, each by its own pid."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict

import psutil

from digital_days.running.signals import held_back


class Identity(TypedDict, total=False):
    """Arguments of ``subprocess`` that make a program run as another account."""

    user: int
    group: int
    extra_groups: Sequence[int]
    umask: int


@dataclass(frozen=True)
class Started:
    process: subprocess.Popen[bytes]
    polite: signal.Signals  # what asks it to end
    patience: float  # seconds until it is ended anyway


class Household:
    """What runs together: all of it ends with the block, last started first.

    With a file for notes, a start after ``kill -9`` ends what was left behind. Each program has a session of
    its own, so that Ctrl-C reaches only us.
    """

    def __init__(self, notes: Path | None = None) -> None:
        self.notes = notes
        self.started: list[Started] = []

    def __enter__(self) -> Self:
        self._end_leftovers()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with held_back():
            for each in reversed(self.started):
                _end(each)
            if self.notes is not None:
                self.notes.unlink(missing_ok=True)

    def start(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        polite: signal.Signals = signal.SIGTERM,
        patience: float = 10,
        cwd: Path | None = None,
        log: Path | None = None,
        identity: Identity | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program of the house; with a log, its output goes there."""
        with held_back():
            output = None if log is None else log.open("wb")
            process = subprocess.Popen(  # noqa: S603 (the commands are ours)
                [str(part) for part in command],
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=None if output is None else subprocess.STDOUT,
                start_new_session=True,
                **(identity or {}),
            )
            self.started.append(Started(process, polite, patience))
            if output is not None:
                output.close()
            self._note()
        return process

    def _note(self) -> None:
        """Write down who is there, and since when: a pid alone may be somebody else's tomorrow."""
        if self.notes is None:
            return
        entries = []
        for each in self.started:
            with suppress(psutil.NoSuchProcess):
                born = psutil.Process(each.process.pid).create_time()
                entries.append((each.process.pid, born, int(each.polite)))
        self.notes.write_text(json.dumps(entries))

    def _end_leftovers(self) -> None:
        try:
            entries = json.loads(self.notes.read_text()) if self.notes else []
            left = [(int(pid), float(born), int(polite)) for pid, born, polite in entries]
        except (FileNotFoundError, ValueError, TypeError):
            return
        for pid, born, polite in reversed(left):
            _end_leftover(pid, born, polite)


def call(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    text: str = "",
    cwd: Path | None = None,
    identity: Identity | None = None,
) -> tuple[int, str]:
    """Run a program to its end and return its exit code and all it said; interrupted, it leaves no child."""
    with held_back():
        process = subprocess.Popen(  # noqa: S603 (the commands are ours)
            [str(part) for part in command],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            **(identity or {}),
        )
    try:
        said, _ = process.communicate(text)
    except BaseException:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return process.returncode, said


def _end(started: Started) -> None:
    """Ask, wait, and at last insist: the process and what it started in its session are gone afterwards."""
    process = started.process
    if process.poll() is None:
        process.send_signal(started.polite)
    with suppress(subprocess.TimeoutExpired):
        process.wait(started.patience)
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _end_leftover(pid: int, born: float, polite: int) -> None:
    """End this very process; another one that got the same pid since is left alone."""
    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - born) > 1:
            return
        family = [process, *process.children(recursive=True)]
        process.send_signal(polite)
    except psutil.NoSuchProcess:
        return
    deadline = time.monotonic() + 10
    while any(is_alive(each) for each in family) and time.monotonic() < deadline:
        time.sleep(0.02)
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()


def is_alive(process: psutil.Process) -> bool:
    """A zombie is not: only its parent, which is not us, can make it go away."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
