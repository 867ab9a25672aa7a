"""The whole system as LangChain and LangGraph see it, and the example that the documentation gives."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import Runnable, RunnableLambda
from langgraph.graph import END, START, StateGraph

from answer.answer import Answer, Status
from answer.runnable import AnswerRunnable, Asked
from corpus.errors import QuestionError
from ui import opening

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DOCS = Path(__file__).parents[2] / "docs" / "langchain.md"
PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
OFFICE = "Sở Tài chính làm gì?"
TOLLS = "Phí cầu đường cao tốc qua Lạng Sơn hết bao nhiêu?"


@pytest.fixture(scope="module")
def runnable(answerer: Answerer) -> AnswerRunnable:
    return AnswerRunnable(answerer)


def same(one: Answer, other: Answer) -> bool:
    return (one.question, one.status, one.sentences, one.citations, one.note) == (
        other.question,
        other.status,
        other.sentences,
        other.citations,
        other.note,
    )


def test_invoke(runnable: AnswerRunnable) -> None:
    assert isinstance(runnable, Runnable)
    assert same(runnable.invoke(PARKS), runnable.answerer.answer(PARKS))


def test_a_question_after_others(runnable: AnswerRunnable) -> None:
    asked: Asked = {"question": "còn sau năm 2030 thì sao?", "history": [PARKS]}
    assert same(runnable.invoke(asked), runnable.answerer.answer(asked["question"], [PARKS]))


def test_batch(runnable: AnswerRunnable) -> None:
    parks, tolls = runnable.batch([PARKS, TOLLS])
    assert (parks.status, tolls.status) == (Status.ANSWERED, Status.NOT_FOUND)


def test_stream_grows(runnable: AnswerRunnable) -> None:
    growing = list(runnable.stream(OFFICE))
    assert [each.sentences for each in growing] == [
        each.sentences for each in runnable.answerer.stream(OFFICE)
    ]
    assert same(growing[-1], runnable.invoke(OFFICE))


def test_awaited(runnable: AnswerRunnable) -> None:
    async def ask() -> tuple[Answer, list[Answer], list[Answer]]:
        one, batch = await asyncio.gather(runnable.ainvoke(OFFICE), runnable.abatch([PARKS, TOLLS]))
        return one, batch, [answer async for answer in runnable.astream(OFFICE)]

    one, batch, growing = asyncio.run(ask())
    assert same(one, runnable.invoke(OFFICE))
    assert [each.status for each in batch] == [Status.ANSWERED, Status.NOT_FOUND]
    assert [each.sentences for each in growing] == [each.sentences for each in runnable.stream(OFFICE)]


def test_it_stands_in_a_chain(runnable: AnswerRunnable) -> None:
    chain = RunnableLambda(str.strip) | runnable | RunnableLambda(lambda answer: answer.text)
    assert chain.invoke(f" {PARKS} ") == runnable.invoke(PARKS).text
    assert list(chain.stream(PARKS))[-1] == runnable.invoke(PARKS).text


def test_it_is_a_node_of_a_graph(runnable: AnswerRunnable) -> None:
    class State(TypedDict):
        question: str
        answer: str

    graph = StateGraph(State)
    asking = RunnableLambda(lambda state: state["question"]) | runnable
    graph.add_node("ask", asking | RunnableLambda(lambda answer: {"answer": answer.text}))
    graph.add_edge(START, "ask")
    graph.add_edge("ask", END)
    asked: Any = {"question": PARKS}
    assert graph.compile().invoke(asked)["answer"] == runnable.invoke(PARKS).text


def test_callbacks_hear_of_it(runnable: AnswerRunnable) -> None:
    class Heard(BaseCallbackHandler):
        def __init__(self) -> None:
            self.retrieved: list[str] = []

        def on_retriever_start(self, serialized: object, query: str, **about: object) -> None:
            self.retrieved.append(query)

    heard = Heard()
    runnable.invoke(PARKS, {"callbacks": [heard]})
    assert heard.retrieved == [PARKS]


def test_a_bad_question_stays_our_error(runnable: AnswerRunnable) -> None:
    with pytest.raises(QuestionError):
        runnable.invoke("")
    with pytest.raises(QuestionError):
        list(runnable.stream(""))


@pytest.mark.parametrize(
    "code", re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
)
def test_the_documented_example_runs(
    code: str, answerer: Answerer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "open_answerer", lambda settings: answerer)  # the real one, opened once
    exec(compile(code, str(DOCS), "exec"), {"__name__": "example"})
    printed = capsys.readouterr().out
    assert re.search(r"khu công nghiệp|che phủ rừng", printed)
    assert "[1]" in printed


def test_the_documented_example_is_short() -> None:
    first = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[0]
    assert len([line for line in first.splitlines() if line.strip()]) <= 10
