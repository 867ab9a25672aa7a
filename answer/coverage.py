"""How much of a question a text speaks of: the shared ground of choosing sentences and of refusing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from corpus.vietnamese import fold, syllables
from retriever.index import Index
from retriever.language import Language
from retriever.query import Query
from retriever.segment import words

# Words that ask, or carry no subject: a text need not repeat them to answer.
EMPTY = frozenset(
    "ai à ạ ấy bao bao_giờ bao_nhiêu bằng bị bởi các cái cho chỉ chưa chứ có có_thể còn của cùng cũng "
    "cần dạ dạng do dù đã đang đâu đây để đến đều đi đó đó_là được gì gồm hay hãy hơn hoặc hỏi kể khi "
    "khi_nào không kia là làm lại lên lúc mà mấy mình mỗi một nào nên nếu này ngày nhé nhỉ nhiêu như "
    "như_thế_nào những nữa nó ở phải qua ra rằng rất rồi sao sau sẽ tại tại_sao tên theo thế thế_nào "
    "thì tôi từ tới và vào vậy về vì với xin em anh chị bạn ơi cho_biết bao_gồm nhiều ít giúp muốn biết "
    "bên nhà trong trên dưới ngoài năm số lạng_sơn tỉnh lạng sơn bị_gì gì_vậy".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The content words of a question with their weight; they sum to 1 unless there are none."""

    weights: dict[str, float]

    def covered(self, text: str, without: Collection[str] = ()) -> float:
        """The weight of the words that stand in `text`, 0..1; those in `without` count nothing."""
        return sum(self.weights[word] for word in self.named(text) if word not in without)

    def named(self, text: str) -> frozenset[str]:
        """The words that stand in `text`."""
        if not self.weights:
            return frozenset()
        folded = in_a_row(text)
        return frozenset(word for word in self.weights if f" {word} " in folded)


@lru_cache(maxsize=4096)
def in_a_row(text: str) -> str:
    """The syllables of a text between spaces; the same provisions come again and again."""
    return f" {' '.join(syllables(fold(text)))} "


@lru_cache(maxsize=512)
def _content(text: str) -> tuple[str, ...]:
    """Its content words, each once; several looks at an answer ask for the same question's."""
    return tuple(dict.fromkeys(word for word in words(text) if word not in EMPTY))


def asked(query: Query, index: Index) -> Asked:
    """The content words of a query; of a foreign one only what it can share with a Vietnamese text."""
    source = query.text if query.language is Language.VIETNAMESE else query.shared
    content = _content(source)
    rarity = {" ".join(syllables(word.replace("_", " "))): index.words.rarity(word) for word in content}
    total = sum(rarity.values())
    return Asked({word: weight / total for word, weight in rarity.items() if word} if total else {})
