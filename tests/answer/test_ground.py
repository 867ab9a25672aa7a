from __future__ import annotations

import re
import time
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from answer.ground import Judged, Source, Verdict, fault, judge, source_of
from corpus.document import Document, corrected
from corpus.sentences import sentence_spans

PLAN = "kh-du-lich-cvdc-2026"
DECISION = "qd-dieu-chinh-quy-hoach-2026"

VISITORS = (
    "- Phấn đấu thu hút khoảng 4.700.000 lượt khách du lịch, trong đó: khoảng 550.000 lượt khách du lịch "
    "quốc tế và 4.150.000 lượt khách du lịch nội địa."
)
SHARES = (
    "+ Cơ cấu tổng sản phẩm trên địa bàn đến năm 2030: Khu vực nông, lâm nghiệp và thủy sản 14 - 15%; khu "
    "vực công nghiệp - xây dựng 32 - 33%; khu vực dịch vụ 49 - 50%."
)
ZONES = (
    "2. Phương án phát triển hệ thống khu công nghiệp\nCác khu công nghiệp được bố trí tại các xã có vị trí "
    "thuận lợi. Đến năm 2030 toàn tỉnh có 08 khu công nghiệp, sau năm 2030 có thêm 11 khu công nghiệp."
)
LEAD = "1. Giao Sở Tài chính chủ trì, phối hợp với các Sở, ban, ngành, đơn vị, địa phương có liên quan:"
FILES = "100% hồ sơ công việc tại cấp tỉnh và khoảng 90% hồ sơ công việc tại cấp xã được xử lý trên mạng."
NEIGHBOURS = (
    "Tỉnh Lạng Sơn phía Bắc giáp tỉnh Cao Bằng; phía Nam giáp tỉnh Bắc Ninh; phía Tây giáp Thái Nguyên."
)
DEADLINES = (
    "UBND tỉnh yêu cầu các sở, ngành báo cáo kết quả 06 tháng đầu năm trước ngày 15/6/2026, cả năm trước "
    "ngày 15/12/2026 về Sở Văn hóa, Thể thao và Du lịch tổng hợp."
)
REST = (
    "Các nội dung khác không thuộc phạm vi điều chỉnh tại Quyết định này tiếp tục thực hiện theo Quyết định "
    "số 236/QĐ-TTg ngày 19 tháng 3 năm 2024 của Thủ tướng Chính phủ."
)
LANTERNS = (
    "- Nghiên cứu tổ chức Lễ hội thả đèn hoa đăng trên sông Kỳ Cùng tạo điểm nhấn cho du lịch tâm linh."
)
TRAINING = (
    "Đào tạo nghề được hỗ trợ tối đa 50 triệu đồng một lớp, hoặc tối đa 5 triệu đồng một người một khóa."
)

STATIONS = (
    "Vận hành trạm quan trắc không khí tại xã Hồng Phong; xã Hữu Lũng và xã Chi Lăng; trạm quan trắc "
    "nước mặt tự động tại phường Đông Kinh và Trung tâm điều hành tại phường Tam Thanh."
)
CAVES = (
    "Hoàn thiện hạ tầng tại hang Vượn (Làng Hao, xã Vạn Linh), hang Nước (xã Hữu Liên), "
    "hang Moóc (xã Bình Gia)."
)
POLICY = "Chuyển trọng tâm chính sách dân số từ kế hoạch hóa gia đình sang dân số và phát triển."
CLINICS = (
    "Phát triển các bệnh viện chuyên khoa tại các vùng đô thị; các phòng khám đa khoa tại vùng nông thôn."
)
WATER = (
    "Đầu tư các công trình trữ nước mặt vào mùa mưa điều tiết cấp nước vào mùa khô cho các vùng thiếu nước."
)
JOBS = "Cơ cấu lao động: Khu vực nông nghiệp 36 - 37%; công nghiệp và xây dựng 24 - 25%; dịch vụ 38 - 39%."
WARDS = (
    "Gồm 61 xã: Đồng Đăng, Cao Lộc, Lộc Bình, Hữu Lũng và 04 phường: Đông Kinh, Tam Thanh, Kỳ Lừa, "
    "Lương Văn Tri."
)
PLANS = (
    "Chỉ thị số 08/CT-TTg ngày 23/02/2024 của Thủ tướng Chính phủ; Chương trình số 74-CTr/TU ngày 28/12/2017 "
    "thực hiện Nghị quyết số 08-NQ/TW ngày 16/01/2017 của Bộ Chính trị về phát triển du lịch."
)


