"""kill -9 at any moment of an ingestion: the index opens every time and answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.settings import Settings

DRIVER = Path(__file__).with_name("kill_driver.py")


def kills(settings: Settings, folder: Path, number: int) -> dict[str, object]:
    """What came of so many kills, each at a random moment of an ingestion."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(folder / "data"), str(number), "4"],
        capture_output=True,
        text=True,
        env=os.environ
        | {"HOIDAP_CACHE": str(settings.cache), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        timeout=60 + 10 * number,  # seconds
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize("number", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_the_index_survives_every_kill(settings: Settings, tmp_path: Path, number: int) -> None:
    told = kills(settings, tmp_path, number)
    assert told["killed"] == number
    assert told["left"] == ["CURRENT", "LOCK", "index", "index"]
