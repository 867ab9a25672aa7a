"""The retriever as a LangChain BaseRetriever: the framework stays at the edge."""

from __future__ import annotations

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retriever.search import Searcher, SearchResult


class ProvisionRetriever(BaseRetriever):
    """Passages as LangChain documents.

    `page_content` is the passage as a reader sees it. `metadata` holds plain values (`document`, `address`,
    `citation`, `score`) for anyone's chain, and `result`, the whole SearchResult, for ours.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 20
    as_of: date | None = None  # only documents that may be in force that day

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return to_documents(self.searcher.search(query, self.k, self.as_of))


def to_documents(result: SearchResult) -> list[Document]:
    """The hits of a search as LangChain documents, best first."""
    return [
        Document(
            page_content=hit.passage.text,
            id=hit.passage.id,
            metadata={
                "document": hit.passage.document,
                "address": str(hit.passage.address),
                "citation": hit.passage.citation,
                "score": hit.score,
                "result": result,
            },
        )
        for hit in result.hits
    ]