def verdict(sentence: str, text: str, context: str = "") -> Judged:
    return judge(sentence, (1,), [Source(1, text, context)])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (VISITORS, VISITORS),
        (VISITORS, "Phấn đấu thu hút khoảng 4,7 triệu lượt khách du lịch."),
        (VISITORS, "Khách du lịch quốc tế khoảng 550.000 lượt."),
        (VISITORS, "Mục tiêu là thu hút khoảng 4.700.000 lượt khách, trong đó có 4,15 triệu lượt nội địa."),
        (SHARES, "Đến năm 2030, khu vực dịch vụ chiếm 49 - 50% cơ cấu tổng sản phẩm trên địa bàn."),
        (SHARES, "Cơ cấu GRDP đến năm 2030: công nghiệp - xây dựng từ 32% đến 33%; dịch vụ 49 - 50%."),
        (ZONES, "Sau năm 2030, toàn tỉnh có thêm 11 khu công nghiệp."),
        (ZONES, "Đến năm 2030 toàn tỉnh có 8 KCN."),
        (LEAD, "Sở Tài chính được giao chủ trì, phối hợp với các Sở, ban, ngành có liên quan."),
        (FILES, "100% hồ sơ công việc tại cấp tỉnh được xử lý trên mạng."),
        (NEIGHBOURS, "Tỉnh Lạng Sơn phía Tây giáp Thái Nguyên."),
        (DEADLINES, "Báo cáo kết quả cả năm trước ngày 15 tháng 12 năm 2026."),
        (REST, "Các nội dung khác không thuộc phạm vi điều chỉnh thực hiện theo Quyết định 236/QĐ-TTg."),
        (LANTERNS, "Nghiên cứu tổ chức Lễ hội thả đèn hoa đăng trên sông Kỳ Cùng."),
        (TRAINING, "Đào tạo nghề được hỗ trợ không quá 50 triệu đồng một lớp."),
        (TRAINING, "Một lớp đào tạo nghề được hỗ trợ tối đa 50 triệu đồng."),
        (LEAD, "Sở Tài chính được giao chủ trì, các Sở, ban, ngành, đơn vị, địa phương phối hợp."),
        (FILES, "Toàn bộ (100%) hồ sơ công việc tại cấp tỉnh được xử lý trên mạng."),
        (
            VISITORS,
            "Phấn đấu thu hút khoảng 4,7 triệu lượt khách, trong đó khách nội địa là 4,15 triệu lượt.",
        ),
        (NEIGHBOURS, "Lạng Sơn giáp tỉnh Cao Bằng ở phía Bắc và tỉnh Bắc Ninh ở phía Nam."),
        (STATIONS, "Trạm quan trắc nước mặt tự động đặt tại phường Đông Kinh."),
        (CAVES, "Hoàn thiện hạ tầng tại hang Nước thuộc xã Hữu Liên và hang Moóc thuộc xã Bình Gia."),
        (JOBS, "Khu vực công nghiệp và xây dựng chiếm 24 - 25% cơ cấu lao động."),
        (JOBS, "Cơ cấu lao động ở khu vực dịch vụ là 38 - 39%, ở nông nghiệp là 36 - 37%."),
        (WARDS, "Bốn phường là Tam Thanh, Đông Kinh, Lương Văn Tri và Kỳ Lừa."),
        (PLANS, "Thủ tướng Chính phủ có Chỉ thị số 08/CT-TTg ngày 23 tháng 02 năm 2024."),
    ],
)
def test_true_sentences_pass(text: str, sentence: str) -> None:
    assert verdict(sentence, text).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("text", "sentence", "why"),
    [
        (VISITORS, "Phấn đấu thu hút khoảng 4.900.000 lượt khách du lịch.", "số liệu"),
        (VISITORS, "Phấn đấu thu hút 4.700.000 lượt khách du lịch.", "số liệu"),
        (VISITORS, "Phấn đấu thu hút ít nhất 4.700.000 lượt khách du lịch.", "số liệu"),
        (VISITORS, "Phấn đấu thu hút khoảng 4.700.000 buồng khách.", "số liệu|không đi với"),
        (VISITORS, "Thu hút khoảng 4.700.000 lượt khách du lịch.", "phấn đấu"),
        (VISITORS, "Khoảng 550.000 lượt khách nội địa.", "đối tượng khác"),
        (VISITORS, "Phấn đấu thu hút khoảng 4.700.000 lượt khách quốc tế.", "đối tượng khác"),
        (VISITORS, "Năm 2027 phấn đấu thu hút khoảng 4.700.000 lượt khách du lịch.", "2027"),
        (SHARES, "Khu vực dịch vụ 32 - 33%.", "đối tượng khác"),
        (SHARES, "Khu vực dịch vụ 49%.", "số liệu"),
        (ZONES, "Đến năm 2030 toàn tỉnh có thêm 11 khu công nghiệp.", "đối tượng khác|số liệu"),
        (ZONES, "Sau năm 2030 toàn tỉnh có 08 khu công nghiệp.", "đối tượng khác|số liệu"),
        (LEAD, "Giao các Sở, ban, ngành chủ trì, phối hợp với Sở Tài chính.", "đối tượng khác"),
        (LEAD, "Giao Sở Công Thương chủ trì, phối hợp với các Sở, ban, ngành.", "công"),
        (FILES, "100% hồ sơ công việc tại cấp xã được xử lý trên mạng.", "đối tượng khác"),
        (FILES, "100% hồ sơ công việc tại cấp tỉnh không được xử lý trên mạng.", "không"),
        (NEIGHBOURS, "Tỉnh Lạng Sơn phía Bắc giáp tỉnh Bắc Ninh.", "đối tượng khác"),
        (DEADLINES, "Báo cáo kết quả cả năm trước ngày 15/6/2026.", "đối tượng khác"),
        (DEADLINES, "Báo cáo kết quả 06 tháng đầu năm sau ngày 15/6/2026.", "2026-06-15"),
        (REST, "Các nội dung khác thuộc phạm vi điều chỉnh tại Quyết định này.", "không"),
        (REST, "Thực hiện theo Quyết định số 263/QĐ-TTg của Thủ tướng Chính phủ.", "263"),
        (LANTERNS, "Tổ chức Lễ hội thả đèn hoa đăng trên sông Kỳ Cùng.", "nghiên cứu"),
        (LANTERNS, "Phải nghiên cứu tổ chức Lễ hội thả đèn hoa đăng.", "phải"),
        (LANTERNS, "Lễ hội “thả đèn hoa sen trên sông Kỳ Cùng”.", "nguyên văn|lời khác"),
        (TRAINING, "Đào tạo nghề được hỗ trợ tối đa 50 triệu đồng một người.", "số liệu"),
        (TRAINING, "Đào tạo nghề được hỗ trợ tối đa 50 triệu USD một lớp.", "số liệu"),
        (FILES, "Khoảng 90% hồ sơ công việc tại cấp tỉnh được xử lý trên mạng.", ""),
        (LEAD, "Các Sở, ban, ngành được giao chủ trì, còn Sở Tài chính phối hợp.", "đối tượng khác"),
        (NEIGHBOURS.replace("phía Nam", "phía Đông Nam"), "Phía Nam giáp tỉnh Bắc Ninh.", ""),
        (STATIONS, "Trạm quan trắc nước mặt tự động đặt tại phường Tam Thanh.", "đối tượng khác"),
        (STATIONS, "Trạm quan trắc nước mặt tự động đặt tại xã Hữu Lũng và xã Chi Lăng.", "đối tượng khác"),
        (CAVES, "Hoàn thiện hạ tầng tại hang Nước (xã Bình Gia), hang Moóc (xã Hữu Liên).", "không ở xã"),
        (POLICY, "Chuyển trọng tâm chính sách từ dân số và phát triển sang kế hoạch hóa gia đình.", "sang"),
        (CLINICS, "Phát triển các bệnh viện chuyên khoa tại vùng nông thôn.", "đối tượng khác"),
        (
            WATER,
            "Đầu tư các công trình trữ nước mặt vào mùa khô điều tiết cấp nước vào mùa mưa.",
            "đối tượng",
        ),
        (JOBS, "Khu vực dịch vụ chiếm 24 - 25% cơ cấu lao động.", "đối tượng khác"),
        (WARDS, "Bốn phường gồm Đồng Đăng, Cao Lộc, Lộc Bình, Hữu Lũng.", "đối tượng khác"),
        (WARDS, "Gồm 04 xã và 61 phường.", ""),
        (PLANS, "Chỉ thị số 08/CT-TTg ngày 23/02/2024 là của Bộ Chính trị.", "đối tượng khác"),
        (PLANS, "Chỉ thị số 08/CT-TTg ngày 28/12/2017.", "không phải của ngày"),
        (VISITORS, "The plan aims at about 4,700,000 visitors.", ""),
        (VISITORS, "…", "nội dung"),
    ],
)
def test_altered_sentences_are_stopped(text: str, sentence: str, why: str) -> None:
    judged = verdict(sentence, text)
    assert judged.verdict is Verdict.UNSUPPORTED
    assert re.search(why, judged.reason), judged.reason


