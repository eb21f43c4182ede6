"""A Valkey of our own: loopback only, a password, nothing on disk (the outbox in PostgreSQL is the truth)."""

import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

from digital_days.running.private_place import EmbeddedError, Place
from digital_days.running.private_postgres import SCRUBBED, PortTaken
from digital_days.running.processes import Household

PATIENCE = 15


def run(place: Place, program: Path, household: Household, *, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server and return it with its address once it answers."""
    password = secrets.token_urlsafe(24)
    settings = place.folder / "valkey.conf"
    settings.unlink(missing_ok=True)
    settings.touch(mode=0o600)  # a file, because every account can read a command line
    settings.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\n'
        f'dir "{place.folder}"\ndaemonize no\nloglevel warning\n'
    )
    if place.owner is not None:
        shutil.chown(settings, *place.owner)
    log = place.folder / "valkey.log"
    process = household.start(
        [program, settings], env=SCRUBBED, patience=5, cwd=place.folder, log=log, identity=place.identity
    )
    deadline = time.monotonic() + PATIENCE
    while not _answers(port, password):
        if process.poll() is not None or time.monotonic() > deadline:
            raise _explanation(log)
        time.sleep(0.02)
    return process, f"redis://:{password}@127.0.0.1:{port}/0"


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\n") < 2 and (more := connection.recv(64)):
                answer += more
    except OSError:
        return False
    return answer == b"+OK\r\n+PONG\r\n"


def _explanation(log: Path) -> Exception:
    text = log.read_text(errors="replace")
    if "Address already in use" in text:
        return PortTaken()
    last = (text.strip().splitlines() or ["?"])[-1]
    return EmbeddedError(
        f"La file d’attente Valkey n’a pas démarré ({last}). Son journal : {log}",
        f"The Valkey queue did not start ({last}). Its log: {log}",
    )
