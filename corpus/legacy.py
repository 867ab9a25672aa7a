"""Vietnamese typed for the old fonts and mail systems, decoded: TCVN3 (ABC), VNI and VIQR.

Those texts hold other letters than a reader sees. `text` is always the Latin-1 or windows-1252 reading
of the bytes, which is also what Word keeps for a run in .VnTime or VNI-Times: "Céng hoµ x· héi", "Coäng
hoøa xaõ hoäi". Nothing here asks whether a text is in the encoding; ingest/readers/encoding.py does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from corpus.spelling import spelt

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"

# Symbol fonts: Word moves the codes of a font that declares no character set into the private area.
_SYMBOL = re.compile("[\uf020-\uf0ff]")

# Small letters in the order à ả ã á ạ; the seven capitals that have a code. Ư U+00AD is the soft hyphen.
_TCVN3: Mapping[str, str] = {
    **dict(zip("µ¶·¸¹", "àảãáạ", strict=True)),
    **dict(zip("¨»¼½¾Æ", "ăằẳẵắặ", strict=True)),
    **dict(zip("©ÇÈÉÊË", "âầẩẫấậ", strict=True)),
    **dict(zip("®ÌÎÏÐÑ", "đèẻẽéẹ", strict=True)),
    **dict(zip("ªÒÓÔÕÖ", "êềểễếệ", strict=True)),
    **dict(zip("×ØÜÝÞ", "ìỉĩíị", strict=True)),
    **dict(zip("ßáâãä", "òỏõóọ", strict=True)),
    **dict(zip("«åæçèé", "ôồổỗốộ", strict=True)),
    **dict(zip("¬êëìíî", "ơờởỡớợ", strict=True)),
    **dict(zip("ïñòóô", "ùủũúụ", strict=True)),
    **dict(zip("\u00adõö÷øù", "ưừửữứự", strict=True)),
    **dict(zip("úûüýþ", "ỳỷỹýỵ", strict=True)),
    **dict(zip("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ", strict=True)),
    # set 1 of the standard (TCVN 5712-1), never drawn by the fonts: no other letter is in their place
    **dict(zip("¯º¿ÀÁÂÃÄÅÍÙÚÛàðÿ", "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ", strict=True)),
}
_TCVN3_MARKS = {0xB0: _GRAVE, 0xB1: _HOOK, 0xB2: _TILDE, 0xB3: _ACUTE, 0xB4: _DOT}
_TCVN3_TABLE: Mapping[int, str] = {ord(code): letter for code, letter in _TCVN3.items()}
# The codes of the tone marks are also °, ±, ², ³ and ´: a mark only behind a vowel.
_TCVN3_MARKED = re.compile("(?<=[aeiouyăâêôơưĂÂÊÔƠƯAEIOUY])[\u00b0-\u00b4]")
# "¹" is ạ, and the mark of a footnote where no ạ can stand: behind a syllable's end, before a capital.
_CODE = "[a-zA-Z\u00a1-\u00ff]"
_VOWEL_CODE = "[aeiouyAEIOUY\u00a8-\u00ad\u00b5-\u00ff]"
_RAISED_ONE = re.compile(
    f"(?:(?<={_VOWEL_CODE}[cmnptCMNPT])|(?<={_VOWEL_CODE}(?:[cn]h|[CN]H|ng|NG)))¹(?!{_CODE})"
    f"|(?<!{_CODE})¹(?=[A-Z§])"
)

_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKS: Mapping[str, str] = {
    **dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
    **dict(
        zip("âáàåãä", (_CIRCUMFLEX + tone for tone in ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)), strict=True)
    ),
    **dict(zip("êéèúüë", (_BREVE + tone for tone in ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)), strict=True)),
}
_VNI = re.compile("([aeouyôö])([ùøûõïâáàåãäêéèúüë])|[ôöñíìæóòî]", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+")
# A line, and words beside each other on one, without a small ASCII letter.
_LINE_OF_CAPITALS = re.compile("^[^a-z\n]+$", re.MULTILINE)
_RUN_OF_CAPITALS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_a-z]+(?![^\W\d_])[^\S\n]*)+")


def decode_tcvn3(text: str) -> str:
    """`text` typed for a .Vn… font (.VnTime, .VnArial, ABC), as Unicode, composed.

    The encoding has no codes for capitals with a tone: .VnTimeH draws capitals at the codes of small
    letters. What was certainly a capital is given back: a word that holds an ASCII capital behind its
    first letter beside small Vietnamese letters ("QUYếT", "địNH") is upper-cased whole, and so are the
    words around it that hold no small ASCII letter ("Sở TàI"), since no Vietnamese word mixes case so.
    A word typed all in small letters for .VnTimeH stays small: its font is not in the text.
    """
    plain = _RAISED_ONE.sub("\ue000", _codes(text)).translate(_TCVN3_TABLE).replace("\ue000", "¹")
    plain = _TCVN3_MARKED.sub(lambda found: _TCVN3_MARKS[ord(found[0])], plain)
    return _capitals(unicodedata.normalize("NFC", plain))


def decode_vni(text: str) -> str:
    """`text` typed for a VNI font (VNI-Times: a base letter, then its mark), as Unicode, composed."""
    return unicodedata.normalize("NFC", _VNI.sub(lambda found: _vni_letter(found[0]), _codes(text)))


def _codes(text: str) -> str:
    """`text` with the letters of a symbol font back at their codes."""
    return _SYMBOL.sub(lambda found: chr(ord(found[0]) - 0xF000), text)


@lru_cache(maxsize=1024)
def _vni_letter(code: str) -> str:
    base, mark = code[0], code[1:]
    letter = _cased(_VNI_ALONE.get(base.lower(), base.lower()), base)
    composed = unicodedata.normalize("NFC", letter + _VNI_MARKS.get(mark.lower(), ""))
    return composed if len(composed) == 1 else letter + mark


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def _capitals(text: str) -> str:
    """Words of mixed case, which .VnTimeH drew in capitals, upper-cased with the capitals around them."""
    text = _LINE_OF_CAPITALS.sub(_upper_where_mixed, text)
    return _RUN_OF_CAPITALS.sub(_upper_where_mixed, text)


def _upper_where_mixed(run: re.Match[str]) -> str:
    return run[0].upper() if _mixed(run[0]) else run[0]


def _mixed(run: str) -> bool:
    return any(
        any("A" <= letter <= "Z" for letter in word[1:]) and not word.isupper() for word in _WORD.findall(run)
    )


# VIQR (RFC 1456): the marks follow the vowel; a backslash keeps a mark from being read as one.
_SHAPES = {"(": _BREVE, "^": _CIRCUMFLEX, "+": _HORN}
_VIQR_TONES = {"'": _ACUTE, "`": _GRAVE, "?": _HOOK, "~": _TILDE, ".": _DOT}
# "a(" is ă only where a tone or the end of a syllable follows: "phía(Chi" opens a bracket.
_BREVE_SIGN = r"\((?=['`?~.]|(?:ng|[ckmnpt])(?![a-z])|[\s,;:)]|$)"


def _viqr_pattern(breve: str) -> re.Pattern[str]:
    letter = rf"(?:a(?:{breve}|\^)?|[eo]\^|[ou]\+|[eiouy])['`?~.]?|[b-z]"
    return re.compile(
        r"\\(?P<escaped>[(^+'`?~.\\]|(?<=d\\)d)|(?P<link>(?<!\S)\S*(?:://|www\.|@)\S*)"
        rf"|(?P<word>(?:{letter})+)",
        re.IGNORECASE,
    )


_VIQR_STRICT, _VIQR_TYPED = _viqr_pattern(r"\("), _viqr_pattern(_BREVE_SIGN)
_VIQR_LETTER = re.compile(r"([aeiouy])([(^+]?)(['`?~.]?)|dd", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([(^+'`?~.\\]|(?<=d\\)d)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[”\")\]]{0,3}(?:\s{0,9}$|\s{0,9}\n\s{0,9}\n|\s{1,9}[\"“(*–-]{0,3}\s?[A-Z0-9])")
# Words that end in a dot below so often that a full stop is the less likely reading.
_OFTEN_DOTTED = frozenset(
    """bộ hộ độ lộ sự tự vụ dụ phụ trụ cụ tụ vị trị nghị thị bị dị nợ trợ sợ hạ lạ lệ hệ vệ tệ tuệ
    họ mẹ""".split()
)


def decode_viqr(text: str) -> str:
    """`text` in VIQR ("Co^.ng ho`a xa~ ho^.i"), as Unicode, composed.

    A text that uses escapes ("a\\.") was written by a program and is read by the letter. In one typed by
    hand a "." or "?" behind a vowel is a tone only where it makes a syllable and does not end a sentence.
    Links and addresses keep their marks.
    """
    strict = _ESCAPE.search(text) is not None
    pattern = _VIQR_STRICT if strict else _VIQR_TYPED
    return unicodedata.normalize("NFC", pattern.sub(lambda found: _viqr(found, strict), text))


def _viqr(found: re.Match[str], strict: bool) -> str:
    word = found[0]
    if found["escaped"]:
        return found["escaped"]
    if found["link"]:
        return _ESCAPE.sub(r"\1", word)
    if word.isalpha() and "dd" not in word.lower():
        return word
    if strict:
        return _viqr_composed(word)
    if len(word) == 2 and word[1] in ".?" and _opens_line(found):
        return word  # "a." opens an item
    return _viqr_word(word, _SENTENCE_END.match(found.string, found.end()) is not None)


def _opens_line(found: re.Match[str]) -> bool:
    return found.start() == 0 or found.string[found.start() - 1] == "\n"


@lru_cache(maxsize=16384)
def _viqr_word(word: str, ends_sentence: bool) -> str:
    """The word with its marks composed; "." and "?" that make no syllable stay punctuation."""
    composed = _viqr_composed(word)
    doubtful = re.search("[.?]", word)
    if not doubtful:
        return composed
    if spelt(composed):
        stop = word[-1] == "." and ends_sentence and composed.lower() not in _OFTEN_DOTTED
        return _viqr_word(word[:-1], False) + "." if stop else composed
    if word[-1] in ".?" and spelt(_viqr_composed(word[:-1])):
        return _viqr_composed(word[:-1]) + word[-1]
    head, tail = word[: doubtful.start()], word[doubtful.end() :]
    return _viqr_word(head, False) + doubtful[0] + (_viqr_word(tail, ends_sentence) if tail else "")


def _viqr_composed(word: str) -> str:
    return unicodedata.normalize("NFC", _VIQR_LETTER.sub(_viqr_letter, word))


def _viqr_letter(found: re.Match[str]) -> str:
    if not found[1]:
        # "add", "buddha": behind a vowel English doubles it, and no Vietnamese word holds đ there
        behind_vowel = found.start() > 0 and found.string[found.start() - 1].lower() in "aeiouy"
        return found[0] if behind_vowel else ("Đ" if found[0][0] == "D" else "đ")
    return found[1] + _SHAPES.get(found[2], "") + _VIQR_TONES.get(found[3], "")