def test_headings_give_the_subject_and_the_year_but_no_figure() -> None:
    text, context = "+ Tỷ lệ che phủ rừng duy trì ở mức 65%.", "Mục tiêu phát triển đến năm 2030: 28 chỉ tiêu"
    assert (
        verdict("Đến năm 2030, tỷ lệ che phủ rừng duy trì ở mức 65%.", text, context).verdict
        is Verdict.SUPPORTED
    )
    assert verdict("28 chỉ tiêu phát triển.", text, context).verdict is Verdict.UNSUPPORTED


def test_a_name_of_the_heading_does_not_take_the_place_of_another() -> None:
    text = "Đô thị Hữu Lũng trở thành cực tăng trưởng phía Nam tỉnh."
    context = "Các đô thị: đô thị Lạng Sơn, đô thị Chi Lăng"
    assert verdict("Đô thị Chi Lăng trở thành cực tăng trưởng phía Nam tỉnh.", text, context).verdict is (
        Verdict.UNSUPPORTED
    )


def test_an_outlook_is_no_target() -> None:
    text = "Điều chỉnh mục tiêu của Đề án đến năm 2030 phù hợp với quy hoạch tỉnh, tầm nhìn đến năm 2045."
    assert verdict("Điều chỉnh mục tiêu của Đề án đến năm 2045.", text).verdict is Verdict.UNSUPPORTED


