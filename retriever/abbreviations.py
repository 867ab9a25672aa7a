"""Abbreviations spelt out: CVĐC is công viên địa chất, typed "cvdc" as well.

A short table of what officials write everywhere, and what the documents themselves define ("khu công
nghiệp (KCN)") or name ("LS" for Lạng Sơn). One with several meanings keeps them all: what does not
belong to the question finds nothing in particular.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from corpus.vietnamese import fold, nfc, syllables, unmarked
from retriever.vietnamese_shape import is_syllable

MEANINGS = 3  # of an abbreviation that are kept, the commonest first
_NAMED = 3  # times a name must stand in the documents for its initials to be known
_LONGEST = 9  # syllables of a long form

# short = long | long; capitals are not told apart, đ and d only where both are listed.
_TABLE = """
UBND = ủy ban nhân dân; HĐND = hội đồng nhân dân; UBMTTQ = ủy ban mặt trận tổ quốc; MTTQ = mặt trận tổ quốc
UBKT = ủy ban kiểm tra; UBTVQH = ủy ban thường vụ quốc hội; BTV = ban thường vụ
BTVTU = ban thường vụ tỉnh ủy; BCH = ban chấp hành; BCT = bộ chính trị; BCĐ = ban chỉ đạo; BQL = ban quản lý
BTC = ban tổ chức | bộ tài chính; TU = tỉnh ủy; TW = trung ương; TƯ = trung ương; TTg = thủ tướng chính phủ
TTCP = thủ tướng chính phủ; CP = chính phủ; QH = quy hoạch | quốc hội; PCT = phó chủ tịch
CVP = chánh văn phòng; VP = văn phòng; ĐBQH = đại biểu quốc hội; TAND = tòa án nhân dân
VKSND = viện kiểm sát nhân dân; TTHC = thủ tục hành chính; NQ = nghị quyết; NĐ = nghị định; QĐ = quyết định
TT = trung tâm | thị trấn | thông tư; CV = công văn; TTLT = thông tư liên tịch; CTr = chương trình
KH = kế hoạch; ĐA = đề án; DA = dự án; TB = thông báo; BC = báo cáo; TTr = tờ trình; HD = hướng dẫn
QC = quy chế; VB = văn bản; VBQPPL = văn bản quy phạm pháp luật; QPPL = quy phạm pháp luật
GCN = giấy chứng nhận; GPXD = giấy phép xây dựng; HS = hồ sơ | học sinh; KTXH = kinh tế - xã hội
QPAN = quốc phòng, an ninh; ANQP = an ninh, quốc phòng; ANTT = an ninh trật tự; ATTT = an toàn thông tin
ATGT = an toàn giao thông; ATTP = an toàn thực phẩm; TTATXH = trật tự an toàn xã hội
VSATTP = vệ sinh an toàn thực phẩm; PCCC = phòng cháy, chữa cháy; CNCH = cứu nạn, cứu hộ
PCTT = phòng chống thiên tai; TKCN = tìm kiếm cứu nạn; CSGT = cảnh sát giao thông; BĐBP = bộ đội biên phòng
KCN = khu công nghiệp; CCN = cụm công nghiệp; KCX = khu chế xuất; KKT = khu kinh tế
KKTCK = khu kinh tế cửa khẩu; CK = cửa khẩu; CKQT = cửa khẩu quốc tế; XNK = xuất nhập khẩu; XK = xuất khẩu
NK = nhập khẩu; XNC = xuất nhập cảnh; TM = thương mại; TMĐT = thương mại điện tử; XTĐT = xúc tiến đầu tư
XTTM = xúc tiến thương mại; XTDL = xúc tiến du lịch; ĐT = đầu tư | đô thị | đào tạo
GPMB = giải phóng mặt bằng; QSDĐ = quyền sử dụng đất; SDĐ = sử dụng đất; TĐC = tái định cư
QHXD = quy hoạch xây dựng; QHPK = quy hoạch phân khu; QHCT = quy hoạch chi tiết; XD = xây dựng
CSHT = cơ sở hạ tầng; KCHT = kết cấu hạ tầng; HTKT = hạ tầng kỹ thuật; GTVT = giao thông vận tải
NTM = nông thôn mới; OCOP = mỗi xã một sản phẩm; HTX = hợp tác xã; THT = tổ hợp tác; SP = sản phẩm
DN = doanh nghiệp; DNNN = doanh nghiệp nhà nước; DNNVV = doanh nghiệp nhỏ và vừa; NĐT = nhà đầu tư
CĐT = chủ đầu tư; HKD = hộ kinh doanh; KD = kinh doanh; SXKD = sản xuất kinh doanh; SX = sản xuất
NSNN = ngân sách nhà nước; NSTW = ngân sách trung ương; NSĐP = ngân sách địa phương; NS = ngân sách
ĐTC = đầu tư công; ODA = hỗ trợ phát triển chính thức; FDI = đầu tư trực tiếp nước ngoài
PPP = đối tác công tư; GRDP = tổng sản phẩm trên địa bàn; GDP = tổng sản phẩm trong nước; CN = công nghiệp
TTCN = tiểu thủ công nghiệp; NN = nông nghiệp | nhà nước; DV = dịch vụ
NNPTNT = nông nghiệp và phát triển nông thôn; NNMT = nông nghiệp và môi trường; LN = lâm nghiệp
TNMT = tài nguyên và môi trường; BVMT = bảo vệ môi trường; MT = môi trường; BĐKH = biến đổi khí hậu
ĐTM = đánh giá tác động môi trường; QLNN = quản lý nhà nước; QL = quản lý | quốc lộ
QLTT = quản lý thị trường; VHTTDL = văn hóa, thể thao và du lịch
VHTT = văn hóa, thể thao | văn hóa thông tin; VH = văn hóa; TDTT = thể dục thể thao; DL = du lịch
DLCĐ = du lịch cộng đồng; DLST = du lịch sinh thái; KDL = khu du lịch; CVĐC = công viên địa chất
CVĐCTC = công viên địa chất toàn cầu; DSVH = di sản văn hóa; DTLS = di tích lịch sử; DTTS = dân tộc thiểu số
GDĐT = giáo dục và đào tạo; GD = giáo dục; KHCN = khoa học và công nghệ
LĐTBXH = lao động - thương binh và xã hội; LĐ = lao động; BHXH = bảo hiểm xã hội; BHYT = bảo hiểm y tế
BTXH = bảo trợ xã hội; NOXH = nhà ở xã hội; CNTT = công nghệ thông tin; CĐS = chuyển đổi số
TTTT = thông tin và truyền thông; CCHC = cải cách hành chính; TTĐT = thông tin điện tử; CB = cán bộ
CBCC = cán bộ, công chức; CCVC = công chức, viên chức; CBCCVC = cán bộ, công chức, viên chức
THCS = trung học cơ sở; THPT = trung học phổ thông; BV = bệnh viện; TYT = trạm y tế; TP = thành phố
TX = thị xã; TDP = tổ dân phố; ĐVHC = đơn vị hành chính; HCM = hồ chí minh; SĐT = số điện thoại
TNHH = trách nhiệm hữu hạn; CTCP = công ty cổ phần; GTGT = giá trị gia tăng; XHCN = xã hội chủ nghĩa
CHXHCN = cộng hòa xã hội chủ nghĩa; ANM = an ninh mạng; LHQ = liên hợp quốc; CLB = câu lạc bộ
HDV = hướng dẫn viên; PTDL = phát triển du lịch; CSLT = cơ sở lưu trú; NVH = nhà văn hóa
CĐ = cao đẳng | cộng đồng; ĐH = đại học; NLĐ = người lao động; BTTN = bảo tồn thiên nhiên
VSMT = vệ sinh môi trường; YTCS = y tế cơ sở
NLTT = năng lượng tái tạo; TTYT = trung tâm y tế; GDNN = giáo dục nghề nghiệp; XHH = xã hội hóa
GDTX = giáo dục thường xuyên; CSVC = cơ sở vật chất; CTMTQG = chương trình mục tiêu quốc gia
MTQG = mục tiêu quốc gia; KTCK = kinh tế cửa khẩu; PTTH = phát thanh và truyền hình; QLDA = quản lý dự án
ĐTPT = đầu tư phát triển; GTNT = giao thông nông thôn; CTRSH = chất thải rắn sinh hoạt
CTNH = chất thải nguy hại; NTTS = nuôi trồng thủy sản; SXNN = sản xuất nông nghiệp
"""
_SHORT = re.compile(r"(?<![^\W_])[^\W\d_]{2,10}(?![^\W_])")
_CAPITALS = re.compile(r"[A-ZĐƯÔƠÂĂÊ]{2,9}[a-z]?")
_WITH_DIGITS = re.compile(r"\S*\d\S*")  # document numbers stay as they are
# "QL.4A", "ĐT 241", "TT 12/2024": before a number they mean one thing.
_BEFORE_NUMBERS = (
    (re.compile(r"\bQL\s*\.?\s*(?=\d)", re.IGNORECASE), "quốc lộ "),
    (re.compile(r"\bĐT\s*\.?\s*(?=\d{3})", re.IGNORECASE), "đường tỉnh "),
    (re.compile(r"\bTT\s+(?=(?:số\s+)?\d)", re.IGNORECASE), "thông tư "),
    (re.compile(r"\bTP\.\s*", re.IGNORECASE), "thành phố "),
)
_CALLED = r"(?:sau đây )?(?:được )?(?:gọi|viết) (?:tắt|chung)(?: là)?\s*:?\s*"
_DEFINED = re.compile(
    rf"\(\s*(?:{_CALLED})?[\"“]?(?P<short>[A-ZĐƯÔƠ][A-ZĐƯÔƠ&-]{{1,9}})[\"”]?\s*[),;]", re.IGNORECASE
)
_BEFORE = 160  # characters before a parenthesis that may hold what it shortens
_EXPLAINED = re.compile(r"\b(?P<short>[A-ZĐƯÔƠ]{2,9})\s*\(\s*(?P<long>[^()\n]{4,90})\)")
_NAME = re.compile(r"(?<=[^\W\d_] )(?:[A-ZĐ][^\W\d_A-ZĐ]+ ){1,3}[A-ZĐ][^\W\d_A-ZĐ]+")
_LINKS = frozenset("và của về các cho với trong trên tại".split())


class Abbreviations:
    """Long forms by abbreviation; immutable."""

    def __init__(
        self,
        learnt: Mapping[str, Sequence[str]] | None = None,
        names: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`learnt`: what documents define, `names`: what their names would be shortened to; long forms by
        folded abbreviation. The table is always there, and names only speak where nothing else does.
        """
        self._learnt = {short: tuple(longs) for short, longs in (learnt or {}).items()}
        self._names = {short: tuple(longs) for short, longs in (names or {}).items()}

    @classmethod
    def build(cls, texts: Iterable[str]) -> Abbreviations:
        """Learn from the texts of documents, as they are written, line breaks kept."""
        defined: dict[str, Counter[str]] = defaultdict(Counter)
        named: Counter[str] = Counter()
        for text in map(nfc, texts):
            for short, long in _definitions(text):
                defined[fold(short)][long] += 1
            named.update(_NAME.findall(text))
        names: dict[str, list[str]] = defaultdict(list)
        for name, times in named.most_common():
            if times >= _NAMED and len(names[_initials(name)]) < MEANINGS:
                names[_initials(name)].append(name)
        learnt = {
            short: [long for long, _ in longs.most_common(MEANINGS)] for short, longs in defined.items()
        }
        return cls(learnt, names)

    def to_json(self) -> dict[str, dict[str, list[str]]]:
        """What `from_json` takes: what was learnt, without the table."""
        return {
            "learnt": {short: list(longs) for short, longs in self._learnt.items()},
            "names": {short: list(longs) for short, longs in self._names.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, Sequence[str]]]) -> Abbreviations:
        """The inverse of `to_json`. Raises KeyError or AttributeError for something else."""
        return cls(data["learnt"], data["names"])

    def meanings(self, short: str, *, shouted: bool = False) -> tuple[str, ...]:
        """The long forms of a token; none where it is an ordinary word, typed small or `shouted`: "an"."""
        if not _SHORT.fullmatch(short):
            return ()
        folded = fold(short)
        word = is_syllable(folded)
        capitals = _CAPITALS.fullmatch(short) is not None and not (shouted and word)
        if not capitals and word:
            return ()
        known = self._long.get(folded) or self._unmarked.get(folded, ())
        if known or not capitals:
            return known
        return self._names.get(folded) or self._parts(folded)

    def spelt_out(self, text: str) -> tuple[str, ...]:
        """The long forms of the abbreviations in a text, in order, each once, without those it has."""
        shouted = text.isupper()
        found = [
            long
            for token in syllables(text)
            if not any(map(str.isdigit, token))
            for long in self.meanings(token, shouted=shouted)
        ]
        there = f" {_plain(text)} "
        return tuple(long for long in dict.fromkeys(found) if f" {_plain(long)} " not in there)

    def written_out(self, text: str) -> str:
        """A text with each abbreviation replaced by its first long form: "KH DL" → "kế hoạch du lịch"."""
        shouted = text.isupper()
        for pattern, long in _BEFORE_NUMBERS:
            text = pattern.sub(long, text)
        numbers = [found.span() for found in _WITH_DIGITS.finditer(text)]

        def replaced(found: re.Match[str]) -> str:
            inside = any(start <= found.start() < end for start, end in numbers)
            longs = () if inside else self.meanings(found[0], shouted=shouted)
            return longs[0] if longs else found[0]

        return _SHORT.sub(replaced, text)

    def capitals(self, text: str) -> str:
        """A text with the abbreviations typed small as officials write them: "hdnd" → "HĐND"."""
        return _SHORT.sub(lambda found: self._written(found[0]), text)

    def _written(self, token: str) -> str:
        if not token.islower() or not self.meanings(token):
            return token
        folded = fold(token)
        return (folded if folded in self._long else self._marked[unmarked(folded)]).upper()

    def _parts(self, folded: str) -> tuple[str, ...]:
        """ "bqlda" is "bql" and "da": the meanings of the parts when all of them are known."""
        for cut in range(len(folded) - 2, 1, -1):
            first = self._long.get(folded[:cut], ())
            rest = first and (self._long.get(folded[cut:]) or self._parts(folded[cut:]))
            if rest:
                return (*first, *rest)
        return ()

    @cached_property
    def _long(self) -> Mapping[str, tuple[str, ...]]:
        table = _table()
        return {
            short: tuple(_once([*table.get(short, ()), *self._learnt.get(short, ())]))
            for short in {**table, **self._learnt}
        }

    @cached_property
    def _marked(self) -> Mapping[str, str]:
        """The abbreviation that is typed so without marks; the first of several."""
        return {unmarked(short): short for short in reversed(tuple(self._long))}

    @cached_property
    def _unmarked(self) -> Mapping[str, tuple[str, ...]]:
        """By the abbreviation typed without marks: "cvdc", "hdnd"."""
        found: dict[str, tuple[str, ...]] = {}
        for short, longs in self._long.items():
            found[unmarked(short)] = (*found.get(unmarked(short), ()), *longs)
        return found


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[str, ...]]:
    entries = (entry.split("=") for line in _TABLE.strip().splitlines() for entry in line.split(";"))
    return {fold(short.strip()): tuple(long.strip() for long in longs.split("|")) for short, longs in entries}


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    for found in _DEFINED.finditer(text):
        short = found["short"].replace("-", "").replace("&", "")
        if _CAPITALS.fullmatch(short):
            before = re.split(r"[()\n]", text[: found.start()].rstrip()[-_BEFORE:])[-1]
            if long := _initialled(short, before) or _named(before):
                yield short, long
    for found in _EXPLAINED.finditer(text):
        long = _initialled(found["short"], found["long"])
        if long and _plain(long) == _plain(found["long"]):
            yield found["short"], long


def _initialled(short: str, before: str) -> str:
    """The last syllables of a text whose initials are the letters of `short`, links passed over."""
    letters = [unmarked(letter) for letter in short if letter.isalpha()]
    words = list(re.finditer(r"[^\W\d_]+", before))
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and fold(words[at][0]) in _LINKS and unmarked(words[at][0][0]) != letter:
            at -= 1
        if at < 0 or unmarked(words[at][0][0]) != letter:
            return ""
    return _tidy(before[words[at].start() :])


def _named(before: str) -> str:
    """The name that ends a text, of something abbreviated in another language: "Ngân hàng Thế giới (WB)"."""
    last = re.split(r"[,;:.+•]\s|^\s*[-–+]\s|\s[-–]\s", before)[-1].strip(" -–+")
    count = len(last.split())
    proper = last[:1].isupper() and not last.isupper() and any(map(str.islower, last))
    return _tidy(last) if proper and 3 <= count <= _LONGEST else ""


def _initials(name: str) -> str:
    return fold("".join(word[0] for word in name.split()))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _once(longs: Iterable[str]) -> list[str]:
    return list({_plain(long): long for long in reversed(list(longs))}.values())[::-1]


def _plain(text: str) -> str:
    return " ".join(syllables(fold(text)))
