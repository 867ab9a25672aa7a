"""Citation look-ups: what a person types or a web page holds, and what each citation in it should come to.

One JSON object a line: `{"id", "form"?, "text", "expected": [{"span_text", "status", "address", "normal"?}],
"note"?}`. `expected` lists every citation of the text in its order; empty: the text cites nothing.

- `span_text`: the citation verbatim, from its first locator, type word or number to the last word that tells
  the instrument apart (date, issuer), without the title after "về". In a list each member has its own span;
  what all of them share belongs to the one it is written next to: "điểm a", "b", "đ khoản 2 Điều 5". Where
  every member is given the whole list instead, each counts as right that was read inside it.
- `status`: a word of `LookupStatus`, for the text as it stands, read outside any document.
- `address`: a permalink, or null where nothing more than the status is asked. Of `exact` the provision, the
  first one of a range; of `document_only` the document, the provision where it does not go on as cited, or
  one that points there; of `mentioned` and `ambiguous` a provision that must be among those named.
- `normal`: as an official writes it.

No model: parse and look up, a millisecond each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.address import path_of
from corpus.citation import normal, parse_citations
from corpus.document import Document
from corpus.errors import AddressError, QuestionFileError
from corpus.vietnamese import nfc
from eval.figures import decimal
from eval.jsonl import Record, read_records
from eval.report import table
from retriever.lookup import Lookup, LookupStatus, Resolved

FORMS = (
    "locator",  # smallest unit first, as officials write
    "reverse",  # "Điều 5, Khoản 2, Điểm a", "Đ5 k2 đa"
    "dotted",  # "mục III.1.3"
    "unmarked",  # no diacritics
    "spacing",  # spaces, line ends, odd characters inside
    "list",
    "range",
    "relative",  # "khoản 2 Điều này"
    "number",  # every family of document numbers
    "law",  # by name
    "annex",
    "missing",  # the document is held, the unit does not exist
    "unheld",  # named, and nothing here mentions it
    "ambiguous",
    "page",  # several in running text
    "trap",  # looks like a citation and is none
    "other",
)
ALL = "tất cả"
_ALONE = r"[\w\u0300-\u036f]"  # a letter, digit or combining mark beside it would make it part of a word


@dataclass(frozen=True, slots=True)
class Expected:
    """One citation that stands in the text of a look-up."""

    span: tuple[int, int]  # in the text
    status: LookupStatus
    address: str | None = None  # permalink
    normal: str | None = None
    shared: bool = False  # the span is a whole list's, given to each of its members


@dataclass(frozen=True, slots=True)
class CitationCase:
    """One line of a citation set."""

    id: str
    text: str
    expected: tuple[Expected, ...] = ()  # in the order of the text; none where it cites nothing
    form: str = "other"  # one of FORMS
    note: str | None = None
    place: str = field(default="", compare=False)  # "development.jsonl:12"


@dataclass(frozen=True, slots=True)
class Row:
    """Counts over some look-ups. `spans`, `statuses` and `addresses` are expected citations read right."""

    name: str
    cases: int
    expected: int  # citations
    found: int  # citations that were read, right or not
    spans: int  # with exactly the span
    statuses: int
    addresses: int
    exact: int  # look-ups right in everything, with nothing read that is not there

    @property
    def precision(self) -> float | None:
        """Of the spans read, or None where nothing was."""
        return self.spans / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Of the spans expected, or None where there are none."""
        return self.spans / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class Miss:
    """A look-up that is not right in everything, and why."""

    case: CitationCase
    faults: tuple[str, ...]  # in Vietnamese


@dataclass(frozen=True, slots=True)
class CitationReport:
    """A citation set, scored."""

    forms: tuple[Row, ...]  # ALL first, then the forms that occur
    statuses: Mapping[str, tuple[int, int]]  # expected status → expected, right
    misses: tuple[Miss, ...]


def read_citation_set(file: Path) -> tuple[CitationCase, ...]:
    """The look-ups of a file in order.

    Raises QuestionFileError, naming file and line, at the first thing that is not as the format wants it.
    """
    cases: dict[str, CitationCase] = {}
    for record in read_records(file):
        case = _case(record)
        if case.id in cases:
            raise record.fault(f"id “{case.id}” đã có ở {cases[case.id].place}. Hãy đặt id khác.")
        cases[case.id] = case
    if not cases:
        raise QuestionFileError(f"{file}: không có lượt tra nào. Mỗi dòng phải là một lượt tra ở dạng JSON.")
    return tuple(cases.values())


def is_citation_set(file: Path) -> bool:
    """Whether the first line of a JSON lines file is a look-up rather than a question."""
    first = next(read_records(file), None)
    return first is not None and "expected" in first.fields


