"""The words a claim turns on: what tempers a figure, what denies, what is only meant, what may be left out.

Everything is folded. A phrase is written with spaces; the longest one that fits is read.
"""

from __future__ import annotations

from enum import StrEnum


class Bound(StrEnum):
    """What a figure is said to be."""

    ABOUT = "khoảng"
    NEARLY = "gần"
    AT_MOST = "tối đa"
    AT_LEAST = "tối thiểu"
    OVER = "trên"
    UNDER = "dưới"
    MORE = "thêm"


def _phrases(table: dict[Bound, str]) -> dict[tuple[str, ...], Bound]:
    return {
        tuple(phrase.split()): bound
        for bound, line in table.items()
        for phrase in (part.strip() for part in line.split("|"))
    }


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _by_first(phrases: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases parted by "|", by their first syllable."""
    made: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases.split("|"):
        syllables = tuple(phrase.split())
        made[syllables[0]] = (*made.get(syllables[0], ()), syllables)
    return made


BEFORE_FIGURE = _phrases(
    {
        Bound.ABOUT: "khoảng | xấp xỉ | ước | ước khoảng | ước đạt | ước tính | chừng | vào khoảng",
        Bound.NEARLY: "gần | gần đạt",
        Bound.AT_MOST: "tối đa | không quá | không vượt quá | nhiều nhất | cao nhất | không hơn | đến tối đa",
        Bound.AT_LEAST: "tối thiểu | ít nhất | không dưới | không ít hơn | thấp nhất | không thấp hơn",
        Bound.OVER: "trên | hơn | vượt | vượt quá | cao hơn | nhiều hơn | lớn hơn | quá",
        Bound.UNDER: "dưới | chưa đến | chưa tới | chưa đầy | thấp hơn | ít hơn | nhỏ hơn",
        Bound.MORE: "thêm | tăng thêm | bổ sung thêm",
    }
)
AFTER_FIGURE = _phrases({Bound.AT_LEAST: "trở lên", Bound.AT_MOST: "trở xuống", Bound.ABOUT: "hoặc khoảng"})

# What stands before a year: two that are not equal may still say the same (SAME_TIME).
TIMES = {
    "đến": "đến", "tới": "đến", "sau": "sau", "trước": "trước", "từ": "từ", "hết": "hết", "cuối": "cuối",
    "đầu": "đầu", "vào": "trong", "trong": "trong",
}  # fmt: skip
SAME_TIME = frozenset({"", "đến", "trong"})
OUTLOOKS = (("tầm", "nhìn"), ("định", "hướng"))  # "tầm nhìn đến năm 2050" is not "đến năm 2050"

# Nouns that measure: a figure with one of them is not the figure with another, or with none.
MEASURES = _set(
    "% đồng usd euro ha km km2 m2 m m3 mm cm kv mw kwp tấn kg lít lượt người hộ tuổi năm tháng ngày giờ "
    "đêm tuần quý ° ‰ vạn"
)
PER = _set("mỗi một từng hằng")
PER_WHAT = _set("năm tháng ngày lần lớp người khóa hộ xã phường thôn bản huyện trường đợt dự mô quý")

DENIALS = _set("không chưa chẳng đừng trừ cấm phi miễn")
DENIED_OTHERWISE = {  # "không gian", "hàng không" deny nothing
    "không": (_set("gian khí ngừng trung quân lưu phận"), _set("hàng")),
    "trừ": (frozenset(), _set("khấu diệt loại")),
    "miễn": (_set("dịch phí"), frozenset()),
    "phi": (frozenset(), frozenset()),
    "chưa": (frozenset(), frozenset()),
    "cấm": (frozenset(), frozenset()),
    "chẳng": (_set("hạn"), frozenset()),
    "đừng": (frozenset(), frozenset()),
}
OUTSIDE = _set("ngoài")

# What is only meant, weighed, wished or tried: said before a deed, it may be neither dropped nor added.
INTENTIONS = tuple(
    tuple(phrase.split())
    for phrase in (
        "phấn đấu", "nghiên cứu", "dự kiến", "đề xuất", "kiến nghị", "thí điểm", "xem xét", "khuyến khích",
        "tối đa", "tối thiểu", "ít nhất", "nhiều nhất", "phải", "cần",
        "có thể", "định hướng", "cố gắng", "cơ bản",
    )
)  # fmt: skip
AIMS = (("mục", "tiêu"), ("chỉ", "tiêu"))  # stand for "phấn đấu"

# Not to be added, wherever: each makes more of a sentence than was said.
STRONG = _set(
    "phải buộc cấm mọi toàn tất cả chỉ duy nhất đầu luôn đều đã hầu hết bắt không chưa chẳng phi trừ ngoài "
    "sang tăng giảm vượt hơn kém cao thấp nhiều ít trước sau trong dưới lớn nhỏ mới cũ gấp nửa "
    "phí tiền vốn thuế thưởng phạt hạn sớm ngay quyền lương vay tặng"
)

# Said of the very next word, and of no other: "từ … sang …", "tăng …, giảm …".
TURNS = _set("sang")
COMPASS = _set("đông tây nam bắc")

# Grammar: may come and go, and stands in no order.
FREE = _set(
    "và của là các những một được có thì mà với cho tại ở vào trong trên về để nhằm do bởi bị như này đó "
    "kia ấy nêu sẽ đang đạt gồm bao số việc sự cùng theo nay đây sau cũng còn ra nên vì hoặc hay cụ thể "
    "từ đến tới bằng qua ngày năm tháng đối nói rằng thuộc mà lại rồi đồng thời trước khi mức chiều"
)
# Of an answer about a text, or of its whole field; by their first syllable.
NEUTRAL = _by_first(
    "theo kế hoạch | kế hoạch này | theo quyết định | quyết định này | nghị quyết này | văn bản này "
    "| nội dung | mục tiêu | chỉ tiêu | giai đoạn | thời kỳ | toàn tỉnh | của tỉnh | trên địa bàn tỉnh "
    "| tỉnh | quy định là | đặt ra | như sau | sau đây | bao gồm"
)

LEVELS = frozenset({("cấp", "tỉnh"), ("tuyến", "tỉnh"), ("ngoại", "tỉnh"), ("nội", "tỉnh")})  # say which

# May be said of anything: not counted where the provision has another word for it.
LIGHT = _set(
    "ban hành làm nơi đề đặt xếp mang cứ chiếm thực hiện tiến hành triển "
    "khai yêu cầu xác định quy nhiệm vụ tổng nằm mục tiêu chỉ đặt ra"
)

# Verbs and prepositions that give the names around them their parts: never exchanged, never skipped.
ROLES = _set(
    "chủ trì phối hợp giao báo cáo gửi trình tham mưu giáp nối kết với cho từ đến qua sang bằng thay thế bởi "
    "thành của là do gồm nhận cấp ký trước chịu"
)
# What gives a name its part, and the nouns that may stand between; of these, what an owner or doer has.
GOVERNORS = _set(
    "giao giáp nối kết với cho từ đến qua sang bằng thế bởi thành của do gửi trình hợp cáo là nhận trước"
)
PLAIN_GOVERNORS = _set("của do bởi là giao")
GENERIC = _set(
    "tỉnh tp xã phường thôn huyện đô thị khu vực vùng các cửa khẩu tuyến cao tốc đường sở ban hội đồng "
    "tại ở và về điểm ga làng chính quyền cơ quan"
)
RANKS = _set("xã phường")
HEADS = _set("khu vực vùng")  # may be left out of the second of a row, and said
VERBS = _set(
    "trì hợp giao gửi trình cáo nhận giáp nối thế ký trở thành"
)  # who does it is before, to whom behind
JOINTS = _set("và hoặc cùng")
OPENERS = _set("về được đạt trên theo tại trong bằng để nhằm có phục thuộc cho của với")  # of a shared ending
LEADS = (("trong", "đó"), ("bao", "gồm"), ("gồm", "có"), ("gồm",), ("như", "sau"), ("cụ", "thể"))

NUMERALS = {
    "hai": "2", "ba": "3", "bốn": "4", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip

# One writing for what is written in two, longest first.
SAME = {
    ("ủy", "ban", "nhân", "dân"): ("ubnd",),
    ("hội", "đồng", "nhân", "dân"): ("hđnd",),
    ("công", "viên", "địa", "chất"): ("cvđc",),
    ("tổng", "sản", "phẩm", "trên", "địa", "bàn"): ("grdp",),
    ("khu", "công", "nghiệp"): ("kcn",),
    ("cụm", "công", "nghiệp"): ("ccn",),
    ("trung", "học", "phổ", "thông"): ("thpt",),
    ("trung", "học", "cơ", "sở"): ("thcs",),
    ("quốc", "lộ"): ("ql",),
    ("thành", "phố"): ("tp",),
    ("phần", "trăm"): ("%",),
    ("hàng", "năm"): ("hằng", "năm"),
    ("mỗi", "năm"): ("hằng", "năm"),
    ("một", "năm"): ("hằng", "năm"),
    ("bảo", "đảm"): ("đảm", "bảo"),
    ("tương", "đương"): ("tức",),
    ("tức", "là"): ("tức",),
    ("du", "khách"): ("khách",),
    ("khách", "du", "lịch"): ("khách",),
    ("sở", "văn", "hóa", "thể", "thao", "và", "du", "lịch"): ("sở", "vhttdl"),
}
SHORTENED = {"kcn": "khu", "ccn": "cụm"}  # what is said once in full and then by its first word
SAME_SYLLABLE = {"tỉ": "tỷ", "kĩ": "kỹ", "lí": "lý", "quí": "quý", "hoá": "hóa", "hoà": "hòa", "khoẻ": "khỏe"}
LOCATING = frozenset(("tại", "ở"))  # at the beginning: where what follows is so
# What the name of an agency begins with.
AGENCIES = _set(
    "sở ban bộ ubnd hđnd trung cục chi văn tỉnh công chánh chủ giám thủ hội ủy bí đảng thanh quốc chính"
)
OFFICES = _set("sở ban bộ ubnd hđnd trung cục")  # of these, the ones that begin nothing else
