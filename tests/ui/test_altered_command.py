from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.cli import main

CASES = (
    {"id": "a1", "sentence": "Tỷ lệ che phủ rừng duy trì ở mức 65%.", "change": "none", "supported": True},
    {"id": "a2", "sentence": "Tỷ lệ che phủ rừng đạt 65%.", "change": "modality", "supported": False},
)
PLACE = {"document": "qd-dieu-chinh-quy-hoach-2026", "address": "dieu-1/ii/2/b/gach-4/cong-1"}


def test_altered_sentences_are_counted_and_the_wrong_verdicts_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "development.jsonl"
    lines = (json.dumps(PLACE | case, ensure_ascii=False) for case in CASES)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert main(["eval", "altered", str(file)]) == 0
    told = capsys.readouterr().out
    assert "câu đúng" in told and "a2 (modality, lẽ ra phải chặn)" in told
    assert main(["eval", "altered", "--misses", "0", str(file)]) == 0
    assert "a2" not in capsys.readouterr().out
    assert main(["eval", "altered", "--json", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["changes"]["none"]["n"] == 1
