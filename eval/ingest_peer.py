"""LangChain's way from a folder of PDF files to an index, in a process of its own.

`python -m eval.ingest_peer ENCODER FOLDER MODEL NAME OUT`: PyPDFLoader, RecursiveCharacterTextSplitter,
FAISS, with HuggingFaceEmbeddings (ENCODER "theirs") or with our encoder behind LangChain's interface
("ours"). The index is saved below OUT, the seconds of each step in OUT/seconds.json.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.peer_methods import CHUNK, OVERLAP, langchain_embeddings


def main(arguments: Sequence[str]) -> None:
    """ENCODER FOLDER MODEL NAME OUT."""
    os.environ.update(HF_HUB_OFFLINE="1", LANGSMITH_TRACING="false", LANGCHAIN_TRACING_V2="false")
    encoder, folder, model, name, out = arguments
    from langchain_community.document_loaders import PyPDFLoader
    from langchain_community.vectorstores import FAISS
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    began = time.perf_counter()
    pages = [page for file in sorted(Path(folder).glob("*.pdf")) for page in PyPDFLoader(str(file)).load()]
    read = time.perf_counter()
    chunks = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP).split_documents(pages)
    embeddings = langchain_embeddings(model) if encoder == "theirs" else _our_embeddings(model, name)
    store = FAISS.from_documents(chunks, embeddings)
    store.save_local(out)
    seconds = {
        "read": read - began,
        "index": time.perf_counter() - read,
        "passages": len(chunks),
        "characters": sum(len(chunk.page_content) for chunk in chunks),
    }
    (Path(out) / "seconds.json").write_text(json.dumps(seconds), encoding="utf-8")


def _our_embeddings(model: str, name: str) -> Any:
    from langchain_core.embeddings import Embeddings

    from retriever.encoder import SentenceTransformerEncoder

    encoder = SentenceTransformerEncoder(model, name, compiled=True)

    class Ours(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encoder.passages(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = encoder.queries([text])[0].tolist()
            return vector

    return Ours()


if __name__ == "__main__":
    main(sys.argv[1:])
