"""Kinds of thing that a question asks for and a text must carry to answer: a price, an area, a date, a name.

One row a kind: what a note calls it, how people ask for it (in Vietnamese, English and Chinese), how a text
gives it; both are read folded, marks kept. Adding a kind is adding a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answer.coverage import EMPTY
from corpus.vietnamese import CAPITAL, fold, unmarked
from retriever.query import Query

_MANY = r"(?:bao nhiêu|mấy|bn|bao(?= (?:tiền|lâu|xa)\b))"
_REST = r"[^.?!;]*"  # of the clause
_ABOUT = r"(?:(?:khoảng|chừng|tầm|độ|hết|mất|là) )?"
MONEY = (
    r"\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?(?:nghìn |ngàn )?(?:triệu|tỷ|tỉ|nghìn đồng|ngàn đồng|nghìn"
    r"|ngàn|đồng|vnd|usd)\b"
)
PRICE = (
    r"\b(?:vé|giá(?! trị)|cước|lương(?! thực)|tiền (?:phòng|thuê|vé)|học phí|mức phạt)\b"
    r"|(?<!kinh )(?<!chi )\bphí\b"
)
_WIDE = r"\b(?:đường|tuyến|cầu|hầm|khổ|ray|bề|chiều|mặt)\b[^.,?!;]*\brộng"  # of a road, a track: no area
_PERSON = (  # a surname and what follows it, capitalised
    r"\b(?!Hà Nội|Hồ Chí Minh|Hà Giang|Hà Tĩnh|Cao Bằng|Thái)"
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đoàn|Nông|Lương|Hà|Vi"
    r"|Trịnh|Đinh"
    r"|Mai|Tô|Chu|Lộc|Bế|Triệu|Lưu|Cao|Đào|Thái|Trương|Tạ|Lâm|Hứa|La|Ma|Lành|Quách)(?: (?!Bí"
    rf"|Chủ){CAPITAL}[^\W\d_]*){{1,3}}"
)
_CHIEF = (
    r"(?:giám đốc|chủ tịch|bí thư|trưởng (?:ban|phòng|đoàn|thôn|công an)|hiệu trưởng|chánh văn phòng"
    r"|cục trưởng"
    r"|viện trưởng|tổng biên tập|người đứng đầu|lãnh đạo)"
)
_CALLING = (
    r"(?:nghệ sĩ|nghệ nhân|ca sĩ|diễn viên|hoa hậu|người mẫu|cầu thủ|vận động viên|tác giả|nhà văn"
    r"|kiến trúc sư)"
)
NUMBERS = "số văn bản"  # the number of an instrument
COMMUNES = "tên xã, phường"
_NOT_KNOWN = re.compile(r"\bkho văn bản chưa biết\b|\bphải xem bản chính thức\b")  # a digest's own words


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: what is asked for, how, and how a text gives it."""

    name: str
    asked: re.Pattern[str]
    asked_bare: re.Pattern[str]  # the same without marks
    given: re.Pattern[str]
    also: re.Pattern[str] | None = None  # must stand in the text too, as printed

    def is_in(self, folded: str, printed: str) -> bool:
        """Whether a text carries the kind of thing, or says itself that it does not know."""
        if _NOT_KNOWN.search(folded):
            return True
        return bool(self.given.search(folded)) and (self.also is None or bool(self.also.search(printed)))


def _kind(name: str, asked: tuple[str, ...], given: str, also: str | None = None) -> Kind:
    whole = "|".join(asked)
    return Kind(
        name,
        re.compile(whole),
        re.compile(without_marks(whole)),
        re.compile(given),
        re.compile(also) if also else None,
    )


def without_marks(pattern: str) -> str:
    """A pattern's letters without marks; what it escapes keeps its case."""
    return re.sub(r"[^\x00-\x7f]", lambda letter: unmarked(letter[0]), pattern)


