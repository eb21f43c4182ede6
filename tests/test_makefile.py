"""What ``make help`` promises."""

import re
import subprocess
from pathlib import Path

HOUSE = Path(__file__).parents[1]


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=HOUSE, capture_output=True, text=True, check=False)


def test_every_target_that_help_names_is_there():
    promised = re.findall(r"make ([\w-]+)|\| (\w+)", _make("--silent", "help").stdout)
    targets = [one or other for one, other in promised]

    missing = [target for target in targets if _make("--dry-run", target).returncode]

    assert {"run", "test", "lock", "clean", "bench-tickets", "types"} <= set(targets)
    assert missing == []