def test_a_year_of_the_heading_is_not_that_of_a_clause_with_its_own() -> None:
    text, context = "Trở thành tỉnh phát triển khá vào năm 2035.", "Mục tiêu phát triển đến năm 2030"
    assert (
        verdict("Trở thành tỉnh phát triển khá vào năm 2030.", text, context).verdict is Verdict.UNSUPPORTED
    )


def test_the_citation_is_corrected_where_another_provision_supports_the_sentence() -> None:
    sources = [Source(1, SHARES), Source(2, VISITORS)]
    judged = judge("Phấn đấu thu hút khoảng 4.700.000 lượt khách.", (1,), sources)
    assert (judged.verdict, judged.citations) == (Verdict.MISATTRIBUTED, (2,))
    assert judge("Phấn đấu thu hút khoảng 4.700.000 lượt khách.", (), sources).citations == (2,)


def test_citations_that_support_nothing_are_left_out() -> None:
    sources = [Source(1, SHARES), Source(2, VISITORS)]
    judged = judge("Phấn đấu thu hút khoảng 4.700.000 lượt khách.", (1, 2, 99), sources)
    assert (judged.verdict, judged.citations) == (Verdict.SUPPORTED, (2,))


def test_two_provisions_may_support_a_sentence_together() -> None:
    sentence = "Toàn tỉnh có 08 khu công nghiệp đến năm 2030; phía Bắc giáp tỉnh Cao Bằng."
    sources = [Source(1, ZONES), Source(2, NEIGHBOURS), Source(3, VISITORS)]
    judged = judge(sentence, (1, 2, 3), sources)
    assert (judged.verdict, judged.citations) == (Verdict.SUPPORTED, (1, 2))
    assert judge(sentence, (1,), sources).verdict is Verdict.UNSUPPORTED


