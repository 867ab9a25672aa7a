"""The code behind a module, followed through its imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import code
from corpus.code import closure, digest


@pytest.mark.parametrize(
    ("statement", "followed"),
    [
        ("import room.other", True),
        ("import room.other as o, os", True),
        ("import os, room.other", True),
        ("from room import other", True),
        ("from room.other import thing", True),
        ("from room import (\n    x,\n    other as o,\n)", True),
        ("def f():\n    from room import other", True),
        ("# import room.other", False),
        ("from elsewhere import other", False),
        ("x = 'room.other'", False),
    ],
)
def test_imports_are_followed_wherever_they_stand(
    statement: str, followed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests: list[str] = []
    for content in ("x = 1\n", "x = 2\n"):
        top = tmp_path / str(len(digests))
        monkeypatch.setattr(code, "TOP", top)
        (top / "room").mkdir(parents=True)
        (top / "room" / "one.py").write_text(statement + "\n")
        (top / "room" / "other.py").write_text(content)
        assert closure(["room.one"]) == ["room.one", *(["room.other"] if followed else [])]
        assert closure(["room.one"], without=["room.other"]) == ["room.one"]
        digests.append(digest(["room.one"]))
    assert (digests[0] != digests[1]) is followed


def test_modules_that_import_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "TOP", tmp_path)
    (tmp_path / "a.py").write_text("import b\n")
    (tmp_path / "b.py").write_text("import a\n")
    assert closure(["a"]) == ["a", "b"]


def test_what_searches_and_answers_does_not_make_an_index_old() -> None:
    behind = closure(["retriever.index"])
    assert {"retriever.index", "retriever.segment", "retriever.store", "corpus.document"} <= set(behind)
    assert not {"retriever.search", "retriever.lookup", "retriever.query", "retriever.langchain"} & set(
        behind
    )
    assert not any(name.startswith(("ui.", "answer.", "eval.", "ingest.")) for name in behind)
