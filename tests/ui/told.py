"""What a test expects of an error as a program gets it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def told(response: Any, status: int) -> str:
    """What a problem says; that it is one in every point."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    if body["instance"].startswith("/v1/chat/"):  # as the programs of that protocol read it
        assert body.pop("error")["message"] == body["detail"]
    assert set(body) == {"type", "title", "status", "detail", "instance"}
    assert body["status"] == status
    assert body["type"].startswith("urn:hoidap:problem:")
    assert body["instance"] == unquote(response.request.url.path, errors="replace")
    assert VIETNAMESE.search(body["title"])
    assert VIETNAMESE.search(body["detail"])
    return str(body["detail"])
