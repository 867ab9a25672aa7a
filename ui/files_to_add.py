"""Which files `hoidap add` means: those named, and those that may hold a document in the folders named."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

READABLE = frozenset(
    ".pdf .docx .doc .rtf .odt .htm .html .mht .mhtml .txt .md"
    " .png .jpg .jpeg .tif .tiff .bmp .gif .webp".split()
)


class Refused:
    """Says on standard error why a file is not added, and counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, path: Path, why: str) -> None:
        """`why` is in Vietnamese and says what to do next."""
        self.count += 1
        named = why if why.startswith(str(path)) else f"{path}: {why}"
        print(f"Không nạp {named}", file=sys.stderr, flush=True)


def files_to_add(named: Sequence[Path], refused: Refused) -> Iterator[Path]:
    """Each file once, in order; a path that is none is refused, and the others go on."""
    seen: set[Path] = set()
    for path in named:
        for file in _in_folder(path, refused) if path.is_dir() else [path]:
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            if file.is_file():
                yield file
            else:
                why = "không phải là tệp" if file.exists() else "không có tệp này"
                refused(file, f"{why}. Hãy kiểm tra lại đường dẫn.")


def _in_folder(folder: Path, refused: Refused) -> list[Path]:
    """The readable files below `folder`; what is passed over is counted aloud."""
    below = (path for path in sorted(folder.rglob("*")) if not _hidden(path.relative_to(folder)))
    files = [path for path in below if path.is_file()]
    readable = [path for path in files if path.suffix.lower() in READABLE]
    if not readable:
        refused(folder, f"không có tệp nào đọc được trong thư mục ({', '.join(sorted(READABLE))}).")
        return []
    passed = len(files) - len(readable)
    told = f"; bỏ qua {passed} tệp loại khác" if passed else ""
    print(f"{folder}: {len(readable)} tệp{told}.", file=sys.stderr, flush=True)
    return readable


def _hidden(path: Path) -> bool:
    """Whether a path below the folder is hidden, or the lock file of an open Word document."""
    return any(part.startswith((".", "~$")) for part in path.parts)
