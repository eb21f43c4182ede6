"""Ctrl-C and SIGTERM become an orderly end, and never fall between starting a process and noting its pid."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ending_on(numbers: tuple[signal.Signals, ...], *, exit_code: int) -> Iterator[None]:
    """While inside, the first of these signals raises ``SystemExit`` and the following ones are ignored."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise SystemExit(exit_code)

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers, and only it receives signals
        return
    before = {number: signal.signal(number, leave) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


@contextmanager
def held_back() -> Iterator[None]:
    """While inside, a stop signal waits; it is delivered on the way out."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    # A Python handler, not a mask: what is started meanwhile must not inherit the deafness.
    before = {
        number: signal.signal(number, lambda received, _frame: waiting.append(received))
        for number in STOPPING
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
    for received in dict.fromkeys(waiting):
        signal.raise_signal(received)
