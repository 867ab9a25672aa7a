"""What a user would otherwise write, each in the few lines it consists of, and ours beside it.

Every method gets the same encoder with its own prefixes. It loads its model when it is made, so that the
time of `index` is that of reading, cutting and encoding alone. The rivals get the documents' original text.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

K = 20  # passages a question
CHUNK, OVERLAP = 1000, 200  # characters: LangChain's tutorial


class Found(NamedTuple):
    """A passage as a reader would see it."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """What every method is given."""

    model: str  # folder of a sentence-transformers model, or its name
    model_name: str
    manifests: tuple[str, ...]  # ours reads the documents' files; later manifests override earlier ones
    documents: tuple[tuple[str, str], ...]  # the same as id and original text
    questions: tuple[tuple[str, str], ...]  # id and text


class Method(Protocol):
    """One way to retrieve. Making it loads its model."""

    def __init__(self, job: Job) -> None: ...

    def index(self) -> int:
        """Make ready for questions; returns the number of passages."""

    def find(self, question: str) -> list[Found]:
        """The K best passages, best first."""


class Ours:
    """hoidap as it is installed: documents to provisions to passages to an index on the disk, searched."""

    def __init__(self, job: Job) -> None:
        from retriever.encoder import SentenceTransformerEncoder
        from retriever.light_encoder import LightEncoder
        from retriever.transformer import exported

        self._manifests = [Path(file) for file in job.manifests]
        bundled = exported(Path(job.model)).is_file()
        self._encoder = SentenceTransformerEncoder(job.model, job.model_name, compiled=bundled)
        self._asking = LightEncoder(Path(job.model), job.model_name) if bundled else self._encoder
        self._asking.queries(["xin chào"])

    def index(self) -> int:
        from corpus.manifest import load
        from corpus.progress import silent
        from ingest.enrichments import enrichments
        from ingest.pipeline import read_all
        from retriever.index import build, open_index
        from retriever.search import Searcher

        self._folder = tempfile.TemporaryDirectory()
        root = Path(self._folder.name)
        entries = load(*self._manifests)
        documents, passages = read_all(entries)
        written, _ = enrichments(entries, documents, self._manifests[-1].parent)
        build(root, documents, passages, self._encoder, silent, enrichments=written)
        self._searcher = Searcher(open_index(root), self._asking)
        return len(self._searcher.index.passages)

    def find(self, question: str) -> list[Found]:
        hits = self._searcher.search(question, K).hits
        return [Found(hit.passage.document, hit.passage.text) for hit in hits]


class LangChainDense:
    """LangChain's tutorial: RecursiveCharacterTextSplitter, HuggingFaceEmbeddings, FAISS similarity."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._embeddings = langchain_embeddings(job.model)
        self._embeddings.embed_query("xin chào")

    def index(self) -> int:
        from langchain_community.vectorstores import FAISS

        chunks = _langchain_chunks(self._job)
        self._store = FAISS.from_documents(chunks, self._embeddings)
        return len(chunks)

    def find(self, question: str) -> list[Found]:
        return _from_langchain(self._store.similarity_search(question, k=K))


class LangChainBm25:
    """LangChain's BM25Retriever over the same chunks, as it comes."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def index(self) -> int:
        from langchain_community.retrievers import BM25Retriever

        chunks = _langchain_chunks(self._job)
        self._retriever = BM25Retriever.from_documents(chunks, k=K)
        return len(chunks)

    def find(self, question: str) -> list[Found]:
        return _from_langchain(self._retriever.invoke(question))


class LangChainEnsemble:
    """LangChain's EnsembleRetriever of the two above, in equal parts."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._embeddings = langchain_embeddings(job.model)
        self._embeddings.embed_query("xin chào")

    def index(self) -> int:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS

        chunks = _langchain_chunks(self._job)
        dense = FAISS.from_documents(chunks, self._embeddings).as_retriever(search_kwargs={"k": K})
        lexical = BM25Retriever.from_documents(chunks, k=K)
        self._retriever = EnsembleRetriever(retrievers=[lexical, dense], weights=[0.5, 0.5])
        return len(chunks)

    def find(self, question: str) -> list[Found]:
        return _from_langchain(self._retriever.invoke(question))[:K]


class LlamaIndexDefault:
    """LlamaIndex's VectorStoreIndex with its default splitter (sentences up to 1,024 tokens)."""

    def __init__(self, job: Job) -> None:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self._documents = job.documents
        query, passage = prefixes(job.model)
        self.embedding = HuggingFaceEmbedding(
            model_name=job.model, query_instruction=query, text_instruction=passage, device="cpu"
        )
        self.embedding.get_query_embedding("xin chào")

    def index(self) -> int:
        from llama_index.core import Document, VectorStoreIndex

        documents = [
            Document(text=text, metadata={"document": name}, excluded_embed_metadata_keys=["document"])
            for name, text in self._documents
        ]
        index = VectorStoreIndex.from_documents(documents, embed_model=self.embedding)
        self._retriever = index.as_retriever(similarity_top_k=K)
        return len(index.docstore.docs)

    def find(self, question: str) -> list[Found]:
        nodes = self._retriever.retrieve(question)
        return [Found(one.node.metadata["document"], one.node.get_content()) for one in nodes]


@dataclass(frozen=True, slots=True)
class Offer:
    """A method by the name it is shown under, and the modules it needs beyond ours."""

    shown: str
    make: Callable[[Job], Method]
    needs: tuple[str, ...] = ()


_LANGCHAIN = ("langchain_community", "langchain_text_splitters")
OURS = "hoidap"
METHODS: Mapping[str, Offer] = {
    OURS: Offer("hoidap", Ours),
    "langchain-dense": Offer("LangChain RAG", LangChainDense, (*_LANGCHAIN, "langchain_huggingface")),
    "langchain-bm25": Offer("LangChain BM25", LangChainBm25, (*_LANGCHAIN, "rank_bm25")),
    "langchain-ensemble": Offer(
        "LangChain Ensemble",
        LangChainEnsemble,
        (*_LANGCHAIN, "langchain_huggingface", "rank_bm25", "langchain_classic"),
    ),
    "llama-index": Offer(
        "LlamaIndex", LlamaIndexDefault, ("llama_index.core", "llama_index.embeddings.huggingface")
    ),
}


def prefixes(model: str) -> tuple[str, str]:
    """What the model wants before a question and before a passage, as its own settings say."""
    settings = Path(model) / "config_sentence_transformers.json"
    prompts = json.loads(settings.read_text("utf-8")).get("prompts", {}) if settings.is_file() else {}
    return prompts.get("query", ""), prompts.get("passage", "")


def langchain_embeddings(model: str) -> Any:
    """LangChain's embeddings, a model whose prompts are given by hand as its users have to."""
    from langchain_huggingface import HuggingFaceEmbeddings

    query, passage = prefixes(model)
    return HuggingFaceEmbeddings(
        model_name=model,
        model_kwargs={"device": "cpu"},
        encode_kwargs={"prompt": passage},
        query_encode_kwargs={"prompt": query},
    )


def _langchain_chunks(job: Job) -> list[Any]:
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    documents = [Document(page_content=text, metadata={"document": name}) for name, text in job.documents]
    chunks: list[Any] = splitter.split_documents(documents)
    return chunks


def _from_langchain(documents: Sequence[Any]) -> list[Found]:
    return [Found(document.metadata["document"], document.page_content) for document in documents]
