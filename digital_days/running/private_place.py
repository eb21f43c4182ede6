"""Where the private servers live: inside the data folder, or as root where an unprivileged account may go.

PostgreSQL refuses to run as root. Then the servers get a folder of their own under ``/var/lib/digital-days``
(the data folder holds a link to it), an account of their own, and a copy of their programs: the checkout may
be in a folder that nobody else can enter, and no permission of anything that is not ours is changed.
"""

import errno
import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from digital_days.kernel.sentences import Unable
from digital_days.running.processes import Household, Identity

SHARED_ROOT = Path("/var/lib/digital-days")
ACCOUNT_NAME = "digital-days"


class EmbeddedError(Unable):
    """The private PostgreSQL or Valkey cannot serve, for a reason that the sentence tells."""


@dataclass(frozen=True)
class Place:
    folder: Path
    owner: tuple[int, int] | None  # uid and gid that the servers run as; None: whoever started us

    @property
    def identity(self) -> Identity:
        """The arguments of ``subprocess`` that run a program as the owner, its files closed to others."""
        if self.owner is None:
            return {"umask": 0o077}
        return {"user": self.owner[0], "group": self.owner[1], "extra_groups": [], "umask": 0o077}


@contextmanager
def locked_place(data_dir: Path, *, throwaway: bool) -> Iterator[Place]:
    """Hold the servers' folder for ourselves; ``throwaway`` removes it afterwards."""
    with disk_troubles(data_dir):
        place = _find_or_create(data_dir)
        lock = (place.folder / "lock").open("a")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EmbeddedError(
                f"Le programme tourne déjà sur le dossier de données {data_dir}. Arrêtez-le d’abord, "
                "ou choisissez un autre dossier avec DATA_DIR.",
                f"The program is already running on the data folder {data_dir}. Stop it first, "
                "or choose another folder with DATA_DIR.",
            ) from None
        try:
            if throwaway:
                _sweep()
                (place.folder / "throwaway").touch()
            yield place
        finally:
            if throwaway:
                shutil.rmtree(place.folder, ignore_errors=True)
                if _link(data_dir).is_symlink():
                    _link(data_dir).unlink()


def is_held(data_dir: Path) -> bool:
    """Whether some process is running the servers of this data folder right now."""
    try:
        with (_link(data_dir) / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def folder_of(data_dir: Path) -> Path:
    """The servers' folder, whether it exists or not."""
    return _link(data_dir).resolve()


@contextmanager
def disk_troubles(data_dir: Path) -> Iterator[None]:
    """Tell a full, closed or unsuitable disk in a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(data_dir) from error
        where = error.filename or data_dir
        raise EmbeddedError(
            f"Le dossier de données {data_dir} ne peut pas servir : {where} ({error.strerror}).",
            f"The data folder {data_dir} cannot be used: {where} ({error.strerror}).",
        ) from error


def disk_full(data_dir: Path) -> EmbeddedError:
    """The sentence for a full disk."""
    return EmbeddedError(
        f"Il ne reste plus d’espace sur le disque pour {data_dir}. Libérez de l’espace, puis recommencez.",
        f"No space is left on the disk for {data_dir}. Free some space, then start again.",
    )


def _sweep() -> None:
    """Remove the throwaway folders whose holder was killed: nobody else would find them again."""
    for mark in SHARED_ROOT.glob("data-*/throwaway") if os.geteuid() == 0 else ():
        with suppress(OSError), (mark.parent / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with Household(mark.parent / "processes.json"):
                pass  # entering ends what was left running
            shutil.rmtree(mark.parent, ignore_errors=True)


def _link(data_dir: Path) -> Path:
    return data_dir / "servers"


def _find_or_create(data_dir: Path) -> Place:
    data_dir.mkdir(parents=True, exist_ok=True)
    link = _link(data_dir)
    as_root = os.geteuid() == 0
    if not link.exists():
        if as_root:
            _create_shared(link)
        else:
            link.mkdir(mode=0o700, exist_ok=True)
    folder = link.resolve()
    owner = folder.stat()
    ours = owner.st_uid != 0 if as_root else owner.st_uid == os.geteuid()
    if not folder.is_dir() or not ours:
        raise EmbeddedError(
            f"{link} n’est pas un dossier que ce programme a créé pour ce compte. Déplacez-le, puis recommencez.",
            f"{link} is not a folder that this program made for this account. Move it away, then start again.",
        )
    return Place(folder, (owner.st_uid, owner.st_gid) if as_root else None)


def _create_shared(link: Path) -> None:
    SHARED_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (SHARED_ROOT / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        owner = _account()
    folder = SHARED_ROOT / f"data-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700)
    os.chown(folder, *owner)
    if link.is_symlink():
        link.unlink()  # it pointed to a folder that is no more
    link.symlink_to(folder)


def _account() -> tuple[int, int]:
    """The account of our own, made on the first day; ``nobody`` where none can be made."""
    try:
        entry = pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(SHARED_ROOT)]
        try:
            subprocess.run(  # noqa: S603 (constant arguments)
                [*command, "--shell", "/usr/sbin/nologin", ACCOUNT_NAME], check=True, capture_output=True
            )
            entry = pwd.getpwnam(ACCOUNT_NAME)
        except (OSError, subprocess.CalledProcessError, KeyError):
            entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid
