"""The shipped documents written as Word files and web pages come back as the same trees."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from corpus.document import Document
from corpus.manifest import SHIPPED, Entry, load
from ingest.pipeline import read_document

IDS = ("kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _load(name: str) -> ModuleType:
    file = Path(__file__).parents[1] / "data" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


written_again = _load("written_again")


def file_of(document: str) -> Path:
    return next(entry.path for entry in load(SHIPPED) if entry.metadata.id == document)


def tree(document: Document) -> list[tuple[str, ...]]:
    """Every provision; the digits of footnote signs small or not, as a file's format has them."""
    return [
        tuple(
            part.translate(_SUPERSCRIPT)
            for part in (
                node.address.permalink,
                node.role.value,
                node.marker.text,
                node.heading.text,
                node.text.text,
            )
        )
        for node in document.root.walk()
    ]


def read_again(original: Document, data: bytes, ending: str, folder: Path) -> Document:
    file = folder / f"{original.id}{ending}"
    file.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    return read_document(Entry(replace(original.metadata, file=file.name, sha256=sha256), file))


@pytest.mark.parametrize("document", IDS)
@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_the_tree_is_the_same(
    document: str, ending: str, documents: Mapping[str, Document], tmp_path: Path
) -> None:
    write = written_again.as_docx if ending == ".docx" else written_again.as_html
    again = read_again(documents[document], write(file_of(document)), ending, tmp_path)
    assert tree(again) == tree(documents[document])


def test_automatic_numbers_give_the_tree_of_typed_ones(
    documents: Mapping[str, Document], tmp_path: Path
) -> None:
    original = documents["kh-du-lich-cvdc-2026"]
    data = written_again.as_docx(file_of(original.id), written_again.numbered())
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert xml.count("<w:numPr>") > 80
    assert "I. MỤC ĐÍCH" not in xml
    assert tree(read_again(original, data, ".docx", tmp_path)) == tree(original)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice to write .doc with")
@pytest.mark.parametrize("document", IDS)
def test_the_tree_is_the_same_by_way_of_an_old_word_file(
    document: str, documents: Mapping[str, Document], tmp_path: Path
) -> None:
    given = tmp_path / "moi.docx"
    given.write_bytes(written_again.as_docx(file_of(document)))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(given)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    data = (tmp_path / "moi.doc").read_bytes()
    assert data.startswith(b"\xd0\xcf\x11\xe0")
    again = read_again(documents[document], data, ".doc", tmp_path)
    assert tree(again) == tree(documents[document])
