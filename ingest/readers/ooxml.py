"""Opens a Word file safely: sizes are checked before anything is unpacked, and XML may define nothing.

A .docx is a zip of XML parts that name each other by relations; macros and pictures are never touched.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLE = b"\xd0\xcf\x11\xe0"
_MOST_PARTS = 10_000
_MOST_TEXT = 200 * 1024 * 1024  # bytes of one XML part, unpacked
_MOST = 1024 * 1024 * 1024  # bytes of all parts together, unpacked
_RATIO = 250  # unpacked to packed; XML of real documents stays below 60
_RATIO_FROM = 10 * 1024 * 1024  # bytes; below it any ratio is harmless
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """The parts of a Word file that hold text."""

    def __init__(self, data: bytes, path: Path) -> None:
        """Raises DocumentError where `data` is no sound Word file."""
        self._path = path
        if data.startswith(_OLE):
            raise DocumentError(
                f"{path}: tệp Word bị khóa bằng mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi chạy lại."
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise self._damaged("không mở được gói nén") from error
        self._check_sizes()
        main = self._target("", "officeDocument") or "word/document.xml"
        self._main = main
        document = self.part(main)
        if document is None:
            raise self._damaged("không có phần văn bản")
        self.document: _Element = document

    def related(self, kind: str) -> _Element | None:
        """The part that the text names as its "numbering", "styles", "footnotes", …; None without one."""
        target = self._target(self._main, kind)
        return self.part(target) if target else None

    def part(self, name: str) -> _Element | None:
        """The root element of a part; None where there is none."""
        from lxml import etree

        try:
            data = self._zip.read(name)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise self._damaged(f"phần {name} bị cắt hoặc hỏng") from error
        data = data.replace(_STRICT.encode(), _TRANSITIONAL.encode())
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(f"phần {name} không phải XML đúng") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise DocumentError(
                f"{self._path}: phần {name} khai báo thực thể ngoài (DTD), tệp Word thật không có. "
                "Không đọc tệp này; hãy xin lại bản từ nơi phát hành."
            )
        return root

    def _target(self, source: str, kind: str) -> str | None:
        folder, name = posixpath.split(source)
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for each in () if relations is None else relations.iter(_RELATIONS):
            if (each.get("Type") or "").endswith(f"/{kind}") and each.get("TargetMode") != "External":
                target = each.get("Target") or ""
                return posixpath.normpath(
                    target[1:] if target.startswith("/") else posixpath.join(folder, target)
                )
        return None

    def _check_sizes(self) -> None:
        parts = self._zip.infolist()
        total = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        text = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
        too_dense = total > _RATIO_FROM and total > _RATIO * max(packed, 1)
        if len(parts) > _MOST_PARTS or total > _MOST or text > _MOST_TEXT or too_dense:
            raise DocumentError(
                f"{self._path}: giải nén ra {total // 2**20} MB từ {packed // 2**20} MB, quá lớn so với "
                "một văn bản (có thể là bom nén). Hãy mở bằng Word, bỏ bớt ảnh và lưu lại thành tệp mới."
            )
        if any(part.flag_bits & 1 for part in parts):
            raise DocumentError(f"{self._path}: gói nén có mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi chạy lại.")

    def _damaged(self, what: str) -> DocumentError:
        return DocumentError(
            f"Không đọc được tệp Word {self._path}: {what}. "
            "Hãy mở tệp bằng Word hoặc LibreOffice, lưu lại dạng .docx rồi chạy lại."
        )
