"""What is no question about documents: greetings, small talk, other errands, orders to the system itself.

Rules only for what cannot be meant otherwise; the rest is left to how sure the search is. Patterns are
written with marks; a message typed without any is compared without them.
"""

from __future__ import annotations

import re
from enum import Enum

from answer.kinds import without_marks
from corpus.vietnamese import fold, syllables, unmarked

_SHORT = 8  # words: a longer text that begins with a greeting goes on to ask something


class Beside(Enum):
    """What a message is that asks nothing of the documents, with the sentence that says so."""

    GREETING = "Xin chào! Tôi trả lời câu hỏi về các văn bản trong kho, kèm trích dẫn đến từng điều khoản."
    THANKS = "Không có gì. Bạn có thể hỏi tiếp về các văn bản trong kho."
    GOODBYE = "Tạm biệt. Khi cần tra văn bản, hãy quay lại."
    HELP = (
        "Tôi tìm trong các văn bản của kho và trả lời bằng chính lời văn bản, kèm trích dẫn đến từng "
        "điều khoản: số liệu, thời hạn, cơ quan chịu trách nhiệm, mức hỗ trợ; hỏi có dấu, không dấu, "
        "tiếng Anh, tiếng Trung đều được."
    )
    CHAT = "Tôi chỉ trả lời câu hỏi về các văn bản trong kho, không trò chuyện và không làm việc khác."
    REPLY = "Bạn muốn hỏi gì về các văn bản trong kho?"
    ORDER = (
        "Tôi chỉ trả lời theo văn bản trong kho và luôn kèm trích dẫn; yêu cầu bỏ quy tắc ấy "
        "hay nói điều không có căn cứ thì tôi không làm."
    )


_YOU = r"(?:bạn|mày|bot|trợ lý|chatbot|cậu|robot|em)"
_RULES = (
    r"(?:quy tắc|nguyên tắc|quy định (?:ở )?trên|hướng dẫn|chỉ dẫn|câu lệnh|lệnh|lời nhắc"
    r"|instructions?|rules?|prompts?|guidelines?)"
)
_SECRETS = (
    r"(?:câu lệnh|lệnh hệ thống|lời nhắc|(?:system )?prompt|api ?key|mật khẩu|mã nguồn|cấu hình"
    r"|instructions)"
)
_SOON = (
    r"(?:hôm nay|ngày mai|sáng mai|chiều nay|tối nay|cuối tuần|mấy hôm nay|bây giờ|trên ấy|ngoài ấy"
    r"|trên đó)"
)

