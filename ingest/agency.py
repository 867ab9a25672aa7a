"""Names of agencies and offices, from the capitals of a letterhead to the way they are written in a sentence.

"ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN" → "UBND tỉnh Lạng Sơn"; "THỨ TRƯỞNG" → "Thứ trưởng".
"""

from __future__ import annotations

import re

from corpus.vietnamese import fold, unmarked

# Bare opening words → how they are written. Longest first where one starts with another.
_OPENINGS = {
    "uy ban thuong vu quoc hoi": "Ủy ban Thường vụ Quốc hội",
    "uy ban nhan dan": "UBND",
    "ubnd": "UBND",
    "hoi dong nhan dan": "HĐND",
    "hdnd": "HĐND",
    "thu tuong chinh phu": "Thủ tướng Chính phủ",
    "van phong chinh phu": "Văn phòng Chính phủ",
    "van phong quoc hoi": "Văn phòng Quốc hội",
    "chinh phu": "Chính phủ",
    "chu tich nuoc": "Chủ tịch nước",
    "quoc hoi": "Quốc hội",
    "hoi dong tham phan": "Hội đồng Thẩm phán",
    "toa an nhan dan": "Tòa án nhân dân",
    "vien kiem sat nhan dan": "Viện kiểm sát nhân dân",
    "bo chinh tri": "Bộ Chính trị",
    "ban bi thu": "Ban Bí thư",
    "ban thuong vu": "Ban Thường vụ",
    "ban chap hanh": "Ban Chấp hành",
    "ban chi dao": "Ban Chỉ đạo",
    "ban quan ly": "Ban Quản lý",
    "ban to chuc": "Ban Tổ chức",
    "dai hoi dai bieu": "Đại hội đại biểu",
    "dang uy": "Đảng ủy",
    "dang bo": "Đảng bộ",
    "tinh uy": "Tỉnh ủy",
    "thanh uy": "Thành ủy",
    "kiem toan nha nuoc": "Kiểm toán Nhà nước",
    "ngan hang nha nuoc": "Ngân hàng Nhà nước",
    "thanh tra": "Thanh tra",
    "bo chi huy": "Bộ Chỉ huy",
    "cong an": "Công an",
    "tong cuc": "Tổng cục",
    "chi cuc": "Chi cục",
    "cuc": "Cục",
    "bo": "Bộ",
    "so": "Sở",
    "van phong": "Văn phòng",
    "trung tam": "Trung tâm",
    "phong": "Phòng",
}
_POSITIONS = {
    "chu tich quoc hoi": "Chủ tịch Quốc hội",
    "chu tich": "Chủ tịch",
    "thu tuong": "Thủ tướng",
    "bo truong": "Bộ trưởng",
    "thu truong": "Thứ trưởng",
    "giam doc": "Giám đốc",
    "bi thu thuong truc": "Bí thư Thường trực",
    "bi thu": "Bí thư",
    "chanh van phong": "Chánh Văn phòng",
    "chanh thanh tra": "Chánh Thanh tra",
    "chanh an": "Chánh án",
    "vien truong": "Viện trưởng",
    "thong doc": "Thống đốc",
    "tong kiem toan nha nuoc": "Tổng Kiểm toán Nhà nước",
    "tong thanh tra": "Tổng Thanh tra",
    "tong bi thu": "Tổng Bí thư",
    "tong cuc truong": "Tổng cục trưởng",
    "chi cuc truong": "Chi cục trưởng",
    "cuc truong": "Cục trưởng",
    "vu truong": "Vụ trưởng",
    "chu nhiem": "Chủ nhiệm",
    "truong ban": "Trưởng ban",
    "truong doan": "Trưởng đoàn",
    "truong phong": "Trưởng phòng",
    "hieu truong": "Hiệu trưởng",
}
_LEVELS = {
    "thanh pho": "thành phố",
    "thi tran": "thị trấn",
    "thi xa": "thị xã",
    "dac khu": "đặc khu",
    "tinh": "tỉnh",
    "huyen": "huyện",
    "quan": "quận",
    "xa": "xã",
    "phuong": "phường",
}
# Without its marks such a word may be another: "bổ sung", "số 17", "phóng".
_MARKED = {"bo": "bộ", "so": "sở", "cuc": "cục", "phong": "phòng"}
# The bodies that a title names as having adopted the instrument.
_ADOPTING = re.compile(
    r"(?:uy ban thuong vu quoc hoi|uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|thu tuong chinh phu|chinh phu"
    r"|chu tich nuoc|quoc hoi|hoi dong tham phan|bo chinh tri|ban bi thu|ban thuong vu|ban chap hanh|tinh uy"
    r"|thanh uy)(?![^\W_])"
)
_FIELDS_APART = ("va", "-")  # after these a field of a ministry opens with a capital again


