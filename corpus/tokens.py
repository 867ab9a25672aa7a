"""Words, numbers and document numbers of a text, for the citation parsers.

The text is folded once; `text` keeps the marks and `bare` lacks them, character for character
side by side, so a regular expression on one speaks of the other. Positions are positions in the
folded text; `Tokens.span` leads back to the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.vietnamese import fold, fold_with_map, nfc, unmarked


def words(line: str) -> list[str]:
    """The words of a vocabulary written in one line."""
    return line.split()


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"  # digits only
    SIGN = "sign"  # one character
    INSTRUMENT = "instrument"  # a whole document number: "19/2025/nq-hđnd"
    END = "end"  # past the last token


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `text` is folded, `bare` has no marks."""

    kind: Kind
    text: str
    bare: str
    start: int
    end: int
    spaced: bool  # white space, or nothing, stands before it
    capital: bool  # the first letter is a capital in the original
    number: str = ""  # of an INSTRUMENT: as an official prints it

    def says(self, word: str) -> bool:
        """Whether it is `word`, or `word` typed wholly without marks."""
        return self.text == word or (self.text == self.bare and self.bare == _bare(word))


_END = Token(Kind.END, "", "", 0, 0, True, False)
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_¹²³⁰-₉¼-¾]+)|(?P<number>\d+)|(?P<sign>\S)"
)  # a footnote sign is no letter


class Tokens:
    """The tokens of a text; an index past either end gives a token of kind END."""

    def __init__(self, original: str) -> None:
        self._folded = fold_with_map(original, marks=True)
        self.original = original
        self.text = self._folded.text
        self.bare = "".join(map(_bare_letter, self.text))
        self._tokens = list(self._cut())
        self._starts = [token.start for token in self._tokens]

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, index: int) -> Token:
        return self._tokens[index] if 0 <= index < len(self._tokens) else _END

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of a stretch of the folded text."""
        return self._folded.source_span(start, end)

    def written(self, start: int, end: int) -> str:
        """The original's text of a stretch of the folded text, composed, white space made single."""
        first, last = self.span(start, end)
        return " ".join(nfc(self.original[first:last]).split())

    def phrase(self, index: int, words: str) -> int | None:
        """The index after `words` (folded, marks written) where they stand at `index`, else None."""
        for word in words.split():
            if not self[index].says(word):
                return None
            index += 1
        return index

    def any_phrase(self, index: int, phrases: tuple[str, ...]) -> int | None:
        """The index after the first of `phrases` that stands at `index`, else None."""
        ends = (self.phrase(index, words) for words in phrases)
        return next((end for end in ends if end is not None), None)

    def match(self, index: int, pattern: re.Pattern[str]) -> tuple[re.Match[str], int] | None:
        """`pattern` on the bare text at a token, and the index of the first token after the match."""
        if index >= len(self):
            return None
        found = pattern.match(self.bare, self[index].start)
        return (found, self.index_at(found.end())) if found else None

    def index_at(self, position: int) -> int:
        """The index of the first token that starts at or after `position`."""
        return bisect_left(self._starts, position)

    def _cut(self) -> list[Token]:
        tokens: list[Token] = []
        position = 0
        for found, printed in _instrument_numbers(self):
            tokens += self._plain(position, found.start())
            tokens.append(self._token(Kind.INSTRUMENT, found.start(), found.end(), printed))
            position = found.end()
        return tokens + self._plain(position, len(self.text))

    def _plain(self, start: int, end: int) -> list[Token]:
        return [
            self._token(Kind(found.lastgroup or ""), found.start(), found.end())
            for found in _TOKEN.finditer(self.text, start, end)
        ]

    def _token(self, kind: Kind, start: int, end: int, number: str = "") -> Token:
        return Token(
            kind,
            self.text[start:end],
            self.bare[start:end],
            start,
            end,
            start == 0 or self.text[start - 1].isspace(),
            self.original[self._folded.offsets[start]].isupper(),
            number,
        )

    def is_upper(self, start: int, end: int) -> bool:
        """Whether every letter of a stretch is a capital in the original."""
        first, last = self.span(start, end)
        return self.original[first:last].isupper()


