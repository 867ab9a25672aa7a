"""`hoidap cite`: the citations of what was typed, or of a whole file, looked up and shown."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus.errors import DocumentError, QuestionError
from retriever.lookup import Lookup, LookupStatus
from retriever.validity import Validities
from ui import opening
from ui.citation_text import cited_text, table
from ui.citations import TEXT_LIMIT, Value, as_json, citation_values, unreadable_value
from ui.settings import Settings

NOT_FOUND = 3
STANDARD_INPUT = "-"
_NARROWEST, _WIDEST = 72, 160  # columns of a terminal that the table is laid out for


def cite(options: argparse.Namespace, settings: Settings) -> int:
    """Returns 0 where at least one citation was found word for word, else NOT_FOUND.

    Raises QuestionError where there is nothing to look up, DocumentError for a file that cannot be read.
    """
    typed = None if options.file else options.text.encode("utf-8", "replace").decode()  # other bytes: "?"
    text = read_text(options.file) if typed is None else typed
    if not text.strip():
        raise QuestionError(
            'Chưa có trích dẫn để tra. Ví dụ: hoidap cite "khoản 2 mục V Điều 1", hay hoidap cite --text TỆP'
        )
    found = looked_up(text, options.as_of or date.today(), settings)
    if typed is not None and not found:
        found = [unreadable_value(typed)]
    if options.json:
        print(as_json({"citations": found}))
    elif typed is None:
        print(table(text, found, _columns()), end="")
    else:
        print("\n".join(map(cited_text, found)), end="")
    return 0 if any(one["status"] == LookupStatus.EXACT for one in found) else NOT_FOUND


def looked_up(text: str, as_of: date, settings: Settings) -> list[Value]:
    """Every citation of a text of any length, spans counted in the whole of it."""
    documents = opening.documents(settings)
    lookup = Lookup(documents)
    validities = Validities(documents, lookup)
    return [
        value
        for start, stretch in stretches(text)
        for value in citation_values(stretch, lookup, validities, documents, as_of, offset=start)
    ]


def stretches(text: str, limit: int = TEXT_LIMIT) -> Iterator[tuple[int, str]]:
    """`text` in pieces of at most `limit` code points, each with where it begins.

    Cut after a blank line, else after a line end, else before a space; where there is none, at the limit.
    """
    start = 0
    while len(text) - start > limit:
        end = start + limit
        found = (text.rfind(border, start + 1, end) + len(border) for border in ("\n\n", "\n"))
        cut = next((place for place in found if place > start + limit // 2), 0)
        cut = cut or max(text.rfind(" ", start + 1, end), 0) or end
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def read_text(file: Path) -> str:
    """A text file as it stands, line ends and all; `-` reads standard input. Raises DocumentError."""
    if str(file) == STANDARD_INPUT:
        return _decoded(sys.stdin.buffer.read(), "Đầu vào chuẩn")
    try:
        return _decoded(file.read_bytes(), f"Tệp {file}")
    except FileNotFoundError:
        raise DocumentError(f"Không có tệp {file}. Hãy kiểm tra lại đường dẫn.") from None
    except IsADirectoryError:
        raise DocumentError(f"{file} là thư mục. Hãy nêu một tệp chữ (UTF-8).") from None
    except OSError as error:
        raise DocumentError(f"Không đọc được tệp {file}: {error.strerror}. Hãy kiểm tra quyền đọc.") from None


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name} không phải chữ UTF-8 (byte thứ {error.start + 1}). Hãy lưu lại bằng mã UTF-8; "
            "tệp PDF, Word thì chép phần chữ ra một tệp .txt trước."
        ) from None


def _columns() -> int:
    return min(max(shutil.get_terminal_size((100, 24)).columns, _NARROWEST), _WIDEST)
