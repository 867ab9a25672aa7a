"""Puts the marks back on a question typed without them, or with half of them, and mends typing errors.

A noisy channel: what was meant is the likeliest line of syllables (`SyllableModel`) that may have been
typed as it stands. How likely marks are missing is read off the question itself, so one that is
fully marked stays as it is; typing errors are looked for only in what is no syllable, or a very rare one.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any

from corpus.vietnamese import fold, nfc, unmarked
from retriever.general_words import general_words as general_words
from retriever.likeliest import likeliest
from retriever.syllable_model import NUMBER, SENTENCE_END, TOKEN, SyllableModel
from retriever.typing_errors import FOREIGN, TONES, slips

_WORD_WEIGHT = 0.02  # what a word without a weight of its own counts beside an occurrence in a document
_SAME_LETTERS = 0.01  # how likely its marks are typed wrong: on another letter, one of two missing
_OTHER_TONE = 0.1  # the share of these whose tone is wrong as well
# Habits of typing: the share of marks that are left out, and how usual the habit is.
_MISSING = {0.002: 0.7, 0.1: 0.03, 0.25: 0.03, 0.5: 0.05, 0.75: 0.03, 0.95: 0.03, 0.999: 0.13}
_RARE = 1e-6  # share of a syllable that may be a slip all the same: it stands in a dictionary at most
_LEFT_OUT = 0.05  # from this share of marks left out on, one that is not there is no typing error
_NUMERAL = re.compile(r"[IVX]+")
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_BARE = str.maketrans({letter: unmarked(letter) for letter in _MARKED})
# Documents do not ask: how people do, counted like a document's text, _ASKED_WEIGHT times.
_ASKED_WEIGHT = 2.0
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
giá bao nhiêu. giá vé bao nhiêu. vé bao nhiêu tiền. giá vé vào cửa. vé vào cổng. vé tham quan. mua vé.
giá phòng. giá thuê phòng. giá thuê xe. giá tour. giá cả. giá đất. bảng giá. mức giá. phí bao nhiêu.
lệ phí. cước. tiền vé. số điện thoại. điện thoại. địa chỉ ở đâu. địa chỉ nào. mấy giờ mở cửa. mở cửa.
đóng cửa. giờ làm việc. liên hệ ai. gọi số nào. xin số. trang web. hồ sơ gồm. nộp hồ sơ ở đâu.
thủ tục. xin phép. đăng ký ở đâu. được hỗ trợ gì. được cho tiền. vay vốn. vay tiền. lãi suất. thuế.
năm 2030 có bao nhiêu. đến năm 2030 có bao nhiêu. đến 2030 có mấy. năm 2030 có gì. năm 2030 thì sao.
năm 2030 là bao nhiêu. năm 2030 đạt bao nhiêu. từ năm 2030 đến năm 2030. hiện có bao nhiêu.
"""


