"""The retriever and the chain as LangChain sees them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from corpus.errors import QuestionError
from retriever.langchain import ProvisionRetriever, to_documents

if TYPE_CHECKING:
    from answer.pipeline import Answerer

PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
FOREST = "Tỷ lệ che phủ rừng?"


@pytest.fixture(scope="module")
def retriever(answerer: Answerer) -> ProvisionRetriever:
    return ProvisionRetriever(searcher=answerer.searcher, k=4)


def test_it_is_a_retriever_and_a_runnable(retriever: ProvisionRetriever) -> None:
    assert isinstance(retriever, BaseRetriever)
    assert isinstance(retriever, Runnable)


def test_invoke_gives_the_hits_of_the_search(retriever: ProvisionRetriever) -> None:
    found = retriever.invoke(PARKS)
    hits = retriever.searcher.search(PARKS, 4).hits
    assert [document.page_content for document in found] == [hit.passage.text for hit in hits]
    assert [document.id for document in found] == [hit.passage.id for hit in hits]
    for document, hit in zip(found, hits, strict=True):
        plain = {key: value for key, value in document.metadata.items() if key != "result"}
        assert plain == {
            "document": hit.passage.document,
            "address": hit.passage.address.permalink,
            "citation": hit.passage.citation,
            "score": pytest.approx(hit.score),
        }
        json.dumps(plain)  # plain values, for anyone's chain
        assert len(document.metadata["result"].hits) == 4


def test_batch_gives_a_list_a_question(retriever: ProvisionRetriever) -> None:
    together = retriever.batch([PARKS, FOREST])
    assert [[document.id for document in found] for found in together] == [
        [document.id for document in retriever.invoke(question)] for question in (PARKS, FOREST)
    ]


def test_it_may_be_awaited(retriever: ProvisionRetriever) -> None:
    found = asyncio.run(retriever.ainvoke(PARKS))
    assert [document.id for document in found] == [document.id for document in retriever.invoke(PARKS)]


def test_it_stands_in_a_chain(retriever: ProvisionRetriever) -> None:
    chain = (
        RunnableLambda(str.strip) | retriever | RunnableLambda(lambda found: found[0].metadata["citation"])
    )
    assert "khoản 2" in chain.invoke(f"  {PARKS} ")


def test_a_bad_question_stays_our_error(retriever: ProvisionRetriever) -> None:
    with pytest.raises(QuestionError):
        retriever.invoke("")


def test_no_hits_no_documents(retriever: ProvisionRetriever) -> None:
    assert to_documents(retriever.searcher.search(PARKS, 0)) == []
