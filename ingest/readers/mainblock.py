"""Which part of a web page is the document: the text, not the menu.

Made for legal texts: what reads like a provision, a head or a signature is never thrown away, so a page
saved from Word, which has no menu, is kept whole. What is left out is what calls itself a menu, a comment,
an advertisement …, lists of links, and what stands around the element that holds the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_FURNITURE = frozenset("nav aside footer button select menu dialog".split())
_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog alert tablist".split()
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu\w*|breadcrumbs?|bread-crumb|side-?bar|related|lien-?quan|"
    r"tin-?khac|other-?news|comments?|binh-?luan|share|social|ads?|advert\w*|quang-?cao|banner|cookies?|"
    r"foot(?:er)?|toolbar|print|popup|modal|login|rating|vote|tags?|newsletter|widget|pagination|"
    r"skip-?link|hotline|feedback|goi-?y|recommend\w*|subscribe|toc|muc-?luc)(?=$|[\s_-])",
    re.IGNORECASE,
)
_TALK = re.compile(r"comment|binh-?luan|feedback|y-?kien", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARK = re.compile(
    r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Khoản)\s+[0-9IVXLC]+[a-zđ]?(?=[.:\s]|$)|Căn cứ\s|"
    r"[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]\s+\w|[IVX]+\.\s+\w|[a-zđ]\)\s+\w|[-–+]\s+\w|"
    r"(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG TƯ|KẾ HOẠCH|CHỈ THỊ|PHỤ LỤC|Phụ lục)\b"
)
_HEAD_OR_FOOT = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s*[-–]\s*Tự do\s*[-–]|^Nơi nhận\s*:|"
    r"^(?:TM|KT|TL|TUQ)\.\s+\w"
)
_LEGAL_SHARE = 0.05  # of all marks: what holds more of them is no furniture, whatever it is called
_FEW = 3  # marks, or stretches of prose, from which on an element may hold the document
_HOLDERS = frozenset("div main article section form center td".split())
_LONG = 120  # characters: an unlinked stretch that is prose rather than a caption


@dataclass(slots=True)
class _Mass:
    """What stands in an element and everything below it."""

    plain: int = 0  # letters outside links
    linked: int = 0
    links: int = 0
    marks: int = 0  # stretches that begin like a provision
    edges: int = 0  # signs of a document's head or foot
    long: int = 0  # stretches of prose
    tables: int = 0  # with at least three rows of three cells

    def add(self, other: _Mass) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def main_block(body: _Element) -> tuple[_Element, int]:
    """Take the furniture out of `body` (it is changed) and find the element that holds the document.

    Scripts and hidden parts must be gone already. Returns it with the number of letters left out.
    """
    masses = _weigh(body)
    whole = masses[body]
    for element in [each for each in masses if _is_furniture(each, masses[each], whole)]:
        if element is not body:
            drop(element)
    masses = _weigh(body)
    found = body
    while (inner := _holder(found, masses)) is not None:
        found = inner
    kept = masses[found]
    return found, (whole.plain + whole.linked) - (kept.plain + kept.linked)


def drop(element: _Element) -> None:
    """Take `element` out of the page; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def _weigh(body: _Element) -> dict[_Element, _Mass]:
    """Masses of `body` and everything below it, outermost first."""
    masses: dict[_Element, _Mass] = {}
    in_link: set[_Element] = set()
    for element in body.iter("*"):
        masses[element] = _Mass()
        parent = element.getparent()
        if (element.tag == "a" and element.get("href")) or (parent is not None and parent in in_link):
            in_link.add(element)
    for element in reversed(list(masses)):
        mass = masses[element]
        if element.tag == "a" and element.get("href"):
            mass.links += 1
        _take(mass, element.text, element in in_link)
        if element.tag == "table":
            mass.tables += _is_data_table(element)
        if element is not body and (parent := element.getparent()) is not None:
            masses[parent].add(mass)
            _take(masses[parent], element.tail, parent in in_link)
    return masses


def _take(mass: _Mass, text: str | None, linked: bool) -> None:
    said = " ".join(text.split()) if text else ""
    if linked:
        mass.linked += len(said)
        return
    mass.plain += len(said)
    mass.long += len(said) >= _LONG
    mass.marks += bool(_MARK.match(said))
    mass.edges += bool(_HEAD_OR_FOOT.search(said))


def _is_data_table(table: _Element) -> bool:
    rows = table.findall("./tr") + table.findall("./tbody/tr")
    return len(rows) >= 3 and sum(len(row) >= 3 for row in rows) >= 3


def _is_furniture(element: _Element, mass: _Mass, whole: _Mass) -> bool:
    if mass.edges or mass.tables or mass.marks > min(max(_FEW, _LEGAL_SHARE * whole.marks), whole.marks / 2):
        return False
    if mass.marks == whole.marks == 0 and mass.plain > whole.plain / 2:
        return False  # no legal text at all: the longest part stays
    names = _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")
    if mass.long > _FEW and not _TALK.search(names):
        return False  # only readers' comments are that long and none of the document
    if element.tag == "div" and element.get("title") in ("header", "footer"):
        return True  # heads and feet of pages, as LibreOffice writes them
    if element.tag in _FURNITURE or (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag in ("body", "table", "tbody", "tr", "td", "th", "p", "span", "a", "li", "b", "i", "u"):
        return False
    if _NAMED.search(names):
        return True
    letters = mass.plain + mass.linked
    return mass.links >= 4 and not mass.long and not mass.tables and mass.linked > 0.7 * letters


def _holder(element: _Element, masses: dict[_Element, _Mass]) -> _Element | None:
    """The child that holds the document, when what stands around it is none of it."""
    children = [each for each in element.iterchildren("*") if each in masses]
    inner = max(children, key=lambda each: (masses[each].marks, masses[each].plain), default=None)
    if inner is None or inner.tag not in _HOLDERS:
        return None
    held, around = masses[inner], _Mass()
    _take(around, element.text, False)
    for each in children:
        if each is not inner:
            around.add(masses[each])
            if _alike(each, inner):
                return None  # one section of several
        _take(around, each.tail, False)
    if held.marks < _FEW and held.long < _FEW and around.plain + around.linked > 0:
        return None  # too little to tell the text from what stands around it
    unlike = around.marks == around.edges == around.tables == 0 and around.long <= held.long // 20
    return inner if unlike else None


def _alike(one: _Element, other: _Element) -> bool:
    """Siblings of one make: WordSection1 and WordSection2."""
    names = [re.sub(r"\d+", "", each.get("class") or each.get("id") or "") for each in (one, other)]
    return one.tag == other.tag and names[0] == names[1]
