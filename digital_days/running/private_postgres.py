"""A PostgreSQL of our own: loopback only, one role with a password, made whole or not at all."""

import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from digital_days.running.private_place import EmbeddedError, Place, disk_full
from digital_days.running.processes import Household, call

ROLE = DATABASE = "digital_days"
PATIENCE = 120  # seconds: a server that was killed reads its journal again before it answers
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SCRUBBED = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class PortTaken(Exception):
    """Somebody took the port between the choice and the start."""


def version_of(place: Place) -> int | None:
    """The major version that wrote the data, or None when there is none yet; half-written data is refused."""
    cluster = place.folder / "postgres"
    if not cluster.exists() and not cluster.is_symlink():
        return None
    try:
        (cluster / "password").read_text()
        if not (cluster / "data" / "global" / "pg_control").exists():
            raise damaged(cluster)
        return int((cluster / "data" / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise damaged(cluster) from None


def create(place: Place, programs: Path, *, durable: bool) -> None:
    """Make the data aside and put it in place in one step: an interruption leaves nothing half-made."""
    fresh = place.folder / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    password = secrets.token_urlsafe(24)
    (fresh / "password").touch(mode=0o600)
    (fresh / "password").write_text(password)
    if place.owner is not None:
        shutil.chown(fresh, *place.owner)
    _initdb(place, programs, fresh / "data", durable=durable)
    # Nobody enters but our one role, with its password: the superuser has none, and there is no socket.
    (fresh / "data" / "pg_hba.conf").write_text(f"host all {ROLE} 127.0.0.1/32 scram-sha-256\n")
    _single_user(
        place,
        programs,
        fresh / "data",
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE {DATABASE} OWNER {ROLE}\n",
    )
    fresh.rename(place.folder / "postgres")


def run(place: Place, programs: Path, household: Household, *, port: int, durable: bool) -> subprocess.Popen[bytes]:
    """Start the server and return once it answers; damaged data or a full disk is told in a sentence."""
    data, log = place.folder / "postgres" / "data", place.folder / "postgres.log"
    settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "lc_messages=C"]
    settings += ["wal_init_zero=off"]  # filling each new 16 MB of journal with zeros stops everybody for 30 ms
    settings += ["timezone=UTC", "log_timezone=UTC", *(() if durable else NOT_DURABLE)]
    command: list[str | Path] = [programs / "postgres", "-D", data]
    command += [part for setting in settings for part in ("-c", setting)]
    process = household.start(
        command,
        env=SCRUBBED,
        polite=signal.SIGINT,  # ends sessions in order; SIGTERM would wait for clients to leave
        patience=30,
        cwd=place.folder,
        log=log,
        identity=place.identity,
    )
    deadline = time.monotonic() + PATIENCE
    while not _ready(data, process.pid):
        if process.poll() is not None or time.monotonic() > deadline:
            raise explanation(log.read_text(errors="replace"), place.folder)
        time.sleep(0.02)
    # A server with damaged files may say that it is ready, and then turn everybody away.
    code, said = _call(place, [programs / "psql", "-XAtq", "-c", "SELECT 1", url(place, port)])
    if code != 0:
        process.send_signal(signal.SIGQUIT)
        raise explanation(f"{log.read_text(errors='replace')}\n{said}", place.folder)
    return process


def url(place: Place, port: int) -> str:
    """The address of the database, with its password."""
    password = (place.folder / "postgres" / "password").read_text()
    return f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/{DATABASE}"


def explanation(log: str, folder: Path) -> Exception:
    """What the server's last words mean."""
    if "No space left on device" in log:
        return disk_full(folder)
    if re.search(r"could not (bind|create any TCP/IP sockets)", log):
        return PortTaken()
    if 'lock file "postmaster.pid" already exists' in log:
        return EmbeddedError(
            f"Un autre PostgreSQL se sert déjà des données de {folder}. Arrêtez-le, puis recommencez.",
            f"Another PostgreSQL server already uses the data in {folder}. Stop it, then start again.",
        )
    said = last_complaint(log)
    return damaged(folder / "postgres", f" (PostgreSQL : {said})", f" (PostgreSQL: {said})")


def last_complaint(log: str) -> str:
    """The last error that PostgreSQL's programs wrote, or else their last words."""
    said = re.findall(r"(?:PANIC|FATAL|ERROR|error): +(.*)", log) or log.strip().splitlines()[-1:] or ["?"]
    return str(said[-1])


def damaged(cluster: Path, said_fr: str = "", said_en: str = "") -> EmbeddedError:
    """The sentence for data that no server can open; we never delete it ourselves."""
    return EmbeddedError(
        f"Les données de {cluster} sont incomplètes ou abîmées{said_fr}. Rétablissez une copie, "
        "ou déplacez ce dossier pour repartir à neuf.",
        f"The data in {cluster} is incomplete or damaged{said_en}. Restore a copy, "
        "or move this folder away to start afresh.",
    )


def not_made(log: str, folder: Path) -> EmbeddedError:
    """The sentence for data that could not even be made; nothing of it stays."""
    if "No space left on device" in log:
        return disk_full(folder)
    said = last_complaint(log)
    return EmbeddedError(
        f"PostgreSQL n’a pas pu créer ses données dans {folder} : {said}",
        f"PostgreSQL could not make its data in {folder}: {said}",
    )


def _initdb(place: Place, programs: Path, data: Path, *, durable: bool) -> None:
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--encoding=UTF8",
        "--no-instructions",
    ]
    command += ["--auth=reject", *(() if durable else ("--no-sync",))]
    for locale in ("C.UTF-8", "C"):
        code, said = _call(place, [*command, f"--locale={locale}"])
        if code == 0 or "invalid locale" not in said:
            break
    if code != 0:
        raise not_made(said, place.folder)


def _single_user(place: Place, programs: Path, data: Path, statements: str) -> None:
    command: list[str | Path] = [
        programs / "postgres",
        "--single",
        "-c",
        "exit_on_error=true",
        "-D",
        data,
        "postgres",
    ]
    code, said = _call(place, command, statements)
    if code != 0:
        raise not_made(said, place.folder)


def _call(place: Place, command: Sequence[str | Path], text: str = "") -> tuple[int, str]:
    return call(command, env=SCRUBBED, text=text, cwd=place.folder, identity=place.identity)


def _ready(data: Path, pid: int) -> bool:
    """``pg_ctl`` asks the same file: its eighth line says "ready" once connections are taken."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"
