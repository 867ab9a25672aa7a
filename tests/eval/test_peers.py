"""Rivals beside ours: scored by the same rule, each in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from corpus.document import PASSAGE_LIMIT, Document
from corpus.manifest import SHIPPED
from eval import peers
from eval.evidence import Gold
from eval.peer_methods import METHODS, OURS, Found, Job, prefixes
from eval.peer_worker import Measured, measure, measured
from eval.peers import (
    LONG_LIMIT,
    PeersError,
    PeersReport,
    compare,
    missing_modules,
    peers_json,
    render_peers,
    scored,
)
from eval.questions import Question

PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"
VISITORS = "Phấn đấu thu hút khoảng 4.700.000 lượt khách du lịch"
QUESTIONS = [
    Question("q1", "figure", "Đón bao nhiêu khách?", gold=(Gold(PLAN, (VISITORS,)),)),
    Question(
        "q2", "follow-up", "còn tổng thu?", gold=(Gold(PLAN, ("tổng thu từ du lịch",)),), history=("Khách?",)
    ),
    Question("q3", "unanswerable", "Giá vé máy bay?", unanswerable=True),
]
LONG = "Mục tiêu. " + VISITORS + " và" * 700


def done(**found: tuple[Found, ...]) -> Measured:
    """A run of 10 passages that took 2 s to index and 10, 20, 30 ms a question."""
    return Measured(10, 2.0, 300_000_000, (10.0, 20.0, 30.0), found)


def test_rivals_are_scored_by_the_rule_of_ours_and_apart_with_a_longer_limit() -> None:
    """q1 is met by a passage that is too long at rank 1 and by a short one at 2; q2 at rank 1."""
    assert PASSAGE_LIMIT < len(LONG) < LONG_LIMIT
    run = done(
        q1=(Found(PLAN, LONG), Found(PLAN, VISITORS)),
        q2=(Found(PLAN, "Tổng thu từ\ndu lịch đạt"),),
    )
    result = scored(QUESTIONS[:2], run)
    assert {name: value.mean for name, value in result.quality.items()} == {
        "hit@1": 0.5,
        "complete@5": 1.0,
        "complete@10": 1.0,
        "complete@2000": 0.5,  # the long one takes its room and earns nothing
        "MRR@10": 0.75,
    }
    assert {value.mean for value in result.quality_long.values()} == {1.0}
    assert (result.p50, result.p95, result.longest) == (20.0, 29.0, len(LONG))


def test_the_right_words_of_the_wrong_document_earn_nothing() -> None:
    run = done(q1=(Found(DECISION, VISITORS),), q2=())
    assert {value.mean for value in scored(QUESTIONS[:2], run).quality_long.values()} == {0.0}


def test_what_a_worker_writes_is_read_back_equal() -> None:
    run = done(q1=(Found(PLAN, VISITORS),), q2=())
    assert measured(json.loads(json.dumps(asdict(run)))) == run


def test_ratios_are_to_ours() -> None:
    ours = scored(QUESTIONS[:1], done(q1=(Found(PLAN, VISITORS),)))
    theirs = replace(
        scored(QUESTIONS[:1], done(q1=(Found(PLAN, "khác"), Found(PLAN, VISITORS)))),
        index_seconds=1.0,
        p50=50.0,
        peak_bytes=600_000_000,
    )
    report = PeersReport(
        2, 1, "e5", {OURS: ours, "llama-index": theirs}, {"langchain-bm25": "chưa cài rank_bm25"}, {}, 0.0
    )
    shown = render_peers(report)
    llama = [line for line in shown.splitlines() if line.startswith("LlamaIndex")]
    assert len(llama) == 3  # quality, quality with a longer limit, cost
    assert "50,0 [50–50] ×0,50" in llama[0]  # MRR
    assert "1,0 ×0,50" in llama[2] and "50,0 ×2,50" in llama[2] and "600 ×2,00" in llama[2]
    assert "LangChain BM25: không có kết quả (chưa cài rank_bm25)" in shown and "[peers]" in shown
    assert json.loads(json.dumps(peers_json(report)))["results"]["llama-index"]["p50"] == 50.0


def test_a_busy_machine_is_told() -> None:
    ours = scored(QUESTIONS[:1], done(q1=(Found(PLAN, VISITORS),)))
    quiet = PeersReport(2, 1, "e5", {OURS: ours}, {}, {}, 0.1)
    assert "đang bận" not in render_peers(quiet)
    assert "đang bận" in render_peers(replace(quiet, load=1.5))


def test_without_any_rival_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, documents: Mapping[str, Document]
) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda module: None)
    with pytest.raises(PeersError, match=r"pip install -e '\.\[peers\]'"):
        compare(QUESTIONS, documents, [SHIPPED], ("", "e5"), print)


def test_without_a_question_that_has_an_answer(
    monkeypatch: pytest.MonkeyPatch, documents: Mapping[str, Document]
) -> None:
    monkeypatch.setattr(peers, "missing_modules", lambda name: ())
    with pytest.raises(PeersError, match="không có câu nào có lời giải"):
        compare(QUESTIONS[2:], documents, [SHIPPED], ("", "e5"), print)


def test_prefixes_are_the_models_own(tmp_path: Path) -> None:
    assert prefixes(str(tmp_path)) == ("", "")
    assert prefixes("tên-trên-mạng") == ("", "")
    settings = {"prompts": {"query": "query: ", "passage": "passage: "}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    assert prefixes(str(tmp_path)) == ("query: ", "passage: ")


def needs(*names: str) -> pytest.MarkDecorator:
    """Skips, before any fixture is made, where the extra is not installed."""
    gone = [module for name in names for module in missing_modules(name)]
    return pytest.mark.skipif(
        bool(gone), reason=f"the extra `peers` is not installed: no {', '.join(dict.fromkeys(gone))}"
    )


# The frameworks warn of their own dependencies' ways.
theirs = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::UserWarning", "ignore::ResourceWarning"
)


@pytest.fixture(scope="session")
def model() -> tuple[str, str]:
    """The encoder of the settings in force, as folder or name, and what it goes by."""
    from retriever.bundled import bundled_model
    from ui.settings import Settings, quiet_environment

    quiet_environment()
    settings = Settings.read()
    folder = settings.model or str(bundled_model(settings.cache / "models"))
    return folder, settings.model or Path(folder).name


@pytest.fixture
def short(model: tuple[str, str], documents: Mapping[str, Document]) -> Job:
    """The beginning of the plan and one question."""
    text = documents[PLAN].original[:6000]
    return Job(*model, (str(SHIPPED),), ((PLAN, text),), (("q1", "Năm 2026 đón bao nhiêu lượt khách?"),))


@theirs
@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(name)) for name in METHODS if name != OURS])
def test_every_rival_finds_text_of_the_document(name: str, short: Job) -> None:
    run = measure(name, short)
    found = run.found["q1"]
    assert run.passages > 1 and 1 <= len(found) <= run.passages
    assert all(one.document == PLAN and one.text in short.documents[0][1] for one in found)
    assert len({one.text for one in found}) == len(found)
    assert run.index_seconds > 0 and len(run.milliseconds) == 1 and run.peak_bytes > 20_000_000


@theirs
@needs("langchain-dense", "llama-index")
def test_rivals_get_the_prefixes(short: Job) -> None:
    """The same vectors as our encoder's, so nobody is held back by a missing prefix."""
    from eval.peer_methods import LlamaIndexDefault, langchain_embeddings
    from retriever.encoder import SentenceTransformerEncoder

    ours = SentenceTransformerEncoder(short.model)
    query, passage = ours.queries(["khách du lịch"])[0], ours.passages(["khách du lịch"])[0]
    langchain, llama = langchain_embeddings(short.model), LlamaIndexDefault(short).embedding
    assert langchain.embed_query("khách du lịch") == pytest.approx(query, abs=1e-4)
    assert langchain.embed_documents(["khách du lịch"])[0] == pytest.approx(passage, abs=1e-4)
    assert llama.get_query_embedding("khách du lịch") == pytest.approx(query, abs=1e-4)
    assert llama.get_text_embedding("khách du lịch") == pytest.approx(passage, abs=1e-4)


@pytest.mark.slow
@needs("langchain-bm25")
def test_the_whole_comparison(model: tuple[str, str], documents: Mapping[str, Document]) -> None:
    said: list[str] = []
    report = compare(QUESTIONS, documents, [SHIPPED], model, said.append)
    assert next(iter(report.results)) == OURS and "langchain-bm25" in report.results
    assert report.questions == 2 and len(said) == len(report.results)
    assert report.results[OURS].quality["MRR@10"].n == 2
    assert report.results["langchain-bm25"].peak_bytes < report.results[OURS].peak_bytes