def _alternation(words: dict[str, str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True)).replace("\\ ", r"\s+")


_OPENING = re.compile(rf"(?:{_alternation(_OPENINGS)})(?![^\W_])")
OFFICE = re.compile(rf"(?:(?:quyen|q\.)\s+)?(pho\s+)?({_alternation(_POSITIONS)})(?![^\W_])")
_LEVEL = re.compile(rf"(?:{_alternation(_LEVELS)})(?![^\W_])")


def opens_agency(line: str) -> bool:
    """Whether a line begins with the name of an agency, or with the office that heads one."""
    return _opening(line) is not None or _heads_agency(line)


def opens_authority(line: str) -> bool:
    """Whether a line begins with who adopts or decides: "HỘI ĐỒNG NHÂN DÂN …", "GIÁM ĐỐC SỞ …"."""
    return bool(_ADOPTING.match(unmarked(line))) or _heads_agency(line)


def _heads_agency(line: str) -> bool:
    bare = unmarked(line)
    return OFFICE.match(bare) is not None and len(bare.split()) > 3


def _opening(line: str) -> tuple[str, int] | None:
    """The agency's first words as they are written, and where they end in `line`."""
    found = _OPENING.match(unmarked(line))
    if found is None:
        return None
    words = " ".join(found[0].split())
    if words in _MARKED and not fold(line).startswith(_MARKED[words]):
        return None
    return _OPENINGS[words], found.end()


def position(line: str) -> tuple[str, str] | None:
    """The office that a line begins with, and the rest: "PHÓ GIÁM ĐỐC SỞ" → ("Phó Giám đốc", "SỞ")."""
    found = OFFICE.match(unmarked(line))
    if found is None:
        return None
    name = _POSITIONS[" ".join(found[2].split())]
    return (f"Phó {name}" if found[1] else name), line[found.end() :].strip()


def agency(printed: str) -> str:
    """The agency or office as written in a sentence; capitals are taken down word by word."""
    words = " ".join(printed.split())
    if office := position(words):
        name, rest = office
        return f"{name} {agency(rest)}" if rest else name
    opening = _opening(words)
    if opening is None:
        return _fields(words)
    name, end = opening
    rest = words[end:].strip()
    if not rest:
        return name
    if _opening(rest):
        return f"{name} {agency(rest)}"
    return f"{name} {_place(rest) or _fields(rest)}"


def _place(words: str) -> str | None:
    """ "TỈNH LẠNG SƠN" → "tỉnh Lạng Sơn"."""
    level = _LEVEL.match(unmarked(words))
    if level is None:
        return None
    return f"{_LEVELS[' '.join(level[0].split())]} {_named(words[level.end() :].strip())}".strip()


def _named(words: str) -> str:
    """Every word of a place's name with a capital; as printed where it is not all in capitals."""
    if not words.isupper():
        return words
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words.split())


def _fields(words: str) -> str:
    """ "VĂN HÓA, THỂ THAO VÀ DU LỊCH" → "Văn hóa, Thể thao và Du lịch", a place behind it as well."""
    if not words.isupper():
        return words
    said: list[str] = []
    opens = True
    rest = words.split()
    for number, word in enumerate(rest):
        if number and (place := _place(" ".join(rest[number:]))):
            return " ".join((*said, place))
        joint = unmarked(word) in _FIELDS_APART
        said.append(word.capitalize() if opens and not joint else word.lower())
        opens = joint or word.endswith(",")
    return " ".join(said)