# Codes inside document numbers, as printed.
_TYPE_CODES = words(
    "NQ NQLT NĐ QĐ QĐi QyĐ QC KH TT TTLT CT CTr TTr BC KL TB CĐ HD CV L PL VBHN ĐA GM PA BB UQ GP"
)
_ISSUER_CODES = words(
    "HĐND UBND CP TTg TU TW ĐU HU CTN QH UBTVQH VPQH VPCP HĐTĐ HĐTP TANDTC VKSNDTC KTNN NHNN MTTQ "
    "BCA BQP BNG BNV BTP BTC BCT BXD BYT BGDĐT BKHCN BKHĐT BTNMT BNNPTNT BNNMT BGTVT BTTTT BVHTTDL "
    "BLĐTBXH BDTTG UBDT TTCP VPTU BTGTU BTCTU UBKTTU BTV BCĐ "
    "STC SVHTTDL SNV STP SXD SCT SYT SGDĐT SKHCN SKHĐT STNMT SNNPTNT SNNMT SGTVT STTTT SLĐTBXH SNgV "
    "GDTX GDĐT KTTH VX TH NC KGVX"
)
_YEARED_CODE = r"(?:qh|ubtvqh)\d{1,2}"
_PARTY = frozenset({"TU", "TW", "ĐU", "HU"})


def _alternatives(codes: list[str]) -> str:
    return "|".join(sorted({unmarked(code) for code in codes}, key=len, reverse=True))


_GAP = r"\s*[/_-]\s*"
_LOOSE = re.compile(  # known codes: any case, spaces and line ends around the separators
    rf"(?<![\w/.,:-])(?P<n>\d{{1,5}}[a-z]?)(?:{_GAP}(?P<year>(?:19|20)\d\d))?"
    rf"{_GAP}(?P<codes>(?:{_alternatives(_TYPE_CODES)}|{_YEARED_CODE})(?![a-z0-9])"
    rf"(?:{_GAP}(?:{_alternatives(_ISSUER_CODES)}|{_YEARED_CODE})(?![a-z0-9])|[/_-][a-z][a-z0-9]*)*)"
)
_TIGHT = re.compile(  # unknown codes: capitals, no spaces
    r"(?<![\w/.,:-])(?P<n>\d{1,5}[a-z]?)(?:[/-](?P<year>(?:19|20)\d\d))?"
    r"[/-](?P<codes>[a-z]{2,}\d{0,2}(?:[/-][a-z][a-z0-9]*)*)"
)
_STANDARD = re.compile(
    r"(?<!\w)(?P<family>qcvn|tcvn)\s*(?P<n>\d+(?:-\d+)?)\s*:\s*(?P<year>\d{4})(?:\s*/\s*(?P<codes>[a-z]+))?"
)
_CODE = re.compile(r"[a-z][a-z0-9]*")
_PRINTED = {unmarked(code): code for code in reversed(_TYPE_CODES + _ISSUER_CODES)}


def _instrument_numbers(tokens: Tokens) -> list[tuple[re.Match[str], str]]:
    """Document numbers in order, the earliest and longest where two readings overlap."""
    matches = [
        match
        for pattern in (_LOOSE, _STANDARD, _TIGHT)
        for match in pattern.finditer(tokens.bare)
        if pattern is _STANDARD or _is_number(match, tokens)
    ]
    found: list[tuple[re.Match[str], str]] = []
    position = 0
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() >= position:
            found.append((match, _printed_number(match, tokens)))
            position = match.end()
    return found


def _is_number(match: re.Match[str], tokens: Tokens) -> bool:
    """Known codes are enough; one code alone, or codes unknown here, must be in capitals and unspaced."""
    upper = tokens.is_upper(*match.span("codes"))
    if match.re is _TIGHT:
        return upper and ("/" in match[0])
    if match["year"] is not None or len(_CODE.findall(match["codes"])) > 1:
        return True
    return upper and len(match["codes"]) > 1 and not re.search(r"\s", match[0])


def _printed_number(match: re.Match[str], tokens: Tokens) -> str:
    if match.re is _STANDARD:
        issuer = f"/{_printed_code(match['codes'], tokens, match.start('codes'))}" if match["codes"] else ""
        return f"{match['family'].upper()} {match['n']}:{match['year']}{issuer}"
    first = match.start("codes")
    codes = [_printed_code(code[0], tokens, first + code.start()) for code in _CODE.finditer(match["codes"])]
    if codes[-1] in _PARTY and not match["year"] and len(codes) > 1:
        return f"{match['n']}-{'-'.join(codes[:-1])}/{codes[-1]}"
    year = f"/{match['year']}" if match["year"] else ""
    return f"{match['n']}{year}/{'-'.join(codes)}"


def _printed_code(bare: str, tokens: Tokens, start: int) -> str:
    """ "nd" → "NĐ", "qh14" → "QH14"; a code we do not know keeps the letters it has."""
    letters = bare.rstrip("0123456789")
    known = _PRINTED.get(letters)
    if known is not None:
        return known + bare[len(letters) :]
    return tokens.text[start : start + len(bare)].upper()


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return unmarked(fold(word))


@lru_cache(maxsize=4096)
def _bare_letter(letter: str) -> str:
    bare = unmarked(letter)
    return bare if len(bare) == 1 else letter
