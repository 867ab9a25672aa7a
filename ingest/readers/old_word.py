"""Old Word files (.doc), RTF and ODT: LibreOffice makes a .docx of them, word.py reads that.

LibreOffice runs in a folder and a profile of its own, without macros and without the network's help,
and is ended together with its children when it takes too long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import DocumentError
from ingest.readers import word
from ingest.readers.source import Source

TIME_LIMIT = 180.0  # seconds for one file; a long decision with annexes takes about ten
_PROGRAMS = ("soffice", "libreoffice")
_ENDINGS = ((b"{\\rt", ".rtf"), (b"PK", ".odt"))
# No macros, no active content, nothing fetched from addresses that the file names.
_SAFETY = ("DisableMacrosExecution", "DisableActiveContent", "BlockUntrustedRefererLinks")
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>true</value></prop></item>'
        for name in _SAFETY
    )
    + "</oor:items>\n"
)
_NOWHERE = "http://127.0.0.1:9"  # a proxy that refuses: no request leaves the machine


def read(data: bytes, path: Path, time_limit: float = TIME_LIMIT) -> Source:
    """The text of a .doc, .rtf or .odt file; `path` is only named in errors, `time_limit` in seconds.

    Raises DocumentError when LibreOffice is not installed, takes too long, or cannot open the file.
    """
    return word.read(as_docx(data, path, time_limit), path)


def as_docx(data: bytes, path: Path, time_limit: float = TIME_LIMIT) -> bytes:
    """The same document as .docx. Raises DocumentError as `read` does."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise DocumentError(
            f"{path}: cần LibreOffice để đọc tệp .doc, .rtf, .odt mà máy này chưa cài. "
            "Hãy cài gói libreoffice-writer, hoặc mở tệp bằng Word và lưu lại dạng .docx."
        )
    with tempfile.TemporaryDirectory(prefix="hoidap-doc-", ignore_cleanup_errors=True) as folder:
        return _converted(program, data, path, Path(folder), time_limit)


def _converted(program: str, data: bytes, path: Path, folder: Path, time_limit: float) -> bytes:
    ending = next((ending for start, ending in _ENDINGS if data.lstrip().startswith(start)), ".doc")
    given = folder / f"van-ban{ending}"
    given.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    made = folder / "out" / "van-ban.docx"
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent), str(given)),
    ]
    if not _run(command, folder, time_limit):
        raise DocumentError(
            f"{path}: LibreOffice không đọc xong trong {time_limit:.0f} giây. "
            "Hãy mở tệp bằng Word, lưu lại dạng .docx rồi chạy lại."
        )
    if not made.is_file():
        raise DocumentError(
            f"{path}: LibreOffice không mở được tệp (hỏng, có mật khẩu, hoặc không phải văn bản). "
            "Hãy mở tệp bằng Word, bỏ mật khẩu nếu có, lưu lại dạng .docx rồi chạy lại."
        )
    return made.read_bytes()


def _run(command: list[str], folder: Path, time_limit: float) -> bool:
    """Run to the end; False when the time was over. The program and all it started are ended either way.

    It stays in the group of this process: whoever ends that group ends it too.
    """
    environment = {key: worth for key, worth in os.environ.items() if not key.lower().endswith("_proxy")}
    environment |= {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
    }
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        process.wait(time_limit)
    except subprocess.TimeoutExpired:
        return False
    finally:
        for pid in reversed(_family(process.pid)):
            with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(pid, signal.SIGKILL)
        process.wait()
    return True


def _family(pid: int) -> list[int]:
    """A process that has not been waited for and all that it started, ancestors first."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [pid, *(each for child in children.split() for each in _family(int(child)))]
