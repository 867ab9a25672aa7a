"""Vietnamese word segmentation by underthesea, for the index only: what it returns is never shown.

Document numbers, dates and amounts are taken out first as single tokens, because the segmenter
reads "223 - NQ / TU" apart; between them its words are kept, syllables joined by "_".
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import HoidapError
from corpus.vietnamese import fold, nfc, syllables

_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
# The segmenter loads two of these through joblib, which can run code: only these bytes are accepted.
_SHA256 = {
    "dictionary.bin": "ec8c62b3881c6682c18959988e1fe08800cc835777778845bded470ca02745d9",
    "features.bin": "cf93263c7c7973bf50122b0be76a394443ff61be00c1368713dee1b7d5b8a435",
    "models.bin": "c3a64c64349f1d73304f89babacaa8f8cd6078b1ec1a1b2c104e9e411ac1d2c3",
}
# Parts of underthesea that segmentation does not need and that import torch (3 to 8 seconds).
_UNNEEDED = (
    "underthesea.pipeline.translate",
    "underthesea.pipeline.dependency_parse",
    "underthesea.pipeline.classification",
    "underthesea.pipeline.lang_detect",
    "underthesea.agent",
    "underthesea.address",
)


def words(text: str) -> list[str]:
    """The folded words of `text`, compounds joined by "_": "công viên địa chất" → ["công_viên", "địa_chất"].

    Raises HoidapError when underthesea's model files are not the expected ones.
    """
    found: list[str] = []
    for stretch, whole in _stretches(nfc(text)):
        if whole:
            found.append(fold(stretch))
        else:
            found += [fold(word).replace(" ", "_") for word in _segmenter()(stretch) if _is_word(word)]
    return found


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """Cut around tokens that carry a digit; those are whole."""
    start = 0
    for token in syllables(text):
        if any(char.isdigit() for char in token):
            at = text.find(token, start)
            if at < 0:  # the token was folded on the way: leave it to the segmenter
                continue
            if text[start:at].strip():
                yield text[start:at], False
            yield token, True
            start = at + len(token)
    if text[start:].strip():
        yield text[start:], False


def _is_word(word: str) -> bool:
    return any(char.isalnum() for char in word)


@cache
def _segmenter() -> Callable[[str], list[str]]:
    _check_files()
    with _without(_UNNEEDED):
        from underthesea.pipeline.word_tokenize import word_tokenize

    tokenize: Callable[[str], list[str]] = word_tokenize
    return tokenize


def _check_files() -> None:
    spec = find_spec("underthesea")
    folder = Path(spec.origin).parent / _MODEL if spec and spec.origin else Path(_MODEL)
    for name, expected in _SHA256.items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            raise HoidapError(
                f"Mô hình tách từ của underthesea không đúng bản đã kiểm tra ({file.name}). "
                "Hãy cài lại: pip install --force-reinstall underthesea==9.5.0"
            )


@contextmanager
def _without(modules: tuple[str, ...]) -> Iterator[None]:
    """Let `import` of these fail for a while; underthesea treats them as optional."""
    hidden = [name for name in modules if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to forbid an import
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
