"""How an element of a web page looks, as far as reading it needs: hidden, font, capitals, bold, lists.

Style sheets are read only for plain selectors (tag, .class, tag.class, #id): what Word and portals write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<class>[\w-]+)|#(?P<id>[\w-]+))?", re.IGNORECASE)
_READ = frozenset(
    "display visibility mso-hide font-family font text-transform font-weight list-style-type list-style "
    "border border-top border-bottom border-style vertical-align white-space".split()
)
_LONGEST = 500_000  # characters of a style sheet that are looked at


class Looks:
    """Asks style sheets and style attributes; what is inherited is for the caller to pass on."""

    def __init__(self, root: _Element) -> None:
        self._rules: dict[tuple[str, str, str], dict[str, str]] = {}
        for sheet in root.iter("style"):
            text = _COMMENT.sub(" ", (sheet.text or "")[:_LONGEST])
            for selectors, body in _RULE.findall(re.sub(r"@[^{;]*;", " ", text)):
                declared = dict(_declarations(body))
                for selector in selectors.split(",") if declared else ():
                    if found := _SELECTOR.fullmatch(selector.strip()):
                        key = ((found["tag"] or "").lower(), found["class"] or "", found["id"] or "")
                        self._rules.setdefault(key, {}).update(declared)

    def of(self, element: _Element) -> Mapping[str, str]:
        """The declared properties of `element` itself, in lower case but for font names."""
        tag = element.tag
        inline = element.get("style")
        if not self._rules and not inline:
            return {}
        said: dict[str, str] = {}
        keys = [(tag, "", "")]
        for name in (element.get("class") or "").split():
            keys += [("", name, ""), (tag, name, "")]
        if key := element.get("id"):
            keys += [("", "", key), (tag, "", key)]
        for each in keys:
            said |= self._rules.get(each, {})
        return said | dict(_declarations(inline)) if inline else said


def is_hidden(element: _Element, looks: Mapping[str, str]) -> bool:
    """Whether a browser, or Word, would not show `element`."""
    return (
        element.get("hidden") is not None
        or looks.get("display") == "none"
        or looks.get("visibility") in ("hidden", "collapse")
        or looks.get("mso-hide") == "all"
    )


def font_of(element: _Element, looks: Mapping[str, str]) -> str | None:
    """The first font that `element` names, or None."""
    families = looks.get("font-family") or (element.get("face") if element.tag == "font" else None)
    if families is None and (short := looks.get("font")):
        families = re.sub(r"^.*?\d\S*\s+", "", short)
    return families.split(",")[0].strip().strip("\"'") if families else None


def list_type(element: _Element, looks: Mapping[str, str]) -> str | None:
    """The kind of numbers an <ol> or <ul> asks for, as CSS calls it; None where it says nothing."""
    kinds = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
    if kind := looks.get("list-style-type"):
        return kind
    for word in (looks.get("list-style") or "").split():
        if re.fullmatch(r"none|disc|circle|square|decimal|(?:lower|upper)-(?:alpha|latin|roman)", word):
            return word
    return kinds.get(element.get("type") or "", element.get("type"))


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for part in text.replace("!important", "").split(";"):
        name, _, worth = part.partition(":")
        name = name.strip().lower()
        if name in _READ:
            yield name, worth.strip() if name in ("font", "font-family") else worth.strip().lower()
