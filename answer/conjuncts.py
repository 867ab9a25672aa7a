"""What a sentence says of several things taken apart, so that each can be looked for by itself.

"Mở 02 lớp bồi dưỡng và 01 lớp truyền dạy" says two things, and so does "A được xây dựng, cùng với việc sửa
chữa B". A sentence that names who does what is left whole: its second part would lose the doer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.capitals import capital
from answer.instrument_rewordings import each_of_a_row

_TWO_DEEDS, _SAYS = 2, 4  # deeds that are taken apart, words of each
BEGIN = r"(?<![\w.,/-])"
NUMBER = r"(?:\d+(?:[.,/]\d+)*)"
# a number that counts: no day and no year
COUNTS = rf"(?!\d+/\d|(?:19|20)\d\d\b)(?P<number>{NUMBER})%?\s+(?!tháng|năm)"
BOUND = r"(?:(?:ít nhất|tối thiểu|tối đa|khoảng|trên|dưới|từ|gần|hơn)\s+)?"
IN_TURN = re.compile(r"\blần lượt\b|\btương ứng\b|\btheo thứ tự\b", re.IGNORECASE)
BY = re.compile(r"\b(?:bởi|do)\b", re.IGNORECASE)
_FIRST_FIGURE = re.compile(rf"{BEGIN}{BOUND}{COUNTS}[^\W\d]")
_SEAM = re.compile(rf"(?:,|\s+và)\s+(?={BOUND}{COUNTS}[^\W\d])")
_TWO = re.compile(r"(?P<one>[^;]{6,}?)(?:;|,\s+(?:còn|trong khi))\s+(?P<other>[^;]{6,})")
_WHILE = re.compile(r"(?P<one>[^;]{12,}?)[,;]\s+(?:còn|trong khi)\s+(?P<other>(?:\S+\s+){3}[^;]+)")
# the second of two deeds, where nobody is named who does them
_MOREOVER = re.compile(r"(?P<one>[^;]+?\bđược\b[^;]+?),\s+đồng thời\s+(?P<other>(?:\S+\s+){3}[^;]+)")
# two deeds one beside the other
_BESIDE = re.compile(
    r"(?P<one>[^;]{12,}?),?\s+(?:cùng với|song song với|bên cạnh)\s+(?:việc\s+)?(?P<other>(?:\S+\s+){3}[^;]+)"
)
_DUTY = re.compile(r"\b(?:giao|chủ trì|phối hợp|báo cáo|gửi|trình|đầu mối)\b", re.IGNORECASE)
# what is to be done: nobody is named who does it
_DEED = (
    r"(?:tổ chức|tham gia|xây dựng|nâng cấp|nâng cao|số hóa|số hoá|hoàn thiện|rà soát|triển khai|phát triển"
    r"|thu hút|đầu tư|tiếp tục|duy trì|bảo tồn|khảo sát|đẩy mạnh|tăng cường|thành lập|sửa chữa|cải thiện"
    r"|cải tạo|khuyến khích|mở rộng|ưu tiên|hình thành|quảng bá|bổ sung|kiện toàn|khai thác|bố trí|hỗ trợ"
    r"|phục hồi)\b"
)
_LED_BY = re.compile(
    rf"(?:cùng với|bên cạnh|song song với)\s+(?:việc\s+)?(?P<one>[^;]{{6,}}),\s+"
    rf"(?P<other>(?:{_DEED}|[^;,]*\bđược\b)[^;]*)",
    re.IGNORECASE,
)
_DEEDS = re.compile(
    rf"(?P<lead>(?:(?:trong|theo|đến|tại|ở|năm|vào)\s[^,;]+,\s+)?(?:(?:kế hoạch|tỉnh)\s+)?)"
    rf"(?P<deeds>{_DEED}[^;]+?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_NEXT_DEED = re.compile(rf"(?:,\s+(?:và\s+|đồng thời\s+)?|\s+và\s+|\s+đồng thời\s+)(?={_DEED})")
_WHEN = re.compile(r"\b(?:19|20)\d\d\b|\b(?:tháng|quý|ngày) (?:\d|[IVX])", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:tại|ở|trên địa bàn)\b", re.IGNORECASE)
_OWN_SUBJECT = re.compile(rf"(?:[^\W\d]+\s+){{2,}}.*?{NUMBER}")


def conjuncts(sentence: str) -> Iterator[tuple[str, ...]]:
    """What a sentence says of two things or in two clauses, one by one, each way it can be taken apart.

    All parts must hold. "Mở 02 lớp bồi dưỡng và 01 lớp truyền dạy": "Mở 02 lớp bồi dưỡng", "Mở 01 lớp truyền
    dạy".
    """
    said = sentence.strip()
    if IN_TURN.search(said):
        return
    if row := each_of_a_row(said):
        yield row
    if clauses := (two_clauses(_TWO, said) or _apart(said)):
        parts = clauses["one"], capital(clauses["other"])
        if parts[0].count("(") == parts[0].count(")") and _alike(parts):
            yield parts
    if (deeds := _deeds(said)) and _alike(deeds):
        yield deeds
    seams = list(_SEAM.finditer(said))
    first = _FIRST_FIGURE.search(said)
    if len(seams) == 1 and first and first.start() < seams[0].start():
        yield said[: seams[0].start()], said[: first.start()] + said[seams[0].end() :]


def _alike(parts: tuple[str, ...]) -> bool:
    """Whether all parts say when, or none does, and so where: else one's time may be meant of all."""
    return all(len({bool(said.search(part)) for part in parts}) == 1 for said in (_WHEN, _WHERE))


def _apart(said: str) -> re.Match[str] | None:
    """Two clauses that each say of themselves what they are about; none where one has a doer's duties."""
    if _DUTY.search(said):
        return None
    if BY.search(said):
        return _WHILE.fullmatch(said)
    ways = (_WHILE, _MOREOVER, _LED_BY, _BESIDE)
    return next((found for way in ways if (found := way.fullmatch(said))), None)


def _deeds(said: str) -> tuple[str, ...]:
    """Each of several things to be done, when and where all of them are; () for one, or with a doer."""
    found = _DEEDS.fullmatch(said)
    if found is None or _DUTY.search(said) or BY.search(said):
        return ()
    deeds = _NEXT_DEED.split(found["deeds"])
    alone = len(deeds) < _TWO_DEEDS or any(len(deed.split()) < _SAYS for deed in deeds)
    return () if alone else tuple(capital(f"{found['lead']}{deed}{found['stop']}") for deed in deeds)


def two_clauses(parting: re.Pattern[str], said: str) -> re.Match[str] | None:
    """The two clauses of a sentence, where each has a subject and a figure of its own."""
    found = parting.fullmatch(said)
    return found if found and all(_OWN_SUBJECT.match(found[each]) for each in ("one", "other")) else None
