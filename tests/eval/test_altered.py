from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import QuestionFileError
from eval.altered import TRUE, altered_json, measure_altered, read_altered, render_altered

FOLDER = Path(__file__).parents[2] / "eval" / "altered"
SHIPPED = FOLDER / "development.jsonl"
SECOND = FOLDER / "second.jsonl"
LINE = {
    "id": "a1",
    "document": "qd-dieu-chinh-quy-hoach-2026",
    "address": "dieu-1/ii/2/b/gach-4/cong-1",
    "sentence": "Tỷ lệ che phủ rừng duy trì ở mức 65%.",
    "change": "none",
    "supported": True,
}


def written(folder: Path, *lines: Mapping[str, object]) -> Path:
    file = folder / "altered.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return file


@pytest.mark.parametrize(("file", "least"), [(SHIPPED, (0.98, 0.9, 0.97)), (SECOND, (0.98, 0.9, 0.85))])
def test_the_gate_keeps_its_promise_on_the_development_sentences(
    documents: Mapping[str, Document], file: Path, least: tuple[float, ...]
) -> None:
    cases = read_altered(file, documents)
    groups = measure_altered(cases, documents).groups
    assert all(found.mean >= low for found, low in zip(groups.values(), least, strict=True)), groups
    assert len({case.id for case in cases}) == len(cases)


def test_sentences_stand_in_their_provision_where_nothing_was_changed(
    documents: Mapping[str, Document],
) -> None:
    for case in read_altered(SHIPPED, documents):
        if case.change == "none":
            node = documents[case.document].by_address[case.address]
            repaired = " ".join(part.repaired for part in (node.marker, node.heading, node.text) if part)
            assert case.sentence.split("\n")[-1] in repaired, case.id


def test_what_went_wrong_is_told(tmp_path: Path, documents: Mapping[str, Document]) -> None:
    wrong = LINE | {"id": "a2", "change": "figure", "supported": False}
    report = measure_altered(read_altered(written(tmp_path, LINE, wrong), documents), documents)
    assert report.changes["none"].mean == 1.0
    assert [one.case.id for one in report.wrong] == ["a2"]
    assert "lẽ ra phải chặn" in render_altered(report, 1)
    assert "a2" not in render_altered(report, 0)
    assert json.dumps(altered_json(report, 5), ensure_ascii=False).count("a2") == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"change": "colour"}, "thay đổi lạ “colour”"),
        ({"supported": False}, "“supported” phải là true"),
        ({"address": "dieu-99"}, "không có điều khoản"),
        ({"extra": 1}, "khóa lạ “extra”"),
    ],
)
def test_a_faulty_line_is_named(
    tmp_path: Path, documents: Mapping[str, Document], change: Mapping[str, object], named: str
) -> None:
    with pytest.raises(QuestionFileError, match=named):
        read_altered(written(tmp_path, {**LINE, **change}), documents)
    assert set(TRUE) == {"none", "reworded"}
