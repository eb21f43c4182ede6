"""A process of its own that holds the private servers, to be ended in every way that a test can think of."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from digital_days.embedded import Addresses

PROGRAM = """
import json, sys, time
from dataclasses import asdict
from pathlib import Path
from digital_days.embedded import servers

with servers(Path(sys.argv[1]), durable=bool(sys.argv[2])) as addresses:
    print(json.dumps(asdict(addresses)), flush=True)
    time.sleep(60)
"""


@dataclass
class Holder:
    process: subprocess.Popen[str]
    addresses: Addresses


def hold(data_dir: Path, *, durable: bool = True) -> Holder:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(data_dir), "durable" if durable else ""],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return Holder(process, Addresses(**json.loads(process.stdout.readline())))
