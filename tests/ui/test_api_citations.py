"""POST /v1/citations: every citation of a text, fast, whatever the text is."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import Document
from tests.ui.told import told
from ui.api_results import FoundCitations
from ui.citations import TEXT_LIMIT, citations_value

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION, PLAN = "qd-dieu-chinh-quy-hoach-2026", "kh-du-lich-cvdc-2026"
CLAUSE = "khoản 2 mục V Điều 1 Quyết định điều chỉnh Quy hoạch tỉnh Lạng Sơn"
PATH = "/v1/citations"


def found(client: TestClient, text: str, **more: object) -> list[dict[str, Any]]:
    response = client.post(PATH, json={"text": text, **more})
    assert response.status_code == 200, response.text
    value = FoundCitations.model_validate(response.json())
    for citation in value.citations:
        start, end = citation.span
        assert text[start:end] == citation.text
    citations: list[dict[str, Any]] = response.json()["citations"]
    return citations


def test_a_citation_is_its_provision(client: TestClient, documents: Mapping[str, Document]) -> None:
    text = f"Căn cứ {CLAUSE}."
    (one,) = found(client, text)
    assert (one["status"], one["document"], one["address"]) == ("exact", DECISION, "dieu-1/muc-v/khoan-2")
    assert one["text"] == CLAUSE
    assert one["provision"]["text"] == documents[DECISION].by_address["dieu-1/v/2"].full_text
    assert client.get(one["permalink"]).text.count(' here"') == 1
    assert client.get("/v1" + one["permalink"]).json()["text"] == one["provision"]["text"]


def test_the_object_is_that_of_every_other_door(client: TestClient, answerer: Answerer) -> None:
    text = f"{CLAUSE}; điểm g khoản 2 mục III Điều 1 Quyết định này; Nghị quyết số 19/2025/NQ-HĐND"
    searcher, held = answerer.searcher, answerer.index.documents
    value = citations_value(text, searcher.lookup, searcher.validities, held, date.today())
    response = client.post(PATH, json={"text": text})
    assert response.json() == json.loads(json.dumps(value))
    assert "khoản" in response.text  # UTF-8, not escaped


def test_a_text_without_citations_has_none(client: TestClient) -> None:
    for text in ("", " ", "Chương trình điều tra 38 điểm du lịch", "\0", "\u202e\u200b", "<b>&amp;</b>"):
        assert client.post(PATH, json={"text": text}).json() == {"citations": []}


def test_what_is_relative_is_read_where_it_stands(client: TestClient) -> None:
    text = "khoản 2 mục V Điều này"
    assert [one["address"] for one in found(client, text)] != ["dieu-1/muc-v/khoan-2"]
    for here in (
        f"{DECISION}/dieu-1/muc-v",
        f"/documents/{DECISION}/dieu-1",
        f"/v1/documents/{DECISION}/dieu-1",
    ):
        (one,) = found(client, text, here=here)
        assert (one["status"], one["address"]) == ("exact", "dieu-1/muc-v/khoan-2")


def test_validity_is_that_of_the_day(client: TestClient) -> None:
    (one,) = found(client, CLAUSE, as_of="2020-01-01")
    assert one["validity"]["state"] == "not_yet"
    (one,) = found(client, CLAUSE)
    assert one["validity"]["state"] == "unknown"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": None},
        {"text": 5},
        {"text": ["a"]},
        {"text": "a", "other": 1},
        {"text": "a", "here": "khong-co/dieu-1"},
        {"text": "a", "here": f"{DECISION}/dieu-99"},
        {"text": "a", "here": "@@"},
        {"text": "a", "as_of": "30/6/2026"},
        {"text": "a", "as_of": 20260630},
        {"text": "a" * (TEXT_LIMIT + 1)},
        [],
        "a",
    ],
    ids=lambda body: repr(body)[:40],
)
def test_what_does_not_fit_is_refused(client: TestClient, body: object) -> None:
    told(client.post(PATH, json=body), 422)


def test_a_place_of_half_a_million_steps_is_refused_at_once(client: TestClient) -> None:
    began = time.perf_counter()
    response = client.post(PATH, json={"text": "a", "here": DECISION + "/a" * 500_000})
    assert len(told(response, 422)) < 1_000
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"NaN", 422),
        (b'{"text": "\\ud800"}', 422),
        (b'{"text": "a", "\\ud800": 1}', 422),
        (b'{"text": ' + b"[" * 200_000, 400),
        (b'{"text": "a", "x": ' + b"9" * 5_000 + b"}", 400),
        (json.dumps({"text": "a", **dict.fromkeys(map(str, range(2_000)))}).encode(), 422),
    ],
    ids="empty cut-off not-utf-8 nan half half-a-name deep long-number many-fields".split(),
)
def test_a_body_that_cannot_be_read_is_refused(client: TestClient, raw: bytes, status: int) -> None:
    response = client.post(PATH, content=raw, headers={"Content-Type": "application/json"})
    assert len(told(response, status)) < 1_000


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_what_is_not_called_json_is_refused(client: TestClient, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    told(client.post(PATH, content=b'{"text": "a"}', headers=headers), 415)


def test_a_packed_body_is_refused(client: TestClient) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    told(client.post(PATH, content=b"\x1f\x8b", headers=headers), 415)


def test_the_longest_text_is_read_however_it_is_escaped(client: TestClient) -> None:
    text = "\N{OLD PERSIAN SIGN A}" * (TEXT_LIMIT - len(CLAUSE) - 1) + " " + CLAUSE
    raw = json.dumps({"text": text})  # two escapes of six bytes for each sign
    response = client.post(PATH, content=raw, headers={"Content-Type": "application/json"})
    (one,) = response.json()["citations"]
    assert one["span"] == [TEXT_LIMIT - len(CLAUSE), TEXT_LIMIT]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_count_what_was_sent(client: TestClient, form: str) -> None:
    marks = "🙂\u200b\u200f\0<b>"
    for one in found(client, marks + unicodedata.normalize(form, CLAUSE)):  # type: ignore[arg-type]
        assert (one["status"], one["span"][0]) == ("exact", len(marks))


@pytest.mark.parametrize(
    "piece", ["khoản 1, ", "điểm a ", "từ Điều 1 đến Điều 9 ", "Nghị quyết số ", "(", "19/2025/NQ-HĐND "]
)
def test_no_text_takes_long(client: TestClient, piece: str) -> None:
    text = (piece * TEXT_LIMIT)[:TEXT_LIMIT]
    began = time.perf_counter()
    response = client.post(PATH, json={"text": text})
    assert response.status_code == 200
    assert len(response.content) < 40_000_000
    assert time.perf_counter() - began < 10  # a second where nothing else runs


_WORDS = "điểm khoản Điều mục này đến từ và số của Quyết định 1 2 a đ V III 19/2025/NQ-HĐND ,".split()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                *"điểm khoản Điều mục này đến từ và số của Quyết định 1 2 a đ V III 19/2025/NQ-HĐND".split(),
                ",",
            ]
        )
        | st.text(max_size=8),
        max_size=40,
    )
)
def test_any_text_is_answered_as_described(client: TestClient, words: list[str]) -> None:
    found(client, " ".join(words).encode("utf-8", "replace").decode())


def test_the_whole_plan_and_one_citation_are_quick(
    client: TestClient, documents: Mapping[str, Document]
) -> None:
    """The bounds leave room for a machine that is busy with other tests."""

    def best_of(text: str, times: int) -> float:
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            assert client.post(PATH, json={"text": text}).json()["citations"]
            taken.append(time.perf_counter() - began)
        return min(taken)

    assert best_of(documents[PLAN].original, 4) < 0.6
    assert best_of(CLAUSE, 20) < 0.05
