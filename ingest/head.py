"""What a document says of itself: number, date, issuer, title, signer, entry into force.

Nothing is filled in: what is blank in the text is None. Capitals of a letterhead are taken down to the way
a name is written in a sentence; a title in capitals only where the text itself writes it so elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.citation import parse_citations
from corpus.document import Document
from corpus.law_names import LAW_NAMES
from corpus.relation import Head
from corpus.vietnamese import fold, unmarked
from ingest.agency import agency, opens_agency, opens_authority
from ingest.differences import differences
from ingest.in_force import in_force, iso_date
from ingest.margins import foot_text, head_text, provisions, recased, whole_text
from ingest.signer import signer

__all__ = ["differences", "head"]

_TYPES = {
    unmarked(name): name
    for name in (
        "Nghị quyết liên tịch",
        "Nghị quyết",
        "Nghị định",
        "Quyết định",
        "Kế hoạch",
        "Thông tư liên tịch",
        "Thông tư",
        "Chỉ thị",
        "Chương trình hành động",
        "Chương trình",
        "Tờ trình",
        "Báo cáo",
        "Kết luận",
        "Thông báo",
        "Hướng dẫn",
        "Công điện",
        "Quy chế",
        "Quy định",
        "Văn bản hợp nhất",
        "Đề án",
        "Phương án",
        "Bộ luật",
        "Luật",
        "Pháp lệnh",
        "Hiến pháp",
        "Giấy mời",
        "Biên bản",
    )
}
_BLANK = r"[\s.…_]*"
_MOTTO = re.compile(
    r"cong\s*hoa\s*xa\s*hoi\s*chu\s*nghia\s*viet\s*nam|doc\s*lap\W{1,5}tu\s*do\W{1,5}hanh\s*phuc"
    r"|dang\s*cong\s*san\s*viet\s*nam"
)
_DATE = re.compile(
    rf"ngay{_BLANK}(?:(?P<d>\d{{1,2}})?{_BLANK}thang{_BLANK}(?P<m>\d{{1,2}})?{_BLANK}nam{_BLANK}(?P<y>\d{{4}})?"
    rf"|(?P<d2>\d{{1,2}})\s*/\s*(?P<m2>\d{{1,2}})\s*/\s*(?P<y2>\d{{4}}))"
)
_CODE = r"(?:CTr|TTr|TTg|QĐi|QyĐ|[A-ZĐÂĂÊÔƠƯ]+\d{0,2})(?![a-zđà-ỹ])"
_NUMBER = re.compile(
    r"(?P<type>(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|BỘ LUẬT|LUẬT|NGHỊ QUYẾT)[ \t]+)?"
    rf"[Ss][ỐốÔôOo6](?:\s+(?:ký )?hiệu)?[ \t]*[:.;]?[\s.…_]*(?P<n>\d{{1,5}}[a-zđ]?)?{_BLANK}"
    rf"(?P<rest>(?:[/-][ \t]*\d{{4}}[ \t]*)?[/-][ \t]*{_CODE}(?:[ \t]*[-/][ \t]*{_CODE})*)"
)
_ABOUT = re.compile(r"^[ \t]*V/v\b[ \t:.]*", re.IGNORECASE | re.MULTILINE)
_TITLE_ENDS = re.compile(
    r"can cu\b|kinh gui|xet\b|theo de nghi|quoc hoi ban hanh|\((?:ban hanh )?kem theo|\(dinh kem"
)
_STAMPS = re.compile(
    r"(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat|du thao(?: lan)?[\s\d]*|ban sao|cong bao)\W*"
)
_GOES_ON = ("của", "tại", "và", "với", "giữa", "về", "do", "cho", "theo", "trong", ",", "-")
_ENACTS = re.compile(
    r"(?<![^\W_])(?P<who>(?:chu tich )?(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd) "
    r"(?:tinh|thanh pho|huyen|xa|phuong) [^,;.:\n]{2,30}?|quoc hoi|chinh phu|thu tuong chinh phu"
    r"|bo truong bo [^;.:\n]{4,60}?|ban thuong vu tinh uy(?: [^,;.:\n]{2,30}?)?) "
    r"(?:ban hanh|quyet dinh|quyet nghi|xay dung|bao cao|yeu cau|thong bao)\b"
)
_ENACTS_WITHIN = 20_000  # characters


@dataclass(slots=True)
class _Printed:
    """The head as lines; what has been read is taken out of it."""

    text: str

    @property
    def bare(self) -> str:
        return unmarked(self.text)

    def take(self, start: int, end: int) -> None:
        """Put a line end in the place of `text[start:end]`: it may have stood in another column."""
        self.text = self.text[:start] + "\n" + self.text[end:]

    @property
    def lines(self) -> list[str]:
        cells = (re.split(r"\s{3,}|\t|\|", line) for line in self.text.splitlines())
        return [stripped for row in cells for cell in row if (stripped := cell.strip(" \f*_-–—=:;\u00a0"))]


def head(document: Document) -> Head:
    """What the text of `document` says at its head and foot, and of its entry into force."""
    printed = _Printed(head_text(document))
    _without_motto(printed)
    date, place = _take_date(printed)
    number, code = _take_number(printed)
    about = _take_about(printed)
    lines = [line for line in printed.lines if not _STAMPS.fullmatch(unmarked(line))]
    at, kind, glued = _type_line(lines)
    title, authority = _title(lines[at + 1 :], glued) if kind else ("", "")
    text = whole_text(document)
    kind = kind or _type_of(code) or ("Công văn" if about or _addressed(text) else None)
    force = in_force((node.own_text for node in provisions(document)), date)
    return Head(
        type=kind,
        number=number,
        issuer=_issuer(authority, lines[:at], text, place),
        date=date or force.adopted,
        title=_cased_title(title or about, kind, text) or None,
        signer=signer(foot_text(document)),
        effective=force.day,
        effective_said=force.said,
    )


def _without_motto(printed: _Printed) -> None:
    while found := _MOTTO.search(printed.bare):
        printed.take(*found.span())


def _take_date(printed: _Printed) -> tuple[str | None, str | None]:
    """The date as far as it is printed, and the place before it: "Lạng Sơn, ngày … tháng 02 năm 2026"."""
    for found in _DATE.finditer(printed.bare):
        before = printed.text[: found.start()].rsplit("\n", 1)[-1]
        place = _place_before(before)
        if place is None and before.strip(" *_("):
            continue  # a date in a title
        day = iso_date(found["d"] or found["d2"], found["m"] or found["m2"], found["y"] or found["y2"])
        start = found.start() - (len(before) - before.rfind(place) if place else 0)
        printed.take(start, found.end())
        return day, place
    return None, None


def _place_before(line: str) -> str | None:
    """The capitalised words before the comma at the end of `line`."""
    if not line.rstrip().endswith(","):
        return None
    place: list[str] = []
    for word in reversed(line.rstrip().rstrip(",").split()):
        if not word[0].isupper() or (word.isupper() and not word.startswith("TP")) or len(place) == 4:
            break
        place.insert(0, word)
    return " ".join(place) or None


def _take_number(printed: _Printed) -> tuple[str | None, str]:
    """The number, None where its digits are blank, and the code behind it ("/KH-UBND")."""
    type_line = _type_position(printed.text)
    for found in _NUMBER.finditer(printed.text, 0, type_line):
        before = printed.text[: found.start()].rsplit("\n", 1)[-1].strip()
        if before and not before.isupper():
            continue  # another instrument's, named in a title
        code = re.sub(r"\s+", "", found["rest"])
        printed.take(*found.span())
        return (found["n"] + code if found["n"] else None), code
    return None, ""


def _type_position(text: str) -> int:
    """Where the line with the type stands; the end of the text where there is none."""
    position = 0
    for line in text.splitlines(keepends=True):
        if _whole_type(line) and "số" not in line.casefold():
            return position
        position += len(line)
    return len(text)


def _take_about(printed: _Printed) -> str:
    """The subject of an official letter: "V/v …", up to the addressee."""
    found = _ABOUT.search(printed.text)
    if found is None:
        return ""
    rest = re.split(r"\n\s*\n|Kính gửi", printed.text[found.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
    printed.take(found.start(), found.end() + len(rest))
    return "Về việc " + " ".join(rest.split())


def _whole_type(line: str) -> str | None:
    """The type that a line consists of, letters spaced out or not: "Q U Y Ế T  Đ Ị N H"."""
    bare = unmarked(line).strip(" \t\r\n*:_-.")
    spaced = bare.replace(" ", "")
    return _TYPES.get(" ".join(bare.split())) or next(
        (name for key, name in _TYPES.items() if " " in bare and key.replace(" ", "") == spaced), None
    )


def _type_line(lines: list[str]) -> tuple[int, str | None, str]:
    """Index of the line with the type, the type, and what of the title is glued behind it."""
    for index, line in enumerate(lines):
        if kind := _whole_type(line):
            return index, kind, ""
    for index, line in enumerate(lines):
        bare = unmarked(line)
        for key, kind in _TYPES.items():
            if bare.startswith(key + " ") and line[: len(key)].isupper():
                return index, kind, line[len(key) :].strip()
    return len(lines), None, ""


def _title(lines: list[str], glued: str) -> tuple[str, str]:
    """The title, and the authority printed above or below it."""
    title = [glued] if glued else []
    authority: list[str] = []
    for line in lines:
        bare = unmarked(line)
        if _TITLE_ENDS.match(bare):
            break
        if not title and (of := re.match(r"cua\s+", bare)) and opens_agency(line[of.end() :]):
            authority = [line[of.end() :]]
        elif _is_authority(line, title) or (authority and title and line.isupper()):
            authority.append(line)
        elif authority and title:
            break
        else:
            title.append(line)
    joined = re.sub(r"\s*\[\d+\]", "", " ".join(title)).strip(" .:;*_-")
    return joined[:1].upper() + joined[1:], " ".join(authority)


def _is_authority(line: str, title: list[str]) -> bool:
    goes_on = bool(title) and title[-1].casefold().endswith(_GOES_ON)
    return bool(title) and line.isupper() and opens_authority(line) and not goes_on


def _type_of(code: str) -> str | None:
    """The type that a number's code tells: "/KH-UBND" → "Kế hoạch"."""
    cited = parse_citations(f"số 1{code}") if code else ()
    return cited[0].instrument.type if cited and cited[0].instrument else None