KINDS: tuple[Kind, ...] = (
    _kind(
        "giá, phí",
        (
            rf"\b(?:vé|lệ phí|cước|học phí|viện phí|tiền (?:phòng|vé|thuê|học|công|lương)|mức phạt"
            rf"|lương)\b{_REST}"
            rf"\b(?:{_MANY}|thế nào|ra sao)\b",
            rf"(?<!đánh )(?<!định )\bgiá\b(?! trị){_REST}\b(?:{_MANY}|thế nào|ra sao)\b"
            rf"|(?<!kinh )\bphí\b{_REST}\b{_MANY}\b",
            rf"\b{_MANY} tiền (?:mỗi |một |1 |/ ?)(?:vé|đêm|người|lượt|suất|kg|cân|mét|tháng|chuyến)\b",
            rf"\b(?:ngủ|nghỉ|ở|thuê|mua|đăng ký|vào cửa|tham quan|đi|gửi xe|ăn|chơi){_REST}"
            rf"\b(?:hết|mất|tốn|trả|đóng|nộp) (?:khoảng |chừng |tầm )?{_MANY}\b",
            r"\b(?:ticket|entrance|admission|toll|tuition|room|rental|parking) (?:price|fee|cost"
            r"|rate)s?\b",
            r"\bhow much (?:does|do|is|are|for)\b.*\b(?:cost|tickets?|fees?|rooms?|nights?|rent|entry"
            r"|stay)\b",
            r"\b(?:tốn|hết|mất) (?:chừng|khoảng|cỡ) nào\b|\b(?:bảng|khung|biểu) (?:giá|phí)\b",
            # a question that is no more than what it asks for
            r"^(?:giá(?! trị)|vé|phí|lệ phí|cước|học phí|tiền (?:phòng|thuê))\b",
            r"门票|票价|价格|价钱|房价|学费|租金|收费|费用|^(?!.*(?:补助|补贴|资助|扶持|支持|奖励|预算|投资)).*多少钱",
        ),
        rf"(?=.*(?:{MONEY}))(?:.*(?:{PRICE}))",
    ),
    _kind(
        "mức phạt",
        (
            r"\b(?:xử phạt|bị phạt|phạt tiền|tiền phạt)\b[^.?!;]*\b(?:mức|thế nào|ra sao|bao nhiêu|mấy|gì)\b",
            r"\b(?:fines?|penalt(?:y|ies)|fined)\b|罚款|处罚",
        ),
        r"\b(?:phạt tiền|mức phạt|xử phạt|bị phạt)\b",
    ),
    _kind(
        "số tiền",
        (
            rf"\b{_MANY} (?:tiền|kinh phí|vốn|đồng|usd|đô la|nghìn tỷ|tỷ|tỉ|triệu|chục triệu|trăm triệu"
            rf"|nghìn(?= (?:đồng|tỷ)))\b(?! người| lượt)",
            rf"\b(?:kinh phí|ngân sách|vốn đầu tư|tổng vốn|doanh thu|tổng thu|mức chi"
            rf"|mức hỗ trợ|tổng mức(?: đầu tư)?|trị giá|chi phí"
            rf"|chi tiêu)\b{_REST}(?<!ngày )(?<!số )\b{_MANY}\b",
            r"\bhow much (?:money|funding|support|revenue|budget|investment)\b|多少(?:资金|经费|亿)|预算"
            r"|(?:补助|补贴|资助|扶持|支持|奖励|预算|投资).*多少钱",
            r"\bwhat (?:is|are|was|were|will)\b.*\b(?:revenue|budget|income)\b",
            r"(?:收入|投资|资金)[^,。?]*多少",
        ),
        MONEY,
    ),
    _kind(
        "nguồn kinh phí",
        (
            r"\b(?:kinh phí|ngân sách|vốn|nguồn tiền)\b[^.?!;]*"
            r"\b(?:(?:lấy|từ|ở) (?:ở |từ )?(?:đâu|nguồn nào|quỹ nào)|nguồn nào|ai (?:chi|trả|cấp|lo))\b",
        ),
        r"\b(?:kinh phí|ngân sách|nguồn vốn|nguồn tài trợ|nguồn lực tài chính|nguồn thu)\b",
    ),
    _kind(
        "diện tích",
        (
            rf"(?:^(?!.*{_WIDE}).*\brộng|\bdiện tích)\b{_REST}\b{_MANY}\b(?! (?:làn|mét\b|m\b))",
            rf"\b{_MANY} (?:ha|héc ta|hecta|km2|m2|mét vuông|cây số vuông)\b|\bdiện tích (?:từng|mỗi"
            rf"|cụ thể)\b",
            r"\bhow (?:large|big)\b|\bwhat (?:is the )?(?:area|size)\b|\bhectares?\b|面积|公顷|平方",
        ),
        r"\d\s*(?:ha|héc ta|hecta|km2|km²|m2|m²)\b|mét vuông",
    ),
    _kind(
        "chiều dài, khoảng cách",
        (
            rf"\b{_MANY} (?:km|cây số|ki lô mét|kilomet|mét|m|mm|milimét|mi li mét|cm|xăng ti mét)\b"
            r"(?! khối| vuông)",
            rf"(?<!kéo )\b(?:dài|cao|sâu) {_ABOUT}{_MANY}\b"
            rf"|{_WIDE} {_ABOUT}{_MANY}\b"
            r"|\b(?:chiều dài|cự ly|(?<!trình )độ cao|khoảng cách|bao xa)\b",
            r"\bhow (?:long is|far|high|tall|deep)\b|多长|多远|多高|多少公里",
        ),
        r"\d\s*(?:km|m|mm|cm|mét|cây số)\b",
    ),
    _kind(
        "dung tích, khối lượng",
        (
            rf"\b{_MANY} (?:triệu |nghìn )?(?:mét khối|khối|m3|lít|tấn|tạ|kg)\b",
            rf"\b(?:dung tích|sức chứa|sản lượng|trữ lượng)\b{_REST}\b{_MANY}\b|\bcubic\b|\btonnes?\b"
            rf"|立方|多少吨|容量|产量",
        ),
        r"\d\s*(?:triệu |nghìn )?(?:m3|m³|mét khối|tấn|kg|lít|tạ)\b",
    ),
    _kind(
        "công suất",
        (
            rf"\bcông suất\b{_REST}\b{_MANY}\b|\b{_MANY} (?:mw|kw|kv|kwh|mê ga oát)\b|\bhow many (?:mw"
            rf"|megawatts)\b|装机|功率",
        ),
        r"\d\s*(?:mw|kw|kv|kva|mwp|kwh)\b|\d\s*m[3³]/ngày|tấn/ngày",
    ),
    _kind(
        "tỷ lệ phần trăm",
        (
            rf"\b{_MANY} (?:phần trăm|%)|\b(?:tỷ|tỉ) lệ\b{_REST}\b{_MANY}\b|\b(?:lãi"
            rf"|thuế) suất\b{_REST}\b{_MANY}\b",
            r"^(?:tỷ|tỉ) lệ\b(?!.*\b(?:nào|gì|ai|đâu|khi)\b)",
            r"\bwhat (?:share|percentage|proportion|percent)\b|\b(?:tax|interest|growth|unemployment"
            r"|occupancy) rate\b",
            r"百分之|税率|利率|入住率|比例|率是多少",
        ),
        r"\d\s*%|phần trăm|\b1\s*[:/]\s*\d{2,}",
    ),
    _kind(
        "giờ giấc",
        (
            rf"\b{_MANY} giờ\b|\bgiờ (?:mở|đóng) cửa\b|\bgiờ (?:làm việc|hoạt động|giấc|thông quan"
            rf"|tiếp khách|hành chính|nào)\b",
            r"\b(?:mở|đóng) cửa\b.*\b(?:lúc|đến|mấy|cuối tuần|ngày nào|chủ nhật|thứ bảy)\b",
            r"\b(?:mở|làm việc|hoạt động|tiếp khách|đón khách|thông quan)\b"
            r"[^.?!;]*\b(?:chủ nhật|thứ (?:hai|ba|tư|năm|sáu|bảy)|cuối tuần|ngày lễ|ban đêm"
            r"|buổi tối)\b[^.?!;]*\bkhông\b",
            r"\bwhen (?:does|do|will)\b.*\b(?:open|close)\b"
            r"|\b(?:opening|closing|working|business|office|visiting) hours?\b|\bwhat time\b|\bopen on\b",
            r"几点|开放时间|营业时间|开门|关门|办公时间",
        ),
        r"\b\d{1,2} ?(?:giờ|h\d{0,2})\b|\b\d{1,2}:\d\d\b",
    ),
    _kind(
        "số điện thoại",
        (
            r"\bsố (?:điện thoại|hotline|máy|zalo|di động|đường dây nóng)\b|\bsđt\b|\bsdt\b",
            r"\b(?:điện thoại|hotline|đường dây nóng|tổng đài)\b.*\b(?:số gì|số nào|số mấy|bao nhiêu)\b",
            r"\b(?:xin|cho|hỏi)\b.*\b(?:hotline|đường dây nóng|số liên hệ|số liên lạc)\b",
            r"\b(?:tele)?phone\b|\bcontact (?:number|details)\b|\bhotline\b|电话|联系方式|热线",
        ),
        r"\d{9,}|\b0\d{2,4}[ .]\d{3,4}[ .]?\d{3,4}|\b1[89]00",
    ),
    _kind("thư điện tử", (r"\b(?:e-?mail|gmail|hòm thư|thư điện tử)\b|邮箱|电子邮件",), r"\S@\S"),
    _kind(
        "địa chỉ trên mạng",
        (
            r"\b(?:website|fanpage|facebook|trang web|link)(?: nào\b|\b.*\b(?:gì|địa chỉ|ở đâu|xin)\b)",
            r"\b(?:địa chỉ|xin|cho)\b.*\b(?:website|fanpage|facebook|trang web|link)\b|\bweb ?site\b|网址"
            r"|官网",
        ),
        r"www|http|\.vn\b|\.com\b",
    ),
    _kind(
        "địa chỉ nhà",
        (
            r"^(?!.*\b(?:trang|fanpage|website|e-?mail)\b).*\bđịa chỉ\b(?! (?:mạng|đỏ))",
            r"\bsố nhà\b(?! (?:nghèo|ở|dân))|\bở (?:đường|phố|số) (?:nào|mấy)\b"
            r"|\btrụ sở\b.*\b(?:ở đâu|chỗ nào|đặt đâu|nằm đâu)\b",
            r"\b(?:street|office|postal) address\b|\bwhat is the address\b|地址|在哪条街",
        ),
        r"\bsố \d+[^.;]{0,20}\b(?:đường|phố)\b|\b(?:đường|phố) (?!bộ|sắt|thủy|tỉnh|cao tốc"
        r"|đi bộ)[^\W\d_]+|\bđịa chỉ\b",
    ),
    _kind(
        "tên người",
        (
            rf"\b{_CHIEF}\b{_REST}\b(?:là ai|là ông|là bà|tên (?:là )?(?:gì|ai)|họ (?:và )?tên|ông nào"
            rf"|bà nào)\b",
            r"\bai (?:(?:là|đã) )?(?:người )?ký\b(?! kết)|\bngười ký\b",
            rf"\b(?:ai|ông nào|bà nào|người nào|vị nào)\b{_REST}\b(?:làm|giữ chức|là|đứng đầu|được bầu"
            rf"|bổ nhiệm|lên)\b{_REST}\b{_CHIEF}\b",
            r"\b(?:ai|ông nào|bà nào)\b[^.?!;]*\b(?:bổ nhiệm|được bầu|lên chức|giữ chức)\b|\b(?:họ tên"
            r"|quý danh)\b",
            rf"\b{_CALLING} (?:nào|là ai|tên (?:là )?gì)\b"
            r"|\bdo ai (?:viết|vẽ|thiết kế|sáng tác|biên soạn)\b",
            r"\bwho (?:is|was|heads|leads|chairs)\b.*\b(?:director|chair\w*|head|secretary|minister"
            r"|mayor|president|chief|appointed)\b",
            r"(?:局长|主席|书记|主任|厅长|市长|负责人)(?:是谁|叫什么|的名字)|谁是",
        ),
        # in a signature the name stands alone
        rf"\b(?:{_CHIEF}|người ký|ông|bà)\b|^\W*[^\W\d_]+(?: [^\W\d_]+){{1,3}}\W*$",
        _PERSON,
    ),
    _kind(
        COMMUNES,
        (r"\b(?:xã|phường|thị trấn|huyện) nào\b(?! (?:cũng|đó)\b)", r"\bwhich communes?\b|哪(?:个|些)乡"),
        r"\b(?:xã|phường|thị trấn|huyện)\b",
        rf"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện):? {CAPITAL}",
    ),
    _kind(
        "tên doanh nghiệp, nhà thầu",
        (
            r"(?<!loại )(?<!nhóm )\b(?:nhà thầu|công ty|doanh nghiệp|tập đoàn|hãng|nhà đầu tư|ngân hàng"
            r"|khách sạn|nhà hàng|quán) nào\b",
            r"\bai (?:(?:đã|đang|sẽ|được giao) )?(?:vẽ|viết|thiết kế|sáng tác|sáng lập|phát hiện|tìm ra"
            r"|xây(?! dựng)"
            r"|đầu tư|trúng thầu|thi công)\b",
            r"\bai (?:là (?:chủ đầu tư|nhà thầu|kiến trúc sư|tác giả|người thiết kế)|trúng thầu"
            r"|thi công|thiết kế)\b",
            r"\b(?:quán|tiệm|nhà hàng|khách sạn|nhà nghỉ)(?: \w+){1,3} nào\b",
            r"\b(?:which|what) (?:company|contractor|hotel|restaurant|investor)\b",
            r"哪家(?:公司|酒店|企业|饭店)",
        ),
        r"\b(?:công ty|tập đoàn|liên danh|ngân hàng|hãng|khách sạn|nhà hàng|hợp tác xã"
        r"|tổ chức (?:quốc tế|tài chính|phi)|hiệp hội|tnhh)\b",
    ),
    _kind(
        "ngày cụ thể",
        (
            r"\b(?:ngày|hôm|bữa) (?:mấy|nào|bao nhiêu)\b|\bmùng mấy\b|\bngày tháng năm nào\b"
            r"|\bngày giờ\b",
            r"\bwhat (?:date|day)\b|\bon which (?:date|day)\b|哪一?天|几号|几月几日|具体日期",
        ),
        r"\d{1,2}/\d{1,2}|\bngày \d|\d{1,2} tháng \d|\d{1,2}-\d{1,2}-\d{4}"
        r"|\bhiệu lực (?:thi hành )?kể từ ngày\b",
    ),
    _kind(
        "thời điểm",
        (
            r"\b(?:bao giờ|khi nào|lúc nào|năm nào|tháng mấy|quý mấy|tháng nào)\b(?![^,.?!;]{0,20}\bcũng\b)",
            r"\bwhen (?:is|was|will|does|did)\b|什么时候|何时|几月|哪一?年",
        ),
        r"\d{1,2}/\d{1,2}|\bngày\b|\btháng \d|\bnăm \d|\b(?:19|20)\d\d\b|\bquý [ivx\d]+|\b(?:sau|trước"
        r"|kể từ)\b|\bkhi\b",
    ),
    _kind(
        NUMBERS,
        (
            r"\bsố (?:mấy|hiệu|nào)\b|\bmang số\b|\bvăn bản số bao nhiêu\b",
            r"\b(?:nghị quyết|quyết định|nghị định|thông tư|chỉ thị|công văn) nào\b|几号(?:决议|决定|文件)",
        ),
        r"\b\d+[^\s,;]*/\S+|\bsố \d+|\b\d+-[a-z]+/tu\b|\d-nq|\d-ctr|\bluật\b"
        r"|\bphụ lục (?:số )?(?:\d|[ivx]+\b)",
    ),
    _kind(
        "cách đi, thời gian đi",
        (
            r"(?<!sửa )\b(?:đi|lên|đến|tới|về|ra|xuống|sang)\b[^.?!;,]{0,40}\b(?:xe gì|(?:bằng"
            r"|phương tiện) (?:xe )?gì|xe nào"
            r"|(?<!những )(?<!các )(?<!mấy )(?<!con )đường nào|lối nào|tuyến (?:xe )?nào"
            r"|mất (?:khoảng |chừng )?(?:mấy|bao nhiêu|bao) (?:tiếng|giờ|phút|lâu))\b",
            r"\btuyến xe (?:nào|gì|khách|buýt)\b|\bxe (?:khách|buýt|bus|đò)\b[^.?!;]{0,12}\b(?:nào|số mấy"
            r"|mấy giờ|chuyến)\b",
            r"\bhow (?:do|can|to|should) .*\bget (?:to|there|from)\b|\bhow long does it take\b|\b(?:bus"
            r"|train)\b.*\bfrom\b",
            r"怎么(?:去|走|到)|坐(?:火车|汽车|车|飞机|大巴)|多长时间|多久",
        ),
        r"\b(?:tuyến xe|chuyến (?:xe|tàu)|xe buýt số)\b|\d\s*(?:tiếng|phút|giờ)\b",
    ),
    _kind(
        "việc sáp nhập",
        (
            r"\b(?:sáp nhập|hợp nhất|gộp|ghép) (?:từ|bởi|giữa|của)\b[^.?!;]*\b(?:nào|gì|đâu)\b"
            r"|\b(?:xã|phường|huyện|thị trấn) cũ\b[^.?!;]*\b(?:nào|gì|đâu)\b|\btiền thân\b",
            r"\bmerged from\b|由哪些.*合并",
        ),
        r"\b(?:sáp nhập|hợp nhất|trên cơ sở nhập)\b",
    ),
    _kind(
        "hồ sơ, thủ tục",
        (
            r"\b(?:quy trình|trình tự|các bước)\b[^.?!;]*\b(?:thế nào|ra sao|gồm|nào|gì)\b",
            r"\b(?:xin|làm|đổi|gia hạn|đăng ký)\b[^.?!;,]{0,30}\b(?:thẻ|giấy phép|giấy chứng nhận"
            r"|chứng chỉ|hộ chiếu|visa|thị thực)\b"
            r"[^.?!;]*\b(?:thế nào|ra sao|ở đâu|gì|cần|mất)\b",
            r"\b(?:giấy phép|chứng chỉ|thẻ) (?:gì|nào)\b|\bđăng ký (?:thế nào|ra sao|ở đâu|với ai"
            r"|bằng cách nào|kiểu gì)\b",
            r"\b(?:what|which) (?:documents|permits?|licen[cs]es?)\b.*\b(?:need|required?|must)\b",
            r"\b(?:thủ tục|hồ sơ|giấy tờ|đơn)\b(?! đề cử)[^.?!;]*\b(?:thế nào|ra sao|gồm (?:những )?gì"
            r"|cần (?:những )?gì|(?:gì|nào)$|giấy tờ gì|mấy bộ|mất mấy|bao lâu|bao nhiêu ngày)(?=\W|$)",
            r"\b(?:nộp|gửi|xin)\b[^.?!;]*\b(?:hồ sơ|đơn|giấy)\b[^.?!;]*\b(?:ở đâu|chỗ nào|cho ai|cơ quan nào"
            r"|hạn|trước ngày)\b",
            r"\bhạn (?:cuối|chót|nộp)\b[^.?!;]*\b(?:hồ sơ|đơn|đăng ký)\b"
            r"|\b(?:cần|phải có) (?:những )?giấy tờ (?:gì|nào)\b",
            r"\b(?:how|where|what|which)\b.*\b(?:apply|application|paperwork)\b"
            r"|申请(?:材料|手续|条件)|办理手续|怎么申请|如何申请",
        ),
        r"\b(?:hồ sơ|giấy tờ|đơn|thủ tục|quy trình|trình tự) (?:gồm|bao gồm|phải có)\b"
        r"|\bnộp (?:hồ sơ|đơn) (?:tại|về|cho|trước)\b|\b(?:phải|cần) có giấy phép\b|\bđăng ký (?:tại|với)\b",
    ),
    _kind(
        "điều kiện",
        (
            r"(?<!theo )\b(?:những|các) tiêu ch(?:í|uẩn) (?:cụ thể )?(?:gì|nào)\b|\btiêu ch(?:í"
            r"|uẩn) (?:cụ thể|gồm|ra sao|thế nào)\b",
            r"\bđiều kiện (?:gì|nào|ra sao|thế nào|để được)\b|\byêu cầu để được\b"
            r"|\b(?:ai|đối tượng nào) được hưởng\b",
        ),
        r"\b(?:điều kiện|yêu cầu|tiêu chí|tiêu chuẩn) (?:sau|gồm|là)\b|\bphải (?:đáp ứng|đủ)\b"
        r"|\bkhi (?:đủ|đáp ứng|đảm bảo|bảo đảm|được bổ sung)\b|\b(?:trường hợp|nếu)\b"
        r"|\bphải (?:bảo đảm|đảm bảo|phù hợp)\b",
    ),
    _kind(
        "thứ hạng",
        (
            r"\b(?:đứng|xếp) (?:ở )?(?:thứ|hạng|vị trí)(?: thứ)? (?:mấy|bao nhiêu|nào)\b|\b(?:thứ hạng"
            r"|top mấy|hạng mấy cả nước)\b",
            r"\bwhat rank\b|\bhow does .* rank\b|排名|第几",
        ),
        r"\bthứ \d+|\bhạng \d+|\btop \d+|\bvị trí (?:thứ )?\d+|\bxếp (?:thứ|hạng)\b"
        r"|\btheo thứ tự\b|\bưu tiên\b.*\b(?:trước|đầu tiên|sau đó|thứ nhất)\b",
    ),
    _kind(
        "phép so sánh",
        (
            r"\b(?:tăng|giảm|nhiều|ít|cao|thấp|rộng|dài|hơn|kém|gấp)\b[^.?!;]*\bso với\b|\bgấp (?:mấy"
            r"|bao nhiêu)\b",
            r"\bcompared (?:to|with)\b|相比|比.{1,8}(?:多|少|增长)",
        ),
        r"\b(?:so với|gấp|tăng|giảm)\b",
    ),
    _kind(
        "lý do",
        (
            r"\b(?:vì sao|tại sao|sao lại|(?:lý do|nguyên nhân) (?:gì|nào|là))\b|\bwhy\b"
            r"|为什么(?!级别|等级|样|类型|地位)|为何",
        ),
        r"\b(?:vì|do|bởi|nhờ|lý do|nguyên nhân|nhằm|để|do đó|do vậy|trên cơ sở|căn cứ)\b",
    ),
    _kind(
        "lời khuyên",
        (
            r"\b(?:ngon|rẻ|đẹp|vui|đáng (?:đi|xem|mua|thử)) nhất\b|\bnên (?:đi|ăn|ở(?! gần)|mua|chọn|ghé|thuê"
            r"|mặc|mang)\b",
            r"\b(?:best|cheapest|recommend)\b|推荐|最好(?:吃|玩)|哪(?:里|家)(?:好|最)",
        ),
        r"\b(?:ngon|rẻ|đẹp|vui) nhất\b|\bnên (?:đi|ăn|ở|mua|chọn|ghé|thuê)\b",
    ),
    _kind(
        "thời hạn",
        (
            r"\b(?:kéo dài|mất|trong|chờ|sau|được|đi|học|làm|thời gian|thời hạn)\b[^.?!;]{0,25}"
            r"\b(?:bao lâu|(?:mấy|bao nhiêu) (?:ngày|tháng|tuần|tiếng|giờ))\b",
            r"(?<!những )(?<!cả )\b(?:mấy|bao nhiêu) (?:ngày|đêm|tuần)(?: (?:vậy|thế|ạ|nhỉ|rồi))*\W*$",
            r"\bhow (?:long|many (?:days|weeks|months)) (?:does|do|will|did|until)\b|多少天|几天",
        ),
        r"\d\s*(?:ngày|đêm|tuần|tiếng|giờ)\b|(?<!tháng )\d+ (?:tháng|năm)\b(?! \d)|\bgiai đoạn\b"
        r"|\bthời hạn\b",
    ),
    _kind(
        "kết quả đã đạt",
        (
            r"\b(?:năm ngoái|năm vừa rồi|năm vừa qua|năm kia|hôm qua)\b"
            r"|\b(?:tháng|tuần|quý) (?:trước|vừa rồi|vừa qua)\b|\bthực (?:thu|đón|chi|hiện được)\b",
            r"\bthực tế (?:đã )?(?:đón|đạt|thu|chi|có|giải ngân|hoàn thành)\b",
            rf"\bđã (?:đón|thu|đạt|giải ngân|bán|xây|chi|thu hút|lấp đầy|cấp) (?:được )?{_MANY}\b",
            r"\blast year\b|\bactually (?:received|earned|welcomed|spent)\b|去年|实际(?:接待|收入|完成)",
        ),
        r"\bđã (?:đón|đạt|thu|chi|hoàn thành|giải ngân)\b|\bkết quả (?:thực hiện|đạt)|\bước đạt\b",
    ),
)
_SHARPER = {
    "số tiền": "giá, phí",
    "thời điểm": "ngày cụ thể",
    COMMUNES: "việc sáp nhập",
}  # the blunter kind -> what stands for it