def check(cases: Sequence[CitationCase], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """What is wrong with a set, each fault naming file and line: addresses that do not exist, texts twice.

    That each span stands in its text is known from reading.
    """
    faults: list[str] = []
    texts: dict[str, str] = {}
    for case in cases:
        first = texts.setdefault(nfc(case.text), case.place)
        if first != case.place:
            faults.append(f"{case.place}: lượt tra đã có ở {first}.")
        faults += [
            f"{case.place}: {fault}" for one in case.expected if (fault := _address_fault(one, documents))
        ]
    return tuple(faults)


def score(cases: Sequence[CitationCase], documents: Mapping[str, Document]) -> CitationReport:
    """Parse and look up every text; the table by form, and what was missed."""
    lookup = Lookup(documents)
    scored = [_scored(case, lookup) for case in cases]
    forms = [form for form in FORMS if any(case.form == form for case in cases)]
    rows = [_summed(ALL, [row for row, _, _ in scored])]
    rows += [_summed(form, [row for row, _, _ in scored if row.name == form]) for form in forms]
    misses = [Miss(case, faults) for case, (_, _, faults) in zip(cases, scored, strict=True) if faults]
    outcomes = [outcome for _, outcome, _ in scored]
    return CitationReport(tuple(rows), _by_status(outcomes), tuple(misses))


def render(report: CitationReport, misses: int) -> str:
    """The report as lines of text, with the first `misses` look-ups that are not right."""
    header = ["Dạng", "lượt tra", "trích dẫn", "khoanh đúng", "khoanh đủ", "kết quả", "địa chỉ", "đúng cả"]
    statuses = [
        [name, str(count), _percent(right, count)] for name, (count, right) in report.statuses.items()
    ]
    parts = [
        "Đơn vị %. “Khoanh đúng”, “khoanh đủ”: vị trí trích dẫn trong chữ, tính trên số đọc được và số phải "
        "đọc được; “đúng cả”: lượt tra đúng mọi điều và không đọc thừa.",
        table(header, [_cells(row) for row in report.forms]),
        table(["Kết quả phải có", "trích dẫn", "đúng"], statuses),
        f"CHƯA ĐÚNG: {len(report.misses)} lượt tra",
        *(_shown(miss) for miss in report.misses[:misses]),
    ]
    return "\n\n".join(parts) + "\n"


def report_json(report: CitationReport, misses: int) -> dict[str, object]:
    """The report for machines: counts, not percentages."""
    return {
        "forms": [asdict(row) | {"precision": row.precision, "recall": row.recall} for row in report.forms],
        "statuses": {name: {"expected": n, "right": right} for name, (n, right) in report.statuses.items()},
        "misses": [
            {"id": miss.case.id, "text": miss.case.text, "faults": list(miss.faults)}
            for miss in report.misses[:misses]
        ],
    }


def _case(record: Record) -> CitationCase:
    record.only("id", "form", "text", "expected", "note")
    text = record.text("text")
    case = CitationCase(
        id=record.text("id"),
        text=text,
        expected=tuple(_expected(record, text)),
        form=record.text("form") if record.has("form") else "other",
        note=record.any_text("note") if record.has("note") else None,
        place=record.place,
    )
    if "expected" not in record.fields:
        raise record.fault("thiếu “expected”. Nếu đoạn chữ không dẫn gì, hãy ghi “expected”: [].")
    if case.form not in FORMS:
        raise record.fault(f"dạng lạ “{case.form}”. Các dạng: {', '.join(FORMS)}.")
    return case


def _expected(record: Record, text: str) -> Iterable[Expected]:
    """The expected citations, each looked for behind the one before it, or in the list they share."""
    entries = record.records("expected")
    counts = Counter(entry.fields.get("span_text") for entry in entries)
    start = after = 0
    for entry in entries:
        entry.only("span_text", "status", "address", "normal")
        cited, status = entry.text("span_text"), entry.text("status")
        pattern = re.compile(f"(?<!{_ALONE}){re.escape(cited)}(?!{_ALONE})")
        shared = counts[cited] > len(pattern.findall(text))
        found = pattern.search(text, start if shared else after)
        if found is None:
            raise entry.fault(f"“{cited}” không có trong “text”, hoặc không đúng thứ tự trong đó.")
        if status not in set(LookupStatus):  # a StrEnum before 3.12 cannot be asked for a str
            raise entry.fault(f"kết quả lạ “{status}”. Các kết quả: {', '.join(LookupStatus)}.")
        if "address" not in entry.fields:
            raise entry.fault("thiếu “address”. Nếu không có địa chỉ, hãy ghi “address”: null.")
        start, after = found.span()
        address, written = (entry.text(key) if entry.has(key) else None for key in ("address", "normal"))
        yield Expected(found.span(), LookupStatus(status), address, written, shared)


def _address_fault(expected: Expected, documents: Mapping[str, Document]) -> str | None:
    if expected.address is None:
        return "kết quả “exact” phải có “address”." if expected.status is LookupStatus.EXACT else None
    if expected.status in (LookupStatus.UNKNOWN, LookupStatus.UNREADABLE):
        return f"kết quả “{expected.status}” không có “address”; hãy ghi null."
    try:
        document, path = path_of(expected.address)
    except AddressError as error:
        return str(error)
    if document not in documents or path not in documents[document].by_address:
        return f"không có điều khoản “{expected.address}”. Hãy xem mục lục: hoidap documents MÃ"
    return None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An expected citation and what it came to."""

    expected: Expected
    resolved: Resolved | None  # None: nothing was read there

    @property
    def span(self) -> bool:
        if self.resolved is None:
            return False
        (low, high), (start, end) = _span(self.resolved), self.expected.span
        return (low, high) == (start, end) or (self.expected.shared and start <= low and high <= end)

    @property
    def status(self) -> bool:
        return self.resolved is not None and self.resolved.status is self.expected.status

    @property
    def address(self) -> bool:
        if self.resolved is None:
            return False
        if self.expected.address is None:
            return self.resolved.permalink is None
        return path_of(self.expected.address) in map(path_of, _answers(self.resolved))

    @property
    def normal(self) -> bool:
        return self.expected.normal is None or self.written == self.expected.normal

    @property
    def written(self) -> str:
        return normal(self.resolved.citation) if self.resolved and self.resolved.citation else ""


def _scored(case: CitationCase, lookup: Lookup) -> tuple[Row, list[_Outcome], tuple[str, ...]]:
    """The counts of one look-up, its outcomes, and what is wrong with it."""
    read = [lookup.resolve(citation) for citation in parse_citations(case.text)]
    paired = _paired([one.span for one in case.expected], [_span(one) for one in read])
    outcomes = [
        _Outcome(expected, read[paired[place]] if place in paired else None)
        for place, expected in enumerate(case.expected)
    ]
    spurious = [one for place, one in enumerate(read) if place not in paired.values()]
    faults = [fault for outcome in outcomes for fault in _faults(outcome, case.text)]
    faults += [f"đọc thừa “{case.text[slice(*_span(one))]}” ({one.status})" for one in spurious]
    row = Row(
        name=case.form,
        cases=1,
        expected=len(outcomes),
        found=len(read),
        spans=sum(one.span for one in outcomes),
        statuses=sum(one.status for one in outcomes),
        addresses=sum(one.address for one in outcomes),
        exact=int(not faults),
    )
    return row, outcomes, tuple(faults)


def _span(resolved: Resolved) -> tuple[int, int]:
    return resolved.citation.span if resolved.citation else (0, 0)


def _paired(expected: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Which span found stands for which expected one: the same where there is one, else one that overlaps."""
    pairs: dict[int, int] = {}
    for alike in (_same, _overlap):
        for place, span in enumerate(expected):
            fits = (n for n, one in enumerate(found) if n not in pairs.values() and alike(span, one))
            if place not in pairs and (first := next(fits, None)) is not None:
                pairs[place] = first
    return pairs


def _same(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one == other


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _answers(resolved: Resolved) -> Iterable[str]:
    """The permalinks by which an outcome can be right: what was found, or what is named in its place."""
    if resolved.permalink:
        return [resolved.permalink]
    missing = [one.under for one in resolved.missing]
    held = [resolved.document] if resolved.document else []
    return [*held, *(one.document for one in missing), *map(str, (*missing, *resolved.candidates))]


def _faults(outcome: _Outcome, text: str) -> Iterable[str]:
    expected, resolved = outcome.expected, outcome.resolved
    cited = text[slice(*expected.span)]
    if resolved is None:
        yield f"không đọc được “{cited}” (phải là {expected.status})"
        return
    if not outcome.span:
        yield f"khoanh “{text[slice(*_span(resolved))]}”, phải là “{cited}”"
    if not outcome.status:
        yield f"“{cited}” ra {resolved.status}, phải là {expected.status}"
    if not outcome.address:
        yield f"“{cited}” tới {resolved.permalink or 'không đâu'}, phải là {expected.address or 'không đâu'}"
    if not outcome.normal:
        yield f"“{cited}” viết lại thành “{outcome.written}”, phải là “{expected.normal}”"


def _summed(name: str, rows: Sequence[Row]) -> Row:
    return Row(
        name,
        *(
            sum(column)
            for column in zip(
                *((r.cases, r.expected, r.found, r.spans, r.statuses, r.addresses, r.exact) for r in rows),
                strict=True,
            )
        ),
    )


def _by_status(outcomes: Iterable[Sequence[_Outcome]]) -> dict[str, tuple[int, int]]:
    every = [one for several in outcomes for one in several]
    counted = {
        status: [one.status for one in every if one.expected.status is status] for status in LookupStatus
    }
    return {str(status): (len(right), sum(right)) for status, right in counted.items() if right}


def _cells(row: Row) -> list[str]:
    return [
        row.name,
        str(row.cases),
        str(row.expected),
        _percent(row.spans, row.found),
        _percent(row.spans, row.expected),
        _percent(row.statuses, row.expected),
        _percent(row.addresses, row.expected),
        _percent(row.exact, row.cases),
    ]


def _percent(part: int, whole: int) -> str:
    return decimal(100 * part / whole) if whole else "–"


def _shown(miss: Miss) -> str:
    text = " ".join(miss.case.text.split())
    return "\n".join(
        (f"■ {miss.case.id} ({miss.case.form}) {text}", *(f"  {fault}" for fault in miss.faults))
    )
