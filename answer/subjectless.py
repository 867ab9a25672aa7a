"""Whether a question has no subject of its own: it says only what is done, where, when or how much.

"Đặt ở đâu?", "giữ lại để làm gì?", "nối với tỉnh nào?", "tỷ lệ bao nhiêu?": nothing in them is a thing that a
document could be searched for, so they ask of what was spoken of before.
"""

from __future__ import annotations

from answer.marks import marked

_LONGEST = 10  # syllables

# What "nào", "mấy", "bao nhiêu" ask for without naming anything: a kind of place, paper, person or measure.
_KIND = (
    "tỉnh|thành phố|khu|cụm|trạm|nước|quốc gia|châu|xã|phường|huyện|thị trấn|thôn|bản|làng|địa phương"
    "|địa bàn|khu vực|vùng|sông|suối|hồ|núi|đường|tuyến|tuyến đường|quốc lộ|ga|cửa|cổng|nơi|chỗ|điểm"
    "|địa điểm|hướng|phía|bên|mặt|cấp|loại|hạng|nhóm|dạng|kiểu|cách|hình thức|phương thức|mức|bậc|đợt"
    "|giai đoạn|thời kỳ|khóa|kỳ|lần|thứ|ngày|hôm|tháng|quý|năm|giờ|buổi|tuần|phụ lục|mục|khoản|điều"
    "|chương|phần|trang|danh mục|văn bản|tài liệu|luật|nghị quyết|quyết định|nghị định|thông tư|kế hoạch"
    "|quy hoạch|chỉ thị|đề án|chương trình|quy định|cơ quan|đơn vị|sở|ngành|ban|bộ phận|tổ chức|cá nhân"
    "|đối tượng|người|ông|bà|vị|cán bộ|trường hợp|lĩnh vực|mảng|nội dung|việc|chuyện|tiêu chí|tiêu chuẩn"
    "|điều kiện|chỉ tiêu|nguồn|nguồn vốn|nguồn lực|mục đích|mục tiêu|lý do|lí do|nguyên nhân|ý|cái|món"
    "|cuốn|quyển|tấm|bộ|chiếc|tờ|con|cây|lớp|phòng|buồng|giường|suất|tiền|đồng|triệu|tỷ|phần trăm|%|km"
    "|cây số|mét|ha|héc ta|tuổi|thành viên|tên"
)
_FEW = r"(?:(?:những|các|bao nhiêu|mấy) )"
_ASKED = (
    rf"(?:{_FEW}?(?:{_KIND})(?: (?:{_KIND}))? (?:nào|gì|mấy|ai|bao nhiêu)|(?:bao nhiêu|mấy) (?:{_KIND})"
    r"|bao nhiêu|bao giờ|bao lâu|bao xa|mấy|khi nào|lúc nào|hồi nào|đâu|những ai|ai|những gì|cái gì|gì|sao"
    r"|thế nào|ra sao|làm sao|làm gì|làm chi|vì sao|tại sao|có phải|đúng không|phải không"
    r"|(?:không|chưa)(?=\W*$))"
)
# What a thing has, which is not the thing.
_HAS = (
    "danh sách|danh mục|chi tiết|tên|tên gọi|tỷ lệ|tỉ lệ|mức|số lượng|số|tổng số|tổng cộng|chiều dài"
    "|bề rộng|diện tích|công suất|sức chứa|quy mô|chi phí|kinh phí|giá|phí|nguồn vốn|thời gian|thời hạn"
    "|hạn|tiến độ|địa điểm|vị trí|địa chỉ|mục đích|mục tiêu|ý nghĩa|lý do|lí do|nội dung|đối tượng"
    "|điều kiện|cách|cách thức|hình thức|đơn vị|cơ quan|mốc|mốc thời gian|thời điểm"
)
# What may be done with anything.
_DONE = (
    "đặt|để|nằm|đóng|họp|mở|tổ chức|diễn ra|làm|làm ra|giữ|giữ lại|duy trì|xây|xây dựng|dựng|in|xuất bản"
    "|phát hành|dạy|đào tạo|học|nối|kết nối|chạy|đi|đến|tới|qua|chọn|được chọn|lựa chọn|bầu|xem|tra"
    "|tra cứu|tìm|đọc|kiếm|báo|báo cáo|trình|gửi|nộp|nhận|giao|lập|soạn|viết|ký|ban hành|công bố"
    "|phê duyệt|duyệt|thông qua|bổ sung|thêm|tăng|tăng thêm|giảm|đạt|chiếm|thuộc|ra|mất|hết|tốn|kéo dài"
    "|dùng|sử dụng|lấy|gọi|gọi là|ghi|nêu|nói|nhắc|quy định|áp dụng|hỗ trợ|chi|trả|thu|đầu tư|bán|mua"
    "|trồng|nuôi|chở|mời|cử|tham gia|tham dự|dự|phụ trách|chủ trì|chịu trách nhiệm|phối hợp|quản lý"
    "|thực hiện|triển khai|hoàn thành|bắt đầu|kết thúc|khởi công|khởi hành|xuất phát|căn cứ|dựa|gồm"
    "|bao gồm|có|thành lập|phục vụ|hướng|hướng tới|nhằm|chờ|cần|gắn|phân|chia|xếp|xếp hạng|công nhận|sửa"
    "|sửa đổi|thay|thay thế|nâng|nâng cấp|nâng lên|mở rộng|chuyển|dời|di dời|cấp|xin|đăng ký|liên hệ|hỏi"
    "|tính|tương ứng|tương đương|rộng|dài|cao|sâu|nặng|lớn|nhỏ|nhiều|ít|xa|gần|đông|mới|cũ|nghiên cứu"
    "|khai thác|vận hành|hoạt động|lắp|lắp đặt|treo|trưng bày|chiếu|mở cửa|đóng cửa|xin phép"
)
_LITTLE = (
    "sau này|ưu tiên|phải|cần|nên|được|bị|sẽ|đã|đang|có|có thể|còn|cũng|thì|là|mà|để|nhằm|cho|với|cùng"
    "|của|ở|tại|trên|dưới|trong|ngoài|ngoài ra|bên|phía|từ|đến|tới|vào|ra|sang|lên|xuống|về|theo|bằng|qua"
    "|do|bởi|vì|nữa|thêm|khác|tất cả|tổng cộng|lại|luôn|chính|cụ thể|chính xác|rõ|ít nhất|tối thiểu"
    "|tối đa|nhiều nhất|khoảng|cỡ|chừng|tầm|hết|xong|mỗi|một|từng|cả|những|các|thế|vậy|à|ạ|nhỉ|hả|trước"
    "|sau|đầu|cuối|gần|như|hay|và|vậy thì|rồi"
)
_BY_LENGTH = sorted({*f"{_HAS}|{_DONE}|{_LITTLE}".split("|")}, key=lambda word: (-len(word), word))
_WORDS = "|".join(_BY_LENGTH)
# No way back into what was read: a word that is in two ways empty is read once.
_EMPTY = marked(rf"(?=.*\b{_ASKED}(?=\W|$))(?>\b(?:{_ASKED}|{_WORDS})(?=\W|$)\W*)++$")


def has_no_subject(core: str) -> bool:
    """Whether a question of a few syllables names nothing that it could be of."""
    return len(core.split()) <= _LONGEST and _EMPTY.match(core) is not None