_COUNTED = re.compile(r"\bbao nhiêu\s+((?:[^\W\d_]+\s*){1,3})")  # "mấy" is as often a plural as a question
_COUNTED_ABROAD = (  # asked in English or Chinese -> what a Vietnamese text calls it
    (re.compile(r"\bhow many (?:\w+ )?beds?\b|多少(?:张|个)?(?:病)?床"), "giường"),
    (re.compile(r"\bhow many (?:\w+ )?rooms?\b|多少(?:间|个)?(?:客房|房间)"), "(?:buồng|phòng)"),
    (re.compile(r"\bhow many (?:\w+ )?doctors?\b|多少(?:名|位|个)?医生"), "bác sĩ"),
    (
        re.compile(r"\bhow many (?:\w+ )?(?:students?|pupils?)\b|多少(?:名|位|个)?学生"),
        "(?:sinh viên|học sinh)",
    ),
    (re.compile(r"\bhow many (?:\w+ )?(?:households?|families)\b|多少户"), "hộ"),
    (re.compile(r"\bhow many (?:\w+ )?(?:turbines?)\b|多少(?:台|座)风"), "tua ?bin"),
    (re.compile(r"\bhow many (?:\w+ )?(?:seats?)\b|多少(?:个)?座位"), "chỗ"),
)
# the same of what a text speaks of in many places: enough to choose by, too little to refuse by
_SPOKEN_ABROAD = (
    (
        re.compile(
            r"\bhow many (?:\w+ ){0,2}(?:tourists?|visitors?|arrivals?|travell?ers?)\b"
            r"|多少(?:万|名|位|个|人次)?(?:的)?(?:外国|国际|国内)?(?:游客|旅客|人次)"
        ),
        "(?:khách|lượt)",
    ),
    (
        re.compile(
            r"\bhow many (?:\w+ ){0,2}(?:workers?|employees?|jobs)\b|多少(?:名|位|个)?(?:员工|劳动|从业)"
        ),
        "(?:lao động|việc làm)",
    ),
    (
        re.compile(r"\bhow many (?:\w+ )?industrial (?:parks?|zones?)\b|多少(?:个|座)?工业(?:园)?区"),
        "(?:khu|kcn)",
    ),
    (re.compile(r"\bhow many (?:\w+ )?communes?\b|多少(?:个)?乡"), "xã"),
)
_NOT_COUNTED = (EMPTY - {"nhà"}) | frozenset(
    "thì rồi nữa nhỉ đây vậy so hả thôi đấy hở thật ngày tháng tiền phần tỷ tỉ triệu nghìn trăm giờ ha km "
    "hecta héc mét milimét mm cm khối chỗ con cây vốn kinh đồng tấn m hiện đạt mất "
    # words people count anything with
    "món thứ loại chiếc tấm bức cuốn quyển ngôi tòa căn người lượt khoản việc nơi một hai trở mỗi độ".split()
)

