"""A folder of PDF files made from the documents held, for measuring ingestion: no two hold the same line.

Each is a slice of the documents' provisions in their order, its figures drawn anew. LibreOffice prints them.
"""

from __future__ import annotations

import html
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path

from corpus.document import Document
from corpus.errors import HoidapError

SIZE = 6_000  # characters of one file: two to three pages
_STEP = 37  # provisions between the beginnings of two slices
_AT_ONCE = 50  # files printed by one LibreOffice
_PAGE = '<html><head><meta charset="utf-8"></head><body>{}</body></html>'


class NoOfficeError(HoidapError):
    """LibreOffice is not installed, or does not print."""

    exit_code = 69


def make_pdfs(documents: Mapping[str, Document], count: int, folder: Path) -> list[Path]:
    """`count` PDF files below `folder`, the same ones every time.

    Raises NoOfficeError where LibreOffice cannot be had.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise NoOfficeError(
            "Chưa có LibreOffice để in tệp PDF. Hãy cài: apt install libreoffice-writer-nogui"
        )
    lines = [line for document in documents.values() for line in _lines(document)]
    pages = [
        _PAGE.format("".join(f"<p>{html.escape(line)}</p>" for line in _slice(lines, n)))
        for n in range(count)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, count, _AT_ONCE):
        _print(office, {f"vb-{n:04}": pages[n] for n in range(start, min(start + _AT_ONCE, count))}, folder)
    return [folder / f"vb-{n:04}.pdf" for n in range(count)]


def _lines(document: Document) -> Iterator[str]:
    for node in document.root.walk():
        if node.own_text:
            yield node.own_text.replace("\n", " ")


def _slice(lines: Sequence[str], number: int) -> Iterator[str]:
    """A run of lines up to SIZE characters, varied."""
    chance = random.Random(number)
    size = 0
    for line in islice(cycle(lines), number * _STEP % len(lines), None):
        yield _varied(line, chance)
        size += len(line)
        if size > SIZE:
            return


def _varied(line: str, chance: random.Random) -> str:
    """Other figures in the same places, behind the mark it begins with; a line without any gets one."""
    found = re.match(r"(?:Điều\s+)?[\w.]{1,5}[.)]\s", line)
    mark = found[0] if found else ""
    varied, count = re.subn(r"\d", lambda _: str(chance.randrange(10)), line[len(mark) :])
    return mark + varied + ("" if count else f" (đợt {chance.randrange(10_000)})")


def _print(office: str, pages: Mapping[str, str], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for name, page in pages.items():
            (Path(scratch) / f"{name}.html").write_text(page, encoding="utf-8")
        command = [office, f"-env:UserInstallation=file://{scratch}/profile", "--headless"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"]
        command += ["--outdir", str(folder), *(str(Path(scratch) / f"{name}.html") for name in pages)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        missing = [name for name in pages if not (folder / f"{name}.pdf").is_file()]
        if missing:
            raise NoOfficeError(
                f"LibreOffice không in được {missing[0]}.pdf: {done.stderr.strip()[-300:]}. "
                "Hãy cài lại LibreOffice."
            )
