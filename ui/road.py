"""Which road an answer came by, in one short sentence for the reader."""

from __future__ import annotations

from answer.answer import Answer


def road(answer: Answer) -> str:
    """Who worded the sentences; "" where there are none."""
    if not answer.sentences:
        return ""
    if answer.written_by:
        return f"Mô hình {answer.written_by} viết theo các điều khoản được dẫn; từng câu đã qua đối chiếu."
    return "Trích nguyên văn từ văn bản."
