"""Answers that a language model writes, at every door: the command, the page, the API, the settings."""

from __future__ import annotations

import gc
import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from langchain_core.exceptions import ContextOverflowError, ModelAPIError, ModelConnectionError, ModelError

from answer.answer import Answer
from corpus.document import corrected
from corpus.errors import SettingsError
from tests.data.openai_server import Reply, Server, refusal, serving, streamed
from ui import opening
from ui.cli import main
from ui.language_model import Endpoint, chat_model
from ui.render import answer_html, corpus_html
from ui.road import road
from ui.running_server import serving as serving_word
from ui.settings import Settings

if TYPE_CHECKING:
    from answer.pipeline import Answerer

VISITORS = "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"
TOLLS = "Phí cầu đường cao tốc qua Lạng Sơn hết bao nhiêu?"
WROTE, QUOTED = "Mô hình m viết theo các điều khoản được dẫn", "Trích nguyên văn từ văn bản."
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def truth(answerer: Answerer) -> str:
    first = answerer.answer(VISITORS).sentences[0]
    return corrected(first.text, first.corrections)


@pytest.fixture(scope="module")
def server(truth: str) -> Iterator[Server]:
    """A model that says one true sentence, whatever it is asked."""
    said = {"sentences": [{"text": truth, "citations": [1]}], "complete": True}
    with serving(lambda request, count: streamed([json.dumps(said, ensure_ascii=False)])) as server:
        yield server


