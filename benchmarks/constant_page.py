"""One answer in memory and nothing else behind Granian: the most that a page of this size can do here."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from litestar.types import ASGIApp, Receive, Scope, Send

from tests.running_server import ROOT, free_port


def create_app() -> ASGIApp:
    """Answers every request with the bytes of the file that BODY names."""
    body = Path(os.environ["BODY"]).read_bytes()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return app


@contextmanager
def constant_page(body: Path) -> Iterator[str]:
    """Serves it with one Granian worker; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--factory", "--port", str(port)]
    command += ["--workers", "1", "--no-access-log", "--log-level", "warning", "benchmarks.constant_page:create_app"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"BODY": str(body)})
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the constant page was not served after 30 s")
