"""What can be seen of ``compose.yaml`` without an engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scheduling.routes.speaker_form import MOST_SENT

TEXT = (Path(__file__).parents[1] / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_service_runs_closed_in_when_started(name: str) -> None:
    service = COMPOSE["services"][name]
    dockerfile = service.get("build", {}).get("dockerfile_inline", "")
    last_stage = dockerfile.rpartition("FROM ")[2]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("user", "").partition(":")[0] not in ("", "0") or re.search(r"USER [1-9]", last_stage)


def test_variables_are_required_or_have_a_default_when_used() -> None:
    used = re.findall(r"(?<!\$)\$(\{?)(\w+)(:[?-])?", TEXT)
    assert len(used) > 8
    assert [name for brace, name, kind in used if not brace or not kind] == []


def test_only_the_proxy_is_open_to_the_world() -> None:
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["back"] == {"internal": True}


def test_everything_that_is_named_exists() -> None:
    for service in COMPOSE["services"].values():
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
        assert {entry["source"] for entry in service.get("configs", [])} <= set(COMPOSE["configs"])
        assert set(service.get("depends_on", [])) <= set(COMPOSE["services"])
        named = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert named <= set(COMPOSE["volumes"])


def test_what_people_send_is_kept_where_web_and_worker_both_find_it() -> None:
    for name in ("web", "worker"):
        service = COMPOSE["services"][name]
        assert "files:/data" in service["volumes"]
        assert service["environment"]["DATA_DIR"] == "/data"


def test_proxy_lets_the_largest_upload_through() -> None:
    """Portraits and plans of halls with their forms; the program itself refuses what is larger than each page takes."""
    [size] = re.findall(r"max_size (\d+)MB", COMPOSE["configs"]["caddyfile"]["content"])
    assert int(size) * 1_000_000 >= MOST_SENT
