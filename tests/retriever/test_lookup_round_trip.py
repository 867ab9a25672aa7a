"""Every provision, cited in any of the ways people write it, comes back to exactly that provision.

The tests go over a sample; with `_sample` at step 1 they go over all provisions, in under a minute.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

import pytest

from corpus.address import Level
from corpus.citation import Citation, CitedUnit, Instrument, normal, parse_citations
from corpus.cited_units import words_of
from corpus.document import Document, Provision
from corpus.vietnamese import unmarked
from retriever.lookup import Lookup, LookupStatus

Units = tuple[CitedUnit, ...]

PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"
NAMES = {
    PLAN: (
        "Kế hoạch du lịch",
        "Kế hoạch phát triển du lịch năm 2026",
        "KH phát triển du lịch và CVĐC 2026",
        "KH DL&CVĐC 2026",
        "Kế hoạch phát triển du lịch (2026)",
        "Kế hoạch tháng 02/2026 của UBND tỉnh Lạng Sơn",
        "Kế hoạch của Ủy ban nhân dân tỉnh về phát triển du lịch và bảo tồn Công viên địa chất",
        "Kế hoạch Phát triển Du lịch và Bảo tồn, tôn tạo, phát huy giá trị Công viên địa chất toàn cầu "
        "UNESCO Lạng Sơn năm 2026 của UBND tỉnh Lạng Sơn",
    ),
    DECISION: (
        "Quyết định điều chỉnh quy hoạch tỉnh",
        "QĐ ĐCQH tỉnh",
        "QĐ phê duyệt điều chỉnh quy hoạch tỉnh Lạng Sơn 2026",
        "Quyết định 2026 phê duyệt điều chỉnh quy hoạch tỉnh",
        "Quyết định của Chủ tịch UBND tỉnh Lạng Sơn năm 2026",
        "Quyết định “Phê duyệt điều chỉnh Quy hoạch tỉnh Lạng Sơn thời kỳ 2021-2030, tầm nhìn đến năm 2050”",
        "Quyết định về việc phê duyệt điều chỉnh Quy hoạch tỉnh Lạng Sơn thời kỳ 2021 - 2030, tầm nhìn đến "
        "năm 2050 của Chủ tịch UBND tỉnh Lạng Sơn",
    ),
}
ABBREVIATED = {Level.ARTICLE: "Đ{}", Level.CLAUSE: "k{}", Level.POINT: "đ.{}", Level.DASH: "gạch thứ {}"}
DOTTED = {Level.ARTICLE: "Đ.{}", Level.CLAUSE: "k.{}", Level.DASH: "ý {}"}


def word(unit: CitedUnit) -> str:
    return next(iter(words_of((unit,))))


def capital(unit: CitedUnit) -> str:
    said = word(unit)
    return said[0].upper() + said[1:]


def upwards(units: Units, between: str = " ") -> str:
    return between.join(map(word, reversed(units)))


def short(units: Iterable[CitedUnit], forms: Mapping[Level, str]) -> str:
    return " ".join(
        forms[unit.level].format(unit.marker) if unit.level and unit.level in forms else word(unit)
        for unit in units
    )


FORMS: Mapping[str, Callable[[Units], str]] = {
    "as officials write": upwards,
    "commas": lambda units: upwards(units, ", "),
    "of": lambda units: upwards(units, " của "),
    "in": lambda units: upwards(units, " thuộc "),
    "line ends": lambda units: upwards(units, "\n"),
    "capitals": lambda units: upwards(units).upper(),
    "decomposed": lambda units: unicodedata.normalize("NFD", upwards(units)),
    "no-break spaces": lambda units: upwards(units).replace(" ", "\u00a0"),
    "inwards": lambda units: " ".join(map(word, units)),
    "inwards, commas": lambda units: ", ".join(map(capital, units)),
    "inwards, semicolons": lambda units: "; ".join(map(capital, units)),
    "inwards, dashes": lambda units: " - ".join(map(capital, units)),
    "inwards, slashes": lambda units: "/".join(map(capital, units)),
    "inwards, arrows": lambda units: " > ".join(map(capital, units)),
    "abbreviated": lambda units: short(reversed(units), ABBREVIATED),
    "abbreviated, inwards": lambda units: short(units, ABBREVIATED),
    "abbreviated, full stops": lambda units: short(reversed(units), DOTTED),
    "abbreviated, full stops, inwards": lambda units: short(units, DOTTED),
    "bracket": lambda units: f"{word(units[-1])} ({upwards(units[:-1])})" if units[1:] else upwards(units),
}


@pytest.fixture(scope="module")
def lookup(documents: Mapping[str, Document]) -> Lookup:
    return Lookup(documents)


def _sample(document: Document, step: int) -> list[tuple[Provision, Units]]:
    """Every `step`th provision below the document, with its units."""
    return [
        (node, tuple(CitedUnit(unit.level, unit.marker) for unit in node.address.units))
        for node in [node for node in document.root.walk() if node.address.units][::step]
    ]


def _astray(lookup: Lookup, text: str, provision: Provision) -> str | None:
    """What is wrong with the reading of `text`, which is one citation from end to end, or None."""
    citations = parse_citations(text)
    read = [text[slice(*citation.span)] for citation in citations]
    if len(read) != 1 or read[0] != text.removesuffix(")" if "(" not in read[0] else ""):
        return f"{text!r} read as {read}"
    resolved = lookup.resolve(citations[0])
    if resolved.status is not LookupStatus.EXACT or resolved.provision is not provision:
        return f"{text!r} is {resolved.status} {resolved.permalink}, not {provision.address}"
    return None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("id_", NAMES)
def test_a_provision_is_found_in_every_form(
    lookup: Lookup, documents: Mapping[str, Document], id_: str, form: str
) -> None:
    for provision, units in _sample(documents[id_], 7):
        assert _astray(lookup, f"{FORMS[form](units)} {NAMES[id_][0]}", provision) is None


@pytest.mark.parametrize("between", [", ", ": ", " ", " - "])
@pytest.mark.parametrize("form", [form for form in FORMS if "inwards" in form])
@pytest.mark.parametrize("id_", NAMES)
def test_a_provision_is_found_behind_its_document(
    lookup: Lookup, documents: Mapping[str, Document], id_: str, form: str, between: str
) -> None:
    for provision, units in _sample(documents[id_], 31):
        assert _astray(lookup, f"{NAMES[id_][0]}{between}{FORMS[form](units)}", provision) is None


@pytest.mark.parametrize(("id_", "name"), [(id_, name) for id_, names in NAMES.items() for name in names])
def test_a_document_is_known_by_every_name(
    lookup: Lookup, documents: Mapping[str, Document], id_: str, name: str
) -> None:
    for provision, units in _sample(documents[id_], 29):
        for between in (" ", " của ", ", ", " tại "):
            assert _astray(lookup, f"{upwards(units)}{between}{name}", provision) is None
        inwards = ", ".join(map(capital, units))
        assert _astray(lookup, f"{name}, {inwards}", provision) is None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("id_", NAMES)
def test_a_provision_is_found_without_marks(
    lookup: Lookup, documents: Mapping[str, Document], id_: str, form: str
) -> None:
    for provision, units in _sample(documents[id_], 11):
        if any(unit.marker == "đ" for unit in units):
            continue  # without marks it is a "d"
        assert _astray(lookup, unmarked(f"{FORMS[form](units)} {NAMES[id_][0]}"), provision) is None


@pytest.mark.parametrize("short_form", [False, True])
@pytest.mark.parametrize("id_", NAMES)
def test_the_normal_form_leads_back(
    lookup: Lookup, documents: Mapping[str, Document], id_: str, short_form: bool
) -> None:
    held = documents[id_].metadata
    instrument = Instrument(held.type, held.number, held.title, held.issuer)
    for provision, units in _sample(documents[id_], 5):
        text = normal(Citation((0, 0), units, instrument), short=short_form)
        assert _astray(lookup, text, provision) is None
