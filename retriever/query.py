"""What is asked: the question checked, cleaned and understood, before anything is searched."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import QuestionError
from corpus.vietnamese import looks_like_tcvn3, nfc, unmarked
from retriever.diacritics import Restorer

LIMIT = 2000  # characters of a question


class Language(StrEnum):
    """Languages a question is told apart in."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
    CHINESE = "zh"


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for searching."""

    original: str
    text: str  # composed, without HTML tags, marks restored
    language: Language
    restored: bool  # marks were put back

    @property
    def shared(self) -> str:
        """What a question in another language shares with the documents: numbers and capitalised names."""
        return " ".join(re.findall(r"[^\W_]*\d[^\s,;?!]*|\b[A-ZĐ][^\W\d_]+", self.text))


_TAG = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|</?[a-z!][^<>]{0,200}>", re.IGNORECASE | re.DOTALL
)
_BROKEN = re.compile(r"[\ud800-\udfff]")  # half a character: bytes of another encoding on the command line
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
# English words that are no Vietnamese syllable typed without marks.
_ENGLISH = frozenset(
    "what which who whom whose when where why how many much is are was were will would should does did "
    "of from with by the have has it its there their any can could and or for not this that these those "
    "number year province tourism plan support".split()
)


def understand(question: str, restorer: Restorer) -> Query:
    """Check and read a question.

    Raises QuestionError (in Vietnamese, with what to do) for a question that is empty, without letters or
    digits, longer than LIMIT characters, not decodable, or typed in a font encoding older than Unicode.
    """
    if _BROKEN.search(question):
        raise QuestionError("Câu hỏi có ký tự hỏng, không phải UTF-8. Hãy gõ lại câu hỏi.")
    text = " ".join(html.unescape(_TAG.sub(" ", nfc(question))).split())
    if not text:
        raise QuestionError(
            "Câu hỏi đang trống. Hãy gõ điều bạn muốn hỏi, ví dụ: Năm 2026 tỉnh đón bao nhiêu khách?"
        )
    if not any(char.isalnum() for char in text):
        raise QuestionError("Câu hỏi chưa có chữ nào để tìm. Hãy gõ câu hỏi bằng chữ.")
    if len(text) > LIMIT:
        length, limit = (f"{number:,}".replace(",", ".") for number in (len(text), LIMIT))
        raise QuestionError(
            f"Câu hỏi dài {length} ký tự, quá giới hạn {limit}. Hãy rút gọn còn điều cần hỏi."
        )
    if looks_like_tcvn3(text):
        raise QuestionError(
            "Câu hỏi có vẻ được gõ bằng bảng mã cũ (TCVN3/VNI). Hãy chuyển bộ gõ sang Unicode rồi gõ lại, "
            "hoặc gõ không dấu."
        )
    language = _language(text, restorer)
    if language is not Language.VIETNAMESE:
        return Query(question, text, language, False)
    restored = restorer.restore(text)
    return Query(question, restored, language, restored != text)


def _language(text: str, restorer: Restorer) -> Language:
    letters = _LETTER.findall(text)
    if len(_CHINESE.findall(text)) * 3 > len(letters) > 0:
        return Language.CHINESE
    tokens = re.findall(r"[^\W\d_]+", text.lower())
    if any(token != unmarked(token) for token in tokens if token not in ("lạng", "sơn")):
        return Language.VIETNAMESE
    english = sum(token in _ENGLISH for token in tokens)
    strange = sum(not restorer.knows(token) for token in tokens)
    return (
        Language.ENGLISH if english >= 2 and english + strange >= 0.4 * len(tokens) else Language.VIETNAMESE
    )