def test_a_citation_of_nothing_supports_nothing() -> None:
    assert judge("Thu hút khách.", (99,), [Source(1, SHARES)]).verdict is Verdict.UNSUPPORTED
    assert judge("Thu hút khách.", (1,), []).verdict is Verdict.UNSUPPORTED


@pytest.fixture(scope="module")
def spoken(documents: Mapping[str, Document]) -> list[tuple[str, Source]]:
    """Every sentence of the two long documents, with the provision it stands in."""
    said = []
    for id_ in (PLAN, DECISION):
        for node in documents[id_].root.walk():
            if node.text:
                source = source_of(1, documents[id_], node)
                said += [(node.own_text[low:high], source) for low, high in sentence_spans(node.own_text)]
    return said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_what_a_provision_says_verbatim_is_supported(
    spoken: list[tuple[str, Source]], data: st.DataObject
) -> None:
    sentence, source = data.draw(st.sampled_from(spoken))
    assume(sum(map(str.isalpha, sentence)) > 2)
    assert judge(sentence, (1,), [source]).verdict is Verdict.SUPPORTED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_changed_digit_is_never_supported(documents: Mapping[str, Document], data: st.DataObject) -> None:
    node = documents[DECISION].by_address["dieu-1/ii/2/b"]
    counted = [item for item in node.walk() if not item.children and re.search(r"\d", item.text.text)]
    item = data.draw(st.sampled_from(counted))
    text = corrected(item.own_text, item.own_corrections)
    place = data.draw(st.sampled_from([place for place, sign in enumerate(text) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != text[place]]))
    changed = text[:place] + digit + text[place + 1 :]
    assert verdict(changed, text).verdict is Verdict.UNSUPPORTED, changed


@given(st.text(max_size=80), st.text(max_size=80))
@settings(deadline=None)
def test_no_text_is_too_strange(sentence: str, text: str) -> None:
    assert judge(sentence, (1,), [Source(1, text, text)]) == judge(sentence, (1,), [Source(1, text, text)])


def test_a_sentence_takes_milliseconds(spoken: list[tuple[str, Source]]) -> None:
    said = [pair for pair in spoken if len(pair[0]) > 60][::7]
    for sentence, source in said:
        judge(sentence, (1,), [source])
    start = time.perf_counter()
    for sentence, source in said:
        judge(f"{sentence} Hết.", (1,), [source])
    assert (time.perf_counter() - start) / len(said) < 0.02  # the machine may be busy


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("Nghiên cứu tổ chức lễ hội đèn trên sông.", True),
        ("Lễ hội đèn được tổ chức trên sông.", False),
        ("Tổ chức lễ hội đèn trên sông.", False),
    ],
)
def test_an_intention_is_not_left_out_because_a_heading_has_its_verb(sentence: str, supported: bool) -> None:
    source = Source(1, "Nghiên cứu tổ chức lễ hội đèn trên sông.", "Tổ chức các sự kiện")
    assert (fault(sentence, [source]) == "") is supported


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("Có 37 giường bệnh trên 1 vạn dân.", True),
        ("Cứ 1 vạn dân có 37 giường bệnh.", True),
        ("Có 37 giường bệnh khoảng 1 vạn dân.", False),
        ("Cứ 1 vạn dân có trên 37 giường bệnh.", False),
    ],
)
def test_so_many_for_so_many_people(sentence: str, supported: bool) -> None:
    assert (fault(sentence, [Source(1, "Đến năm 2030 có 37 giường bệnh trên 1 vạn dân.")]) == "") is supported