@pytest.fixture
def opened(answerer: Answerer, server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The commands use the index that is open already, and the model of `server`."""
    monkeypatch.setattr(opening, "open_answerer", lambda settings: answerer)
    monkeypatch.setenv("HOIDAP_LLM", f"{server.url}#m")
    return server


# --- the command --------------------------------------------------------------------------------


def test_ask_says_who_wrote_it(opened: Server, truth: str, capsys: Captured) -> None:
    assert main(["ask", "--local", VISITORS]) == 0
    out = capsys.readouterr().out
    assert f"{truth} [1]" in out
    assert WROTE in out
    assert QUOTED not in out


def test_ask_without_a_model_says_so(
    opened: Server, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.delenv("HOIDAP_LLM")
    assert main(["ask", "--local", VISITORS]) == 0
    assert QUOTED in capsys.readouterr().out


def test_ask_as_json_names_the_model(opened: Server, truth: str, capsys: Captured) -> None:
    assert main(["ask", "--local", "--json", VISITORS]) == 0
    answer = json.loads(capsys.readouterr().out)["answer"]
    assert answer["written_by"] == "m"
    assert [each["text"] for each in answer["sentences"]] == [truth]


def test_a_model_that_is_away_is_no_error(
    opened: Server, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with serving(lambda request, count: refusal(500)) as broken:
        monkeypatch.setenv("HOIDAP_LLM", f"{broken.url}#m")
        assert main(["ask", "--local", VISITORS]) == 0
    out = capsys.readouterr().out
    assert "Mô hình ngôn ngữ hiện không dùng được" in out
    assert QUOTED in out


def test_what_is_not_found_is_not_asked(opened: Server, capsys: Captured) -> None:
    before = len(opened.requests)
    assert main(["ask", "--local", TOLLS]) == 3
    assert len(opened.requests) == before
    out = capsys.readouterr().out
    assert WROTE not in out
    assert QUOTED not in out


def test_a_setting_that_names_no_model(
    opened: Server, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("HOIDAP_LLM", "qwen3")
    assert main(["ask", "--local", VISITORS]) == 78
    assert "HOIDAP_LLM không đúng dạng" in capsys.readouterr().err


def test_eval_llm(opened: Server, tmp_path: Path, capsys: Captured) -> None:
    questions = tmp_path / "q.jsonl"
    gold = [{"document": "kh-du-lich-cvdc-2026", "quotes": ["khoảng 4.700.000 lượt khách du lịch"]}]
    lines = [
        {"id": "q1", "kind": "figure", "question": VISITORS, "gold": gold},
        {"id": "q2", "kind": "unanswerable", "question": TOLLS, "gold": [], "unanswerable": True},
    ]
    questions.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), "utf-8")
    assert main(["eval", "llm", "--json", "--questions", str(questions)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["questions"], found["refused"], found["written"], found["sentences"]) == (2, 1, 1, 1)
    assert found["unsupported"] == []


def test_eval_llm_without_a_model(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.delenv("HOIDAP_LLM", raising=False)
    assert main(["eval", "llm"]) == 78
    assert "HOIDAP_LLM" in capsys.readouterr().err


# --- the page and the API -----------------------------------------------------------------------


def test_the_api(opened: Server, settings: Settings, truth: str) -> None:
    from ui.api import create_app

    own = replace(settings, llm=f"{opened.url}#m")
    with opening.open_writing_answerer(own) as writing:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # Gradio leaves event loops open
            app = create_app(writing, own)
            gc.collect()
        with TestClient(app, base_url="http://127.0.0.1") as client:
            answer = client.post("/v1/ask", json={"question": VISITORS}).json()["answer"]
            page = client.get("/config").text
    assert answer["written_by"] == "m"
    assert answer["sentences"][0]["text"] == truth
    assert "bằng chính lời văn" not in page
    assert "không rời khỏi máy này" in page  # the model is on this machine


def test_the_page_says_who_wrote_it(answerer: Answerer) -> None:
    quoted = answerer.answer(VISITORS)
    written = replace(quoted, written_by="<b>m</b>")
    documents = answerer.index.documents
    assert QUOTED in answer_html(quoted, documents, "k")
    assert "&#60;b&#62;m" in answer_html(written, documents, "k")
    assert "hd-road" not in answer_html(written, documents, "k", complete=False)
    assert road(Answer("?", answerer.answer(TOLLS).status)) == ""


def test_the_page_says_where_questions_go(answerer: Answerer) -> None:
    held = answerer.index.documents.values()
    assert "không rời khỏi máy này" in corpus_html(held)
    away = corpus_html(held, "m (may.vn)")
    assert "không rời khỏi máy này" not in away
    assert "được gửi tới mô hình m &#40;may.vn&#41; ở ngoài máy này" in away


def test_a_model_elsewhere_is_named_with_its_host(answerer: Answerer, settings: Settings) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "open_answerer", lambda settings: answerer)
        with opening.open_writing_answerer(replace(settings, llm="http://10.0.0.5:8080/v1#m")) as writing:
            assert writing.writer is not None
            assert (writing.writer.name, writing.writer.host) == ("m (10.0.0.5)", "10.0.0.5")


# --- settings and the server's protocol ---------------------------------------------------------


def test_how_long_a_reader_waits(tmp_path: Path) -> None:
    own = {"HOIDAP_DATA": str(tmp_path)}
    assert Settings.read(own).llm_answer_seconds == 60
    assert Settings.read(own | {"HOIDAP_LLM_ANSWER_SECONDS": "20"}).llm_answer_seconds == 20
    (tmp_path / "settings.toml").write_text("llm_answer_seconds = 30\n")
    assert Settings.read(own).llm_answer_seconds == 30
    with pytest.raises(SettingsError, match="HOIDAP_LLM_ANSWER_SECONDS"):
        Settings.read(own | {"HOIDAP_LLM_ANSWER_SECONDS": "1"})


def test_a_server_with_another_language_model_says_something_else(settings: Settings) -> None:
    assert serving_word("x", settings) != serving_word("x", replace(settings, llm="ollama:qwen3"))


def event(data: str) -> Reply:
    return Reply(f"data: {data}\n\n", headers={"Content-Type": "text/event-stream"})


@pytest.mark.parametrize("by_schema", [True, False])
@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (event("{broken"), ModelAPIError),
        (event('{"error": {"message": "x"}}'), ModelError),
        (streamed(["a"], finish="length"), ContextOverflowError),
        (streamed(["a"], finish=None, cut=True), ModelConnectionError),
        (refusal(500), ModelAPIError),
    ],
)
def test_every_fault_of_a_stream_is_a_model_error(
    reply: Reply, error: type[Exception], by_schema: bool
) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
    options: dict[str, Any] = {"response_format": form} if by_schema else {}
    with (
        serving(lambda request, count: reply) as server,
        chat_model(Endpoint(server.url, "m"), None, 5, retries=0) as model,
        pytest.raises(error),
    ):
        list(model.bind(**options).stream("xin chào"))
