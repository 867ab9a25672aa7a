"""Document numbers (số hiệu) in running text: "19/2025/NQ-HĐND", "223 - nq / tu", "258-KH-UBND".

They are read on text without marks and printed as an official prints them. A number whose codes are known
may be in any case, with spaces and line ends around its separators; one with unknown codes must be in
capitals and unspaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.vietnamese import fold, unmarked

IsUpper = Callable[[int, int], bool]

TYPE_CODES = tuple(
    "NQ NQLT NĐ QĐ QĐi QyĐ QC KH TT TTLT CT CTr CTHĐ TTr BC KL TB CĐ HD CV L PL SL VBHN ĐA PA GM BB UQ GP "
    "TBKL QT QTr".split()
)
ISSUER_CODES = tuple(
    (
        "HĐND UBND CP TTg TU TW ĐU HU CTN QH UBTVQH VPQH VPCP VPCTN HĐTĐ HĐTP TANDTC VKSNDTC KTNN NHNN MTTQ "
        "BCA BQP BNG BNV BTP BTC BCT BXD BYT BGDĐT BKHCN BKHĐT BTNMT BNNPTNT BNNMT BGTVT BTTTT BVHTTDL "
        "BLĐTBXH BDTTG UBDT TTCP VPTU VPTW BTGTU BTCTU UBKTTU BTV BCĐ BTGTW BTCTW UBKTTW BDVTU BDVTW "
        "STC SVHTTDL SNV STP SXD SCT SYT SGDĐT SKHCN SKHĐT STNMT SNNPTNT SNNMT SGTVT STTTT SLĐTBXH SNgV "
        "GDTX GDĐT KTTH KTN VX TH NC KGVX"
    ).split()
)
_YEARED_CODE = r"(?:qh|ubtvqh)\d{1,2}"
_PARTY = re.compile(r"[A-ZĐ]*(?:TU|TW|ĐU|HU)")


def _alternatives(codes: tuple[str, ...]) -> str:
    return "|".join(sorted({unmarked(code) for code in codes}, key=len, reverse=True))


_GAP = r"\s{0,9}[/_-]\s{0,9}"
_TYPES, _ISSUERS = _alternatives(TYPE_CODES), _alternatives(ISSUER_CODES)
_GLUED = "|".join(rf"(?<=\b{code})" for code in ("nq", "nd", "qd", "kh", "tt", "ct"))  # "NQ19/2025/NQ-HĐND"
_BEFORE = rf"(?:(?<![\w/.,:-])|{_GLUED})(?P<n>\d{{1,5}}[a-z]?)"
_LOOSE = re.compile(  # known codes: any case, spaces and line ends around the separators
    rf"{_BEFORE}(?:{_GAP}(?P<year>(?:19|20)\d\d))?"
    rf"(?:{_GAP}|\s{{1,3}}(?=(?:{_TYPES}){_GAP}(?:{_ISSUERS})(?![a-z0-9])))"  # "223 NQ/TU"
    rf"(?P<codes>(?:{_TYPES}|{_YEARED_CODE})(?![a-z0-9])"
    rf"(?:{_GAP}(?:{_ISSUERS}|{_YEARED_CODE})(?![a-z0-9])|[/_-][a-z][a-z0-9]*)*)"
)
_TIGHT = re.compile(  # unknown codes: capitals, no spaces
    rf"{_BEFORE}(?:[/-](?P<year>(?:19|20)\d\d))?[/-](?P<codes>[a-z]{{2,}}\d{{0,2}}(?:[/-][a-z][a-z0-9]*)*)"
)
_STANDARD = re.compile(
    r"(?<!\w)(?P<family>qcvn|tcvn|qcdp)\s{0,9}(?P<body>(?:iso(?:/iec)?|iec)\s{1,9})?(?P<n>\d+(?:-[a-z0-9]+)*)"
    r"\s{0,9}:\s{0,9}(?P<year>\d{4})(?:\s{0,9}/\s{0,9}(?P<codes>[a-z]+))?"
)
_CODE = re.compile(r"[a-z][a-z0-9]*")
_PRINTED = {unmarked(code): code for code in reversed(TYPE_CODES + ISSUER_CODES)}


def numbers_in(text: str, bare: str, is_upper: IsUpper) -> Iterator[tuple[int, int, str]]:
    """Start, end and printed form of each number, in order; the earliest and longest where two overlap.

    `text` is folded, `bare` the same without marks, letter for letter; `is_upper` tells of a stretch of them
    whether it stood in capitals.
    """
    matches = [
        match
        for pattern in (_LOOSE, _STANDARD, _TIGHT)
        for match in pattern.finditer(bare)
        if pattern is _STANDARD or _is_number(match, is_upper)
    ]
    position = 0
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() >= position:
            yield match.start(), match.end(), _printed_number(match, text)
            position = match.end()


def _is_number(match: re.Match[str], is_upper: IsUpper) -> bool:
    """Known codes are enough; one code alone, or codes unknown here, must be in capitals and unspaced."""
    upper = is_upper(*match.span("codes"))
    if match.re is _TIGHT:
        return upper and ("/" in match[0])
    if match["year"] is not None or len(_CODE.findall(match["codes"])) > 1:
        return True
    return upper and len(match["codes"]) > 1 and not re.search(r"\s", match[0])


def _printed_number(match: re.Match[str], text: str) -> str:
    first = match.start("codes")
    if match.re is _STANDARD:
        issuer = f"/{_printed_code(match['codes'], text, first)}" if match["codes"] else ""
        body = " ".join((match["body"] or "").upper().split())
        family = text[match.start("family") : match.end("family")].upper()
        number = match["n"].upper()
        return " ".join(part for part in (family, body, f"{number}:{match['year']}{issuer}") if part)
    codes = [_printed_code(code[0], text, first + code.start()) for code in _CODE.finditer(match["codes"])]
    if _PARTY.fullmatch(codes[-1]) and not match["year"] and len(codes) > 1:
        return f"{match['n']}-{'-'.join(codes[:-1])}/{codes[-1]}"
    year = f"/{match['year']}" if match["year"] else ""
    return f"{match['n']}{year}/{'-'.join(codes)}"


def _printed_code(bare: str, text: str, start: int) -> str:
    """ "nd" → "NĐ", "qh14" → "QH14"; a code we do not know keeps the letters it has."""
    letters = bare.rstrip("0123456789")
    written = text[start : start + len(letters)]
    known = _PRINTED.get(letters)
    if known is not None and written in (letters, fold(known)):  # HĐ is no HD
        return known + bare[len(letters) :]
    return text[start : start + len(bare)].upper()