_BARE = frozenset(("nhà", "cơ", "điểm", "đơn", "sản"))  # say nothing alone: "nhà sàn", "cơ sở"
_TIMES = frozenset(("lượt", "lần"))
_PEOPLE = (  # a number of people is given by what they are
    r"\d[\d.,]*\s+(?:[^\s.,;]+\s+){0,2}(?:người|lao động|khách|dân|nhân khẩu|công nhân|cán bộ|bác sĩ"
    r"|giáo viên|học sinh"
    r"|sinh viên|nông dân|đại biểu|hộ|thành viên|lượt)\b"
)


# Of these, a text that lacks the kind cannot be the answer; the others may be said in words.
MEASURES = frozenset(
    (
        "giá, phí",
        "số tiền",
        "nguồn kinh phí",
        "diện tích",
        "chiều dài, khoảng cách",
        "dung tích, khối lượng",
        "tỷ lệ phần trăm",
        "giờ giấc",
        "số điện thoại",
        "thư điện tử",
        "địa chỉ trên mạng",
    )
)


TIMES = frozenset(("ngày cụ thể", "thời điểm"))  # what a point in time is asked as


def kinds_asked(query: Query) -> tuple[Kind, ...]:
    """The kinds of thing a question asks for, in the table's order."""
    folded = fold(query.text)
    bare = folded == unmarked(folded)
    found = [kind for kind in KINDS if (kind.asked_bare if bare else kind.asked).search(folded)]
    names = {kind.name for kind in found}
    return tuple(kind for kind in found if _SHARPER.get(kind.name) not in names)


