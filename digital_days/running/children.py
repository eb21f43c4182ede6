"""The commands and the environment of the processes that make the program: web, worker, one-off tasks."""

import sys
from collections.abc import Mapping
from pathlib import Path

from digital_days.embedded import Addresses
from digital_days.kernel.settings import Settings
from digital_days.running.addresses import EVERYWHERE, local_address, network_addresses
from digital_days.running.secret_key import kept_secret_key
from digital_days.running.self_signed import certificate


def environment(variables: Mapping[str, str], settings: Settings, own_servers: Addresses | None) -> dict[str, str]:
    """The variables given to us, completed: every child reads the same settings from them."""
    complete = {
        **variables,
        "DATA_DIR": str(settings.data_dir.absolute()),
        "SECRET_KEY": settings.secret_key or kept_secret_key(settings.data_dir),
        "BASE_URL": settings.base_url or network_url(settings) or local_url(settings),
        "ALLOWED_HOSTS": ",".join(filter(None, [settings.allowed_hosts, *_own_addresses(settings)])),
        "PYTHONUNBUFFERED": "1",
    }
    if own_servers is not None:
        complete |= {
            "DATABASE_URL": own_servers.database_url,
            "REDIS_URL": own_servers.redis_url,
            # Nothing leaves a laptop by mistake, and everything can be looked at.
            "MAILBOX": variables.get("MAILBOX", "1"),
        }
    return complete


def web_command(settings: Settings) -> list[str]:
    """Granian with our application."""
    command = [sys.executable, "-m", "granian", "digital_days.app:create_app", "--factory"]
    command += ["--interface", "asgi", "--loop", "uvloop", "--no-ws", "--no-access-log"]
    command += ["--host", settings.host, "--port", str(settings.port)]
    command += ["--workers", str(settings.web_workers), "--workers-kill-timeout", "8"]
    # A kept-alive connection counts against the backpressure even while it is idle.
    command += ["--backlog", "2048", "--backpressure", "1024", "--log-level", "warning"]
    if settings.https:
        cert, key = certificate(settings.data_dir, network_addresses())
        command += ["--ssl-certificate", str(cert), "--ssl-keyfile", str(key)]
        command += ["--ssl-protocol-min", "tls1.2"]
    return command


def worker_command() -> list[str]:
    """The worker that keeps the outbox's promises."""
    return [sys.executable, "-m", "digital_days.worker"]


def task_command(name: str, *arguments: str | Path) -> list[str]:
    """A one-off task, in a process that has a database."""
    return [sys.executable, "-m", "digital_days.tasks", name, *map(str, arguments)]


def match_command(name: str, *arguments: str) -> list[str]:
    """A problem of the speed dating to solve, in a process that loads solvers and has no database."""
    return [sys.executable, "-m", f"matchmaking.{name}_command", *arguments]


def local_url(settings: Settings) -> str:
    """The address for a browser on this machine."""
    return f"{_scheme(settings)}://{local_address(settings.host)}:{settings.port}"


def network_url(settings: Settings) -> str | None:
    """The address for a phone on the same network, when HOST lets it in."""
    if settings.host not in EVERYWHERE:
        return None
    addresses = network_addresses()
    return f"{_scheme(settings)}://{addresses[0]}:{settings.port}" if addresses else None


def _own_addresses(settings: Settings) -> list[str]:
    return network_addresses() if settings.host in EVERYWHERE else []


def _scheme(settings: Settings) -> str:
    return "https" if settings.https else "http"