@dataclass(frozen=True, slots=True)
class _Typed:
    """A token of a text."""

    text: str
    start: int
    folded: str
    bare: str
    is_number: bool
    fixed: bool  # a number, a numeral or an abbreviation: not to be touched

    @property
    def token(self) -> str:
        """What stands for it as it is typed."""
        return NUMBER if self.is_number else self.folded

    @classmethod
    def of(cls, token: str, start: int, text: str) -> _Typed:
        """A token of `text` at `start`."""
        folded = fold(token)
        number = any(map(str.isdigit, token))
        capitals = len(token) > 1 and token.isupper() and not text.isupper()
        fixed = capitals or _NUMERAL.fullmatch(token) is not None
        return cls(token, start, folded, unmarked(token), number, fixed)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question may mean, with its probability among all readings looked at."""

    text: str
    probability: float


class Restorer:
    """A syllable model and what may have been typed for each syllable; immutable once built."""

    def __init__(self, model: SyllableModel) -> None:
        self._model = model
        by_bare: dict[str, list[str]] = defaultdict(list)
        for syllable in filter(str.isalpha, model.syllables):
            by_bare[_bare(syllable)].append(syllable)
        self._by_bare = dict(by_bare)

    @classmethod
    def build(
        cls,
        texts: Iterable[str],
        words: Iterable[str] | Mapping[str, float] = (),
        asked: Iterable[str] = (),
        asked_weight: float = 1.0,
    ) -> Restorer:
        """Count the syllables of texts, of what is asked of them, and of words at large.

        `asked` are questions and gists in everyday words, one or more a string, each counted
        `asked_weight` times; `words` may carry weights of their own.
        """
        weights = words if isinstance(words, Mapping) else dict.fromkeys(words, _WORD_WEIGHT)
        counted = chain(
            ((text, 1.0) for text in texts),
            ((text, asked_weight) for text in asked),
            [(_ASKED, _ASKED_WEIGHT)],
        )
        return cls(SyllableModel.build(counted, weights))

    def knows(self, bare: str) -> bool:
        """Whether an unmarked syllable is one of the model's, with some marks or none."""
        return bare in self._by_bare

    def restore(self, text: str) -> str:
        """The likeliest reading of a text; composed, otherwise unchanged where nothing is missing."""
        return self.readings(text, 1)[0].text

    def readings(self, text: str, count: int) -> tuple[Reading, ...]:
        """The `count` likeliest readings or fewer, best first; at least one. Raises ValueError for none."""
        if count < 1:
            raise ValueError(f"no readings asked for: {count}")
        text = nfc(text)
        typed = [_Typed.of(match[0], match.start(), text) for match in TOKEN.finditer(text)]
        missing = self._marks_missing(typed)
        best: list[tuple[float, tuple[str, ...]]] = [(1.0, ())]
        for sentence in _sentences(text, typed):
            found = likeliest(self._model, [self._candidates(each, missing) for each in sentence], count)
            joined = [(p * q, (*line, *more)) for p, line in best for q, more in found]
            best = heapq.nlargest(count, joined, key=itemgetter(0))
        return tuple(Reading(_rewritten(text, typed, line), probability) for probability, line in best)

    def to_json(self) -> dict[str, Any]:
        """What `from_json` takes."""
        return self._model.to_json()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Restorer:
        """The inverse of `to_json`."""
        return cls(SyllableModel.from_json(data))

    def _marks_missing(self, typed: Sequence[_Typed]) -> float:
        """How likely a marked syllable of this question lost its marks: the mean over _MISSING's habits."""
        likely = dict(_MISSING)
        for each in typed:
            if each.is_number or each.fixed:
                continue
            if each.folded != each.bare:
                likely = {share: weight * (1 - share) for share, weight in likely.items()}
            elif each.bare in self._by_bare:
                plain = self._plain_share(each.bare)
                likely = {share: weight * (plain + (1 - plain) * share) for share, weight in likely.items()}
            total = sum(likely.values())
            likely = {share: weight / total for share, weight in likely.items()}
        return sum(share * weight for share, weight in likely.items())

    def _plain_share(self, bare: str) -> float:
        """How much of what is typed so without marks is written so."""
        shares = {syllable: self._model.share(syllable) for syllable in self._by_bare[bare]}
        return shares.get(bare, 0.0) / sum(shares.values())

    def _candidates(self, typed: _Typed, missing: float) -> dict[str, float]:
        """What may have been meant, with the probability of its being typed so."""
        if typed.fixed:
            return {typed.token: 1.0}
        if typed.is_number:  # or syllables typed for VNI
            return self._mended(typed, missing) or {typed.token: 1.0}
        bare_too = typed.folded == typed.bare
        marked = dict.fromkeys(self._by_bare.get(typed.bare, ()), missing) if bare_too else {}
        as_typed = {typed.token: 1.0}
        if missing > _LEFT_OUT and marked:  # a syllable without its marks, as others of this question
            return marked | as_typed
        if not _may_be_mended(typed.folded):
            return as_typed
        if self._is_usual(typed.folded):
            return marked | as_typed
        return self._mended(typed, missing) | marked | as_typed

    def _is_usual(self, folded: str) -> bool:
        """Whether a syllable is met often enough not to be a slip."""
        return folded in self._model and self._model.share(folded) > _RARE

    def _mended(self, typed: _Typed, missing: float) -> dict[str, float]:
        meant: dict[str, float] = defaultdict(float)
        if typed.folded != typed.bare:
            for syllable in self._by_bare.get(typed.bare, ()):
                same_tone = _tone(syllable) == _tone(typed.folded)
                meant[syllable] += _SAME_LETTERS * (1.0 if same_tone else _OTHER_TONE)
        for slip, likely in slips(typed.folded):
            if slip in self._model:
                meant[slip] += likely
            if typed.folded == typed.bare:
                for syllable in self._by_bare.get(slip, ()):
                    meant[syllable] += likely * missing
        return meant


def _sentences(text: str, typed: Sequence[_Typed]) -> list[list[_Typed]]:
    bounds = [found.start() for found in SENTENCE_END.finditer(text)]
    sentences: dict[int, list[_Typed]] = defaultdict(list)
    for each in typed:
        sentences[bisect(bounds, each.start)].append(each)
    return list(sentences.values())


def _rewritten(text: str, typed: Sequence[_Typed], line: Sequence[str]) -> str:
    """The text with its syllables as a line has them, in the case they were typed in."""
    out, position = [], 0
    for each, syllable in zip(typed, line, strict=True):
        written = each.text if syllable == each.token else _cased(syllable, each.text)
        out += [text[position : each.start], written]
        position = each.start + len(each.text)
    return "".join([*out, text[position:]])


def _cased(syllable: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return syllable.upper()
    return syllable.capitalize() if like[0].isupper() else syllable


def _may_be_mended(folded: str) -> bool:
    """Not a borrowed word, nor two letters without a vowel, which shorten something ("bn", "dc")."""
    return folded not in FOREIGN and (len(folded) > 2 or any(letter in "aeiouyw" for letter in _bare(folded)))


def _tone(syllable: str) -> set[str]:
    return set(unicodedata.normalize("NFD", syllable)) & set(TONES)


def _bare(syllable: str) -> str:
    plain = syllable.translate(_BARE)
    return plain if plain.isascii() else unmarked(syllable)