_GREETING = (
    r"^(?:xin chào|chào|hello|hi|hey|alo|good (?:morning|evening))\b",
    rf"^{_YOU} (?:là ai|tên (?:là )?gì|khỏe không)\b|^who are you\b|^how are you\b",
    r"^(?:你好|您好|你是谁)",
)
_THANKS = (r"^(?:xin )?(?:cảm ơn|cám ơn|thanks?|thank you)\b|^谢谢",)
_GOODBYE = (r"^(?:tạm biệt|bye|goodbye|chào tạm biệt|hẹn gặp lại)\b|^再见",)
_HELP = (
    rf"^{_YOU} (?:có thể |biết )?(?:làm|giúp) (?:được )?(?:những )?gì\b"
    rf"|^{_YOU} (?:có thể )?giúp (?:được )?(?:gì|tôi|em)\b"
    r"|^what can you (?:do|help)\b|^(?:help|trợ giúp|hướng dẫn sử dụng)\W*$|^你(?:能|可以|会)(?:做|帮)",
)
_ORDER = (
    r"^\W*(?:s\W+)?(?:system|admin|administrator|developer|assistant|hệ thống|quản trị viên)\s*[:\]>}]",
    rf"\b(?:bỏ qua|quên|phớt lờ|hủy bỏ|đừng (?:theo|nghe|tuân)|không (?:cần )?(?:theo"
    rf"|tuân))\b.{{0,30}}\b{_RULES}",
    rf"\b(?:ignore|disregard|forget|override|bypass)\b.{{0,40}}\b{_RULES}",
    rf"\b(?:in|tiết lộ|xem|hiện|hiển thị|đọc|chép|đưa|show|reveal|print"
    rf"|repeat)\b(?:.{{0,40}})\b{_SECRETS}\b.{{0,20}}"
    r"\b(?:hệ thống|quản trị|của bạn|ban đầu|gốc|ra|system|your)\b|\byour (?:system )?(?:prompt"
    r"|instructions)\b",
    r"\b(?:từ (?:bây )?giờ|bây giờ|kể từ giờ|từ nay)\b.{0,15}\b(?:bạn|mày|hệ thống|em) (?:là|đóng vai"
    r"|sẽ là|không còn)\b",
    rf"\b{_YOU}\b.{{0,10}}\b(?:đóng vai|giả vờ|giả làm)\b(?! trò)|^(?:hãy )?(?:đóng vai|giả vờ"
    rf"|giả làm)\b(?! trò)",
    r"\byou are now\b|\bact as (?:a|an|if|my)\b|\bpretend (?:to be|you|that)\b|\brole-?play\b",
    r"\bchế độ (?:nhà phát triển|lập trình|kiểm thử|gỡ lỗi|quản trị|không giới hạn|tự do|dan)\b",
    r"\b(?:developer|debug|dan|admin|god|test) mode\b|\bjailbreak\b",
    r"\b(?:không cần|đừng|miễn|khỏi|bỏ)\b.{0,10}\b(?:trích dẫn|dẫn nguồn|tra cứu|tra tài liệu"
    r"|đọc tài liệu|ghi nguồn)\b",
    r"\b(?:tự chế|bịa|tự nghĩ ra|ngụy tạo|nói đại|chế ra)\b",
    r"\b(?:hãy|chỉ cần|cứ|phải) (?:khẳng định|xác nhận|tuyên bố|trả lời|nói|viết)(?: là| rằng| luôn)\b",
    r"\bwithout (?:any )?(?:citations?|sources?)\b|\bmake up\b|\b(?:just|simply) (?:say|confirm|state"
    r"|answer)\b",
    r"\b(?:tôi|tao|mình|em) là (?:quản trị viên|admin|lập trình viên|người tạo ra)\b|\bi am (?:the"
    r"|your) (?:admin\w*|developer)\b",
    r"\b(?:xóa|sửa|thay đổi|cập nhật)\b.{0,20}\b(?:văn bản trong kho|kho văn bản|cơ sở dữ liệu"
    r"|dữ liệu của bạn|chỉ mục)\b",
    r"\bmật khẩu\b.{0,20}\b(?:hệ thống|quản trị|cơ sở dữ liệu|máy chủ|admin)\b|\byou must (?:answer|say"
    r"|reply)\b",
    r"\b(?:chạy|gọi|thực thi) (?:một |các |câu )?(?:lệnh|công cụ|shell|script|bash|đoạn mã"
    r"|mã lệnh|truy vấn sql)\b"
    r"|\b(?:run|execute|call) (?:the |this |a )?(?:shell|command|script|tool|bash|code|sql)\b|\brm -rf\b",
    r"执行命令|调用工具|运行命令|忽略|无视|忘记(?:之前|以上|所有)|系统提示|提示词|开发者模式|扮演|你现在是|(?:不需要|不用)引用|编造",
)
_CHAT = (
    rf"\b{_YOU}\b.{{0,12}}\b(?:bao nhiêu tuổi|mấy tuổi|có người yêu|có vợ|có chồng|ăn cơm|ngủ chưa"
    rf"|buồn không|vui không"
    r"|mệt không|có buồn|có vui|có mệt|thích ăn|thích màu|sống ở đâu|quê ở đâu|cảm xúc|yêu (?:tôi|mình"
    r"|em|anh)"
    r"|do ai (?:tạo|làm|viết|lập trình)|được ai (?:tạo|làm|lập trình)|ai tạo ra|người thật|là (?:robot"
    r"|máy|ai vậy|con gì))\b",
    r"\băn (?:cơm|tối|trưa|sáng) chưa\b|\bhow old are you\b|\bdo you (?:love|like|feel|dream|sleep)\b",
    r"\bwho (?:made|created|built) you\b|\bare you (?:human|real|a robot|an ai|sad|happy|tired)\b",
    r"\b(?:kể|đọc|làm|viết|sáng tác|hát|soạn)\b.{0,25}\b(?:chuyện cười|truyện cười|chuyện ma|bài thơ"
    r"|câu thơ|bài hát|bài văn"
    r"|truyện ngắn|đoạn mã|đoạn code|hàm python|chương trình python|thư tình|status|caption)\b",
    r"\b(?:hát|đàn|kể chuyện|kể)\b.{0,20}\bcho (?:tôi|mình|em|tớ|tui) nghe\b",
    r"\b(?:write|tell|sing|compose)\b.{0,15}\b(?:poem|joke|song|story|essay|code|script|resume|email)\b",
    r"\b(?:viết|soạn|làm)\b.{0,25}\b(?:đơn xin (?:nghỉ|việc|thôi việc|ly hôn)|email|sơ yếu lý lịch|bài luận"
    r"|bài phát biểu)\b",
    rf"\b{_SOON}\b.{{0,10}}\btrời\b|\btrời (?:có )?(?:đẹp|mưa|nắng|nóng|lạnh|rét)\b.{{0,12}}\bkhông\b",
    r"\bdịch (?:giúp|hộ|cho|câu|đoạn).{0,60}\btiếng\b|\btranslate\b.{0,60}\b(?:into|to)\b",
    r"\bgiải (?:giúp |hộ |cho )?(?:em |tôi |mình |con )?(?:bài toán|phương trình|toán)\b"
    r"|\d\s*[+x*]\s*\d+\s*(?:=|bằng (?:mấy|bao nhiêu))",
    r"\bdự báo thời tiết\b|\bthời tiết\b(?! (?:cực đoan|bất thường|thay đổi|thất thường))"
    rf".{{0,30}}\b(?:thế nào|ra sao|đẹp không|{_SOON})\b"
    rf"|\b{_SOON}\b.{{0,25}}\bthời tiết\b",
    rf"\b{_SOON}\b.{{0,25}}\b(?:rét|nóng|lạnh|mưa|nắng|bão|băng giá|tuyết|sương)\b.{{0,12}}\bkhông\b"
    rf"|\b(?:the|today's) weather\b",
    r"\bgiá (?:vàng|xăng|dầu|đô la|usd|bitcoin|cà phê|lợn hơi|heo hơi|điện thoại|iphone|chứng khoán)\b"
    r"|\btỷ giá\b",
    r"\b(?:gold|fuel|petrol|bitcoin|stock) price|\bexchange rate\b|\b(?:lottery|horoscope)\b",
    r"\b(?:xổ số|vé số|số đề|lô đề|kết quả (?:bóng đá|trận)|tỷ số|lịch thi đấu|tử vi|cung hoàng đạo"
    r"|lịch chiếu phim)\b",
    r"\b(?:cách|công thức|bí quyết) (?:nấu|ướp|luộc|kho|rán|chiên|xào|quay|nướng|pha|muối|làm (?:món"
    r"|bánh|vịt|gà|lợn))\b",
    r"\brecipe\b|\bhow (?:to|do i) cook\b|\b(?:uống thuốc gì|nên uống (?:gì|thuốc)|bị đau)\b|\b(?:giảm"
    r"|tăng) cân\b|\b(?:mua|chọn) (?:iphone|samsung|laptop)\b",
    rf"\b(?:theo|ý kiến của|quan điểm của) {_YOU}\b|\b{_YOU} (?:nghĩ|thấy|đánh giá)\b[^.?!]*\b(?:không"
    rf"|gì|nào|sao|mấy)\b",
    r"\b(?:in your opinion|what do you think|do you think)\b",
    r"你(?:觉得|认为|怎么看)|讲(?:个)?笑话|写(?:一)?首诗|写(?:一)?段代码|天气|翻译成|菜谱|怎么做菜|金价|油价|汇率|彩票|你几岁|你多大|你吃饭",
)


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern with marks, one without."""
    whole = "|".join(patterns)
    return re.compile(whole), re.compile(without_marks(whole))


_RULED = {Beside.ORDER: _compiled(_ORDER), Beside.CHAT: _compiled(_CHAT)}
_SHORT_ONES = {
    Beside.THANKS: _compiled(_THANKS),
    Beside.GOODBYE: _compiled(_GOODBYE),
    Beside.HELP: _compiled(_HELP),
    Beside.GREETING: _compiled(_GREETING),
}
# A message of these alone agrees, declines or praises; "… không?" after them asks.
_REPLIES = frozenset(
    "ok oke okay okie ừ ừm ừa uhm vâng dạ đúng rồi được không có thôi hay tuyệt vời giỏi tốt lắm quá nhé nha "
    "ạ à bạn em anh chị mình tôi cảm cám ơn thanks thank you yes no yep good great nice haha hihi hehe chuẩn "
    "chính xác hiểu biết xong thật nhiều rất".split()
)
_BARE_REPLIES = frozenset(map(unmarked, _REPLIES))


def beside(question: str) -> Beside | None:
    """What a message is that asks nothing of the documents; None for a question."""
    text = fold(question).strip()
    bare = text == unmarked(text)
    for kind, patterns in _RULED.items():
        if patterns[bare].search(text):
            return kind
    if len(text.split()) <= _SHORT:
        for kind, patterns in _SHORT_ONES.items():
            if patterns[bare].search(text):
                return kind
    return Beside.REPLY if _replies(text, bare) else None


def _replies(text: str, bare: bool) -> bool:
    words = syllables(text)
    asks = text.endswith("?") or (len(words) > 1 and unmarked(words[-1]) == "khong")
    return bool(words) and not asks and (_BARE_REPLIES if bare else _REPLIES).issuperset(words)
