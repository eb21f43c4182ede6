"""The key that signs links and tickets: made on the first start, kept in the data folder."""

import os
import secrets
from pathlib import Path

from digital_days.kernel.sentences import Unable
from digital_days.running.private_place import disk_troubles

LENGTH = 43  # of 32 random bytes in URL-safe base 64


def kept_secret_key(data_dir: Path) -> str:
    """The same key for ever after; two first starts at once agree on one."""
    path = data_dir / "secret-key"
    with disk_troubles(data_dir):
        if not path.exists():
            _create(path)
        key = path.read_text(errors="replace").strip()
    if len(key) < LENGTH:
        raise Unable(
            f"Le fichier {path} est incomplet : rétablissez-le, ou supprimez-le pour en recevoir un neuf "
            "(les liens et billets déjà envoyés ne vaudront plus).",
            f"The file {path} is incomplete: restore it, or delete it to get a new one "
            "(links and tickets already sent will no longer be valid).",
        )
    return key


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".secret-key-{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(fresh, path)  # never replaces: the first one wins
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