def _addressed(text: str) -> bool:
    return "kinh gui" in unmarked(text[:3000])


def _issuer(authority: str, letterhead: list[str], text: str, place: str | None) -> str | None:
    """Who issued it: the authority named with the title, the letterhead, or who "ban hành" in the text."""
    named = re.split(r"\s+KHO[ÁA]\b|\s+KHÓA\b|\s+KỲ HỌP\b", authority, maxsplit=1)[0]
    for printed in (named, _last_agency(letterhead)):
        if printed and (whole := _with_place(agency(printed), place)):
            return whole
    beginning = text[:_ENACTS_WITHIN]
    if found := _ENACTS.search(unmarked(beginning)):
        return agency(beginning[found.start("who") : found.end("who")])
    return agency(named) if named else None


def _last_agency(letterhead: list[str]) -> str:
    """The agency that issues: of "UBND TỈNH LẠNG SƠN / SỞ TÀI CHÍNH" the second, wrapped lines joined."""
    agencies: list[str] = []
    for line in letterhead:
        if not line.isupper():
            continue
        continued = agencies and agencies[-1].casefold().endswith(_GOES_ON)
        if opens_agency(line) and not continued:
            agencies.append(line)
        elif agencies:
            agencies[-1] += f" {line}"
    if not agencies:
        return ""
    above = re.search(r"\b(?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG)\s.+$|(?<=TỈNH ỦY ).+$", agencies[0])
    if len(agencies) > 1 and above and not re.search(r"\b(?:TỈNH|XÃ|PHƯỜNG)\b", agencies[-1]):
        return f"{agencies[-1]} {above[0]}"
    return agencies[-1]


def _with_place(issuer: str, place: str | None) -> str | None:
    """ "UBND tỉnh" with the place of the date line; None where a local body cannot be told from others."""
    local = re.search(r"\b(?:UBND|HĐND|Tỉnh ủy|Thành ủy)(?: (?:tỉnh|thành phố|huyện|xã|phường))?$", issuer)
    if local is None:
        return issuer
    if place is None or issuer.endswith(("UBND", "HĐND")):
        return None
    return f"{issuer} {place}"


def _cased_title(title: str, kind: str | None, text: str) -> str:
    """A title in capitals as the text writes it elsewhere, or a law's as the list of laws has it."""
    if not title.isupper():
        return title
    if kind in ("Luật", "Bộ luật", "Pháp lệnh"):
        known = fold(title)
        for name in LAW_NAMES:
            if fold(name) == known:
                return name
    return recased(title, text)