def words_counted(kind: Kind) -> tuple[str, ...]:
    """What a kind of `counted` counts: the noun with the syllable behind it, and alone if it says enough."""
    word = kind.name.removeprefix("số ")
    first = word.split()[0]
    return (word,) if first in _BARE else tuple(dict.fromkeys((word, first)))


def counted_abroad(query: Query) -> Iterator[Kind]:
    """What a question in English or Chinese counts, as `counted`, and what it is enough to choose by."""
    yield from _of_rows((*_COUNTED_ABROAD, *_SPOKEN_ABROAD), fold(query.text))


def _of_rows(rows: Iterable[tuple[re.Pattern[str], str]], folded: str) -> Iterator[Kind]:
    for pattern, noun in rows:
        if pattern.search(folded):
            yield Kind(f"số {noun}", pattern, pattern, re.compile(rf"\d[\d.,]*\s+(?:\S+\s+){{0,2}}{noun}\b"))


def counted(query: Query) -> Iterator[Kind]:
    """What a question counts, each as a kind: "bao nhiêu giường" wants a number of "giường"."""
    folded = fold(query.written_out or query.text)
    yield from _of_rows(_COUNTED_ABROAD, folded)
    for found in _COUNTED.finditer(folded):
        noun, *more = found[1].split()
        if noun in _TIMES and more and more[0] not in _NOT_COUNTED:
            noun = more[0]  # of "lượt truy cập" what is done, not the times
        if noun == "người":
            yield Kind("số người", _COUNTED, _COUNTED, re.compile(_PEOPLE))
        elif noun not in _NOT_COUNTED:
            # "28 cụm", "lượng khách đến năm 2030 đạt khoảng 6.000.000 lượt"
            after = rf"\b(?:số|số lượng|lượng)\s+{re.escape(noun)}\b[^.,;]*\b(?:đạt|là|khoảng)\s+\d"
            given = rf"\d[\d.,]*%?\s+(?:[^\s.,;]+\s+){{0,5}}{re.escape(noun)}\b|{after}"
            of_two = more and more[0] not in _NOT_COUNTED
            name = f"số {noun} {more[0]}" if of_two else f"số {noun}"
            yield Kind(name, _COUNTED, _COUNTED, re.compile(given))
