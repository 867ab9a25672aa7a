"""The example questions of the chat page: each is answered by the two shipped documents."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "Cho cán bộ": (
        "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?",
        "Đến năm 2030 có bao nhiêu khu công nghiệp?",
        "Cơ quan nào là đầu mối triển khai nhiệm vụ bảo tồn Công viên địa chất?",
        "GRDP bình quân đầu người đến năm 2030 đạt bao nhiêu?",
        "Báo cáo kết quả 6 tháng đầu năm phải gửi trước ngày nào?",
    ),
    "Cho hộ kinh doanh, homestay": (
        "Chính sách hỗ trợ phát triển du lịch cộng đồng nằm ở nghị quyết nào?",
        "Năm 2026 tỉnh muốn có bao nhiêu cơ sở lưu trú và buồng đạt 3 sao đến 5 sao?",
        "Tỉnh hỗ trợ doanh nghiệp du lịch quảng bá, xúc tiến như thế nào?",
        "Sản phẩm OCOP được gắn với du lịch ra sao?",
        "Điểm du lịch cộng đồng nào được đề cử đạt chuẩn ASEAN năm 2026?",
    ),
}
