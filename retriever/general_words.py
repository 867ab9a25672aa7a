"""Vietnamese at large, read from what underthesea ships: its word list and what its models have seen.

Nothing is downloaded; where a file is missing there is less of it, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from corpus.vietnamese import unmarked

_LIST = "corpus/data/Viet74K.txt"
_LIST_WEIGHT = 0.02  # what an entry counts beside an occurrence in a document
# Features of the segmenter and the tagger are words and neighbours met in newspapers: `T[-1,0]=gian hàng`.
_FEATURE = re.compile(rb"T\[[-0-9,]+\](?:\.lower)?=([^\x00]+)\x00")
_NEIGHBOURS = re.compile(rb"T\[(?:-2,-1|-1,0|0,1|1,2)\](?:\.lower)?=([^\x00]+)\x00")
# A Vietnamese syllable without marks: newspapers have foreign names as well.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_SEGMENTER = ("pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin",)
_TAGGERS = (
    "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/models.bin",
    "pipeline/pos_tag/pos_crf_2017_10_11.bin",
)
_SEGMENTER_WEIGHT = 0.3
_TAGGER_WEIGHT = 0.5


@lru_cache(maxsize=1)
def general_words() -> Mapping[str, float]:
    """Words and short phrases, each with what it counts beside an occurrence in a document.

    About 74,000 entries of the word list and 35,000 phrases of the models; empty without underthesea.
    """
    spec = find_spec("underthesea")
    if spec is None or spec.origin is None:
        return MappingProxyType({})
    folder = Path(spec.origin).parent
    file = folder / _LIST
    listed = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    weights = dict.fromkeys(listed, _LIST_WEIGHT)
    for files, pattern, weight in (
        (_SEGMENTER, _NEIGHBOURS, _SEGMENTER_WEIGHT),
        (_TAGGERS, _FEATURE, _TAGGER_WEIGHT),
    ):
        for phrase in {phrase for name in files for phrase in _phrases(folder / name, pattern)}:
            weights[phrase] = weights.get(phrase, 0.0) + weight
    return MappingProxyType(weights)


def _phrases(file: Path, pattern: re.Pattern[bytes]) -> set[str]:
    if not file.is_file():
        return set()
    found = {each.decode("utf-8", "ignore").lower() for each in pattern.findall(file.read_bytes())}
    return {phrase for phrase in found if all(map(_SYLLABLE.fullmatch, unmarked(phrase).split()))}
