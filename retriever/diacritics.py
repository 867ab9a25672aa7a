"""Puts the marks back on a question typed without them, or with half of them.

A bigram model over syllables, counted on the documents themselves (so their names and terms win)
and on a general word list. Typed marks are never changed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain, pairwise
from pathlib import Path

from corpus.vietnamese import fold, has_marks_ratio, nfc, unmarked

_WORD = re.compile(r"[^\W\d_]+")
_START = "^"
_DICTIONARY_WEIGHT = 0.02  # what an entry of the general word list counts beside an occurrence in a document
_FULLY_MARKED = 0.5  # share of marked syllables in ordinary Vietnamese lies above this
_MIX = (0.75, 0.24, 0.01)  # bigram, unigram, any known syllable
# Documents do not ask: how people do, counted like a document's text, _ASKED_WEIGHT times.
_ASKED_WEIGHT = 3
_ASKED = """\
bao nhiêu. có bao nhiêu. là bao nhiêu. đạt bao nhiêu. bao nhiêu người. hết bao nhiêu tiền.
bao nhiêu phần trăm. bao nhiêu tỷ đồng. khoảng bao nhiêu. mấy cái. có mấy. còn mấy. trong mấy năm.
mấy nơi. mấy người. mấy chỗ. mấy xã. là mấy. năm nào. năm tỉnh. năm tới. năm nay. mỗi năm. đến năm.
từ năm. khi nào. bao giờ. lúc nào. ngày nào. đến khi nào. ở đâu. tại đâu. chỗ nào. nơi nào.
những chỗ nào. ở những đâu. lấy từ đâu. nằm ở đâu. ai làm. do ai. ai chủ trì. ai chịu trách nhiệm.
cơ quan nào. sở nào. đơn vị nào lo. bên nào. giao cho ai. cái gì. là gì. những gì. làm gì. gồm những gì.
việc gì. gì vậy. tên gì. gì nữa. thế nào. như thế nào. ra sao. thì sao. tại sao. vì sao. thế còn.
vậy còn. còn năm. còn gì. còn ai. thế thì. nếu thì. thì phải. thì được. thì có. thì làm. có không.
có được không. được không. đúng không. phải không. có phải. chưa. đã có. có đúng. hay không. hay chưa.
tôi muốn hỏi. tôi muốn biết. cho tôi hỏi. chúng tôi. bên tôi. bên mình. tỉnh mình. nhà tôi. em muốn.
cho em hỏi. cho mình hỏi. xin hỏi. cho hỏi. cho biết. kể tên. hãy kể. nói rõ. nói gì về. làm sao.
phải làm. sẽ làm. sẽ có. sẽ được. tính đến. tính làm. ạ. vậy ạ. nhỉ. nhé. à. rồi. nữa. bạn ơi. các bạn.
em ơi. anh chị.
"""


class Restorer:
    """A syllable bigram model; immutable once built."""

    def __init__(self, single: Mapping[str, float], pairs: Mapping[str, float]) -> None:
        self._single = dict(single)
        self._pairs = dict(pairs)
        self._total = sum(single.values()) or 1.0
        self._by_bare: dict[str, list[str]] = defaultdict(list)
        for syllable in sorted(self._single, key=lambda s: -self._single[s]):
            self._by_bare[unmarked(syllable)].append(syllable)

    @classmethod
    def build(cls, texts: Iterable[str], words: Iterable[str] = ()) -> Restorer:
        """Count the syllables of texts and questions, and those of the word list with little weight."""
        single: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for text in chain(texts, [_ASKED] * _ASKED_WEIGHT):
            for sentence in re.split(r"[.;:!?\n]", fold(text)):
                syllables = _WORD.findall(sentence)
                single.update(syllables)
                pairs.update(f"{a} {b}" for a, b in pairwise([_START, *syllables]))
        general_single, general_pairs = _counted(tuple(words))
        return cls(_merged(single, general_single), _merged(pairs, general_pairs))

    def knows(self, bare: str) -> bool:
        """Whether an unmarked syllable is one of the model's, with some marks or none."""
        return bare in self._by_bare

    def restore(self, text: str) -> str:
        """The text with marks put back where they are missing; unchanged when it is fully marked."""
        text = nfc(text)
        if has_marks_ratio(text) >= _FULLY_MARKED:
            return text
        found = list(_WORD.finditer(text))
        best = self._best([self._candidates(match[0]) for match in found])
        out, position = [], 0
        for match, syllable in zip(found, best, strict=True):
            out += [text[position : match.start()], _cased(syllable, match[0])]
            position = match.end()
        return "".join([*out, text[position:]])

    def to_json(self) -> dict[str, dict[str, float]]:
        """What `from_json` takes."""
        return {"single": self._single, "pairs": self._pairs}

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, float]]) -> Restorer:
        """The inverse of `to_json`."""
        return cls(data["single"], data["pairs"])

    def _candidates(self, typed: str) -> list[str]:
        folded = fold(typed)
        if folded != unmarked(typed):  # it carries marks already
            return [folded]
        return self._by_bare.get(folded, [folded])

    def _best(self, columns: Sequence[Sequence[str]]) -> list[str]:
        """The likeliest path through the candidates (Viterbi)."""
        paths: dict[str, tuple[float, tuple[str, ...]]] = {_START: (0.0, ())}
        for column in columns:
            paths = {
                after: max(
                    (
                        (cost + self._log(before, after), (*path, after))
                        for before, (cost, path) in paths.items()
                    ),
                    key=lambda scored: scored[0],
                )
                for after in column
            }
        return list(max(paths.values(), key=lambda scored: scored[0])[1])

    def _log(self, before: str, after: str) -> float:
        pair = self._pairs.get(f"{before} {after}", 0.0) / self._single.get(before, self._total)
        single = self._single.get(after, 0.0) / self._total
        return math.log(_MIX[0] * pair + _MIX[1] * single + _MIX[2] / self._total)


@lru_cache(maxsize=1)
def _counted(words: tuple[str, ...]) -> tuple[Counter[str], Counter[str]]:
    """Syllables and pairs of a word list, each word alone: the same list is counted once."""
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for word in words:
        syllables = _WORD.findall(fold(word))
        single.update(syllables)
        pairs.update(f"{a} {b}" for a, b in pairwise(syllables))
    return single, pairs


def general_words() -> list[str]:
    """The word list that underthesea ships (74,000 entries); empty where it is missing."""
    spec = find_spec("underthesea")
    if spec is None or spec.origin is None:
        return []
    file = Path(spec.origin).parent / "corpus" / "data" / "Viet74K.txt"
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _merged(documents: Counter[str], general: Counter[str]) -> dict[str, float]:
    merged = {key: float(count) for key, count in documents.items()}
    for key, count in general.items():
        merged[key] = round(merged.get(key, 0.0) + _DICTIONARY_WEIGHT * count, 4)
    return merged


def _cased(syllable: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return syllable.upper()
    return syllable.capitalize() if like[0].isupper() else syllable
