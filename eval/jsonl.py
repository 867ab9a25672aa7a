"""Reading JSON lines whose every fault is named by file and line, and writing them whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus.errors import QuestionFileError

_LARGEST = sys.float_info.max


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object and where it stands; its getters raise QuestionFileError that names that place."""

    fields: Mapping[str, object]
    place: str  # "questions.jsonl:12"

    def fault(self, what: str) -> QuestionFileError:
        """The error to raise when this record is not as it must be."""
        return QuestionFileError(f"{self.place}: {what}")

    def only(self, *known: str) -> None:
        """Raises when there is a key that is not in `known`: a misspelt one would be lost in silence."""
        if strange := sorted(set(self.fields) - set(known)):
            raise self.fault(f"khóa lạ “{strange[0]}”. Các khóa được dùng: {', '.join(known)}.")

    def has(self, key: str) -> bool:
        """Whether the key is there with something other than null."""
        return self.fields.get(key) is not None

    def text(self, key: str) -> str:
        """A string that is not blank."""
        value = self.fields.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"“{key}” phải là một chuỗi không rỗng.")
        return value

    def any_text(self, key: str) -> str:
        """A string, blank or not."""
        value = self.fields.get(key)
        if not isinstance(value, str):
            raise self.fault(f"“{key}” phải là một chuỗi.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings that are not blank; empty where the key is missing."""
        values = self._list(key)
        found = tuple(value for value in values if isinstance(value, str) and value.strip())
        if len(found) < len(values):
            raise self.fault(f"“{key}” phải là danh sách các chuỗi không rỗng.")
        return found

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where the key is missing."""
        values = self._list(key)
        found = tuple(value for value in values if isinstance(value, int) and not isinstance(value, bool))
        if len(found) < len(values):
            raise self.fault(f"“{key}” phải là danh sách các số nguyên.")
        return found

    def integer(self, key: str) -> int:
        """A whole number."""
        value = self.fields.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"“{key}” phải là một số nguyên.")
        return value

    def number(self, key: str) -> float:
        """A finite number."""
        value = self.fields.get(key)
        if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= _LARGEST:
            raise self.fault(f"“{key}” phải là một số hữu hạn.")
        return float(value)

    def flag(self, key: str) -> bool:
        """true or false; false where the key is missing."""
        value = self.fields.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(f"“{key}” phải là true hoặc false.")
        return value

    def record(self, key: str) -> Record:
        """The object under the key."""
        value = self.fields.get(key)
        if not isinstance(value, dict):
            raise self.fault(f"“{key}” phải là một đối tượng JSON.")
        return Record(value, self.place)

    def records(self, key: str) -> tuple[Record, ...]:
        """A list of objects; empty where the key is missing."""
        values = self._list(key)
        found = tuple(Record(value, self.place) for value in values if isinstance(value, dict))
        if len(found) < len(values):
            raise self.fault(f"“{key}” phải là danh sách các đối tượng JSON.")
        return found

    def _list(self, key: str) -> list[object]:
        value = self.fields.get(key, [])
        if not isinstance(value, list):
            raise self.fault(f"“{key}” phải là một danh sách.")
        return value


def read_records(file: Path) -> Iterator[Record]:
    """The objects of a JSON lines file, packed (.gz) or not, in order, blank lines left out.

    Raises QuestionFileError when the file cannot be read or a line is not a JSON object.
    """
    for number, line in enumerate(_content(file).splitlines(), start=1):
        place = f"{file}:{number}"
        if text := _decoded(line, place).strip():
            yield Record(_object(text, place), place)


def _content(file: Path) -> bytes:
    """The bytes of a file, unpacked where its name ends in .gz."""
    try:
        return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise QuestionFileError(f"{file}: tệp nén gzip bị hỏng ({error}). Hãy chép lại tệp.") from error
    except OSError as error:
        message = f"Không mở được tệp {file}: {error.strerror}. Hãy kiểm tra đường dẫn."
        raise QuestionFileError(message) from error


def _decoded(line: bytes, place: str) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{place}: không phải UTF-8. Hãy lưu lại tệp bằng bảng mã UTF-8.") from error


def _object(text: str, place: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: whole numbers of thousands of digits too
        message = f"{place}: không phải JSON hợp lệ ({error}). Mỗi dòng phải là một đối tượng JSON."
        raise QuestionFileError(message) from error
    if not isinstance(value, dict):
        raise QuestionFileError(f"{place}: mỗi dòng phải là một đối tượng JSON, dạng {{…}}.")
    return value


def json_line(value: Mapping[str, object]) -> str:
    """One line of JSON with its line end, UTF-8 unescaped."""
    return json.dumps(value, ensure_ascii=False) + "\n"


@contextmanager
def whole_file(out: Path) -> Iterator[IO[str]]:
    """A text file that takes the place of `out` only when the block ends without an error."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
