"""What is asked: the question checked, cleaned and understood, before anything is searched."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cached_property

from corpus.errors import QuestionError
from corpus.vietnamese import looks_like_tcvn3, nfc
from retriever.abbreviations import Abbreviations
from retriever.diacritics import Restorer
from retriever.language import Language, language_of

LIMIT = 2000  # characters of a question


@dataclass(frozen=True)
class Query:
    """A question made ready for searching."""

    original: str
    text: str  # composed, without HTML tags, marks restored
    language: Language
    restored: bool  # marks were put back
    spelt_out: tuple[str, ...] = ()  # all the long forms of its abbreviations
    written_out: str = ""  # `text` with each abbreviation replaced by its first long form

    @property
    def meant(self) -> str:
        """What an encoder reads: without abbreviations, in the shape of a written question.

        It reads "tỉnh có mấy xã" as something else than "Tỉnh có mấy xã?".
        """
        said = (self.written_out or self.text).rstrip(" ?!.")
        return f"{said[:1].upper()}{said[1:]}?"

    @property
    def searched(self) -> str:
        """What BM25 reads: the question, and after it its abbreviations spelt out."""
        return " . ".join([self.text, *self.spelt_out])

    @cached_property
    def shared(self) -> str:
        """What a question in another language shares with the documents: numbers and capitalised names."""
        return " . ".join([" ".join(_SHARED.findall(self.text)), *self.spelt_out]).strip(" .")


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHARED = re.compile(
    rf"(?:\d{{1,2}} (?:{_MONTH})|(?:{_MONTH}) \d{{1,2}},?|(?:{_MONTH})) \d{{4}}"
    # up to a Chinese letter or sign
    r"|[^\W_\u3400-\u9fff]*\d[^\s,;?!\u3000-\u9fff\uff00-\uffef]*(?:,\d{3})*"
    r"(?: (?:thousand|million|billion|trillion)\b)?"
    r"|(?:\b|(?<=[\u3400-\u9fff]))[A-ZĐ][^\W\d_\u3400-\u9fff]+"
)
_TAG = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|</?[a-z!][^<>]{0,200}>", re.IGNORECASE | re.DOTALL
)
_BROKEN = re.compile(r"[\ud800-\udfff]")  # half a character: bytes of another encoding on the command line
_TABLE = Abbreviations()
# Shorthand of messages, as likely in a question as the word itself.
_SHORTHAND = {"ko": "không", "bn": "bao nhiêu", "đc": "được", "dc": "được", "ntn": "như thế nào"}
_SHORT = re.compile(rf"\b(?:{'|'.join(_SHORTHAND)})\b")


def understand(question: str, restorer: Restorer, abbreviations: Abbreviations = _TABLE) -> Query:
    """Check and read a question; `abbreviations` are the index's, by default those used everywhere.

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
    language = language_of(text, restorer.knows)
    long = abbreviations.spelt_out(text)
    if language is not Language.VIETNAMESE:
        return Query(question, text, language, False, long)
    # in capitals an abbreviation is not taken for a word without its marks
    written = abbreviations.capitals(_SHORT.sub(lambda found: _SHORTHAND[found[0]], text))
    restored = restorer.restore(written)
    return Query(question, restored, language, restored != written, long, abbreviations.written_out(restored))
