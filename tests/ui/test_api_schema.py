"""/v1/openapi.json: tried out by schemathesis, and every example in it is what the server says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import BaseModel
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.ui.listening import listening
from ui.api_results import AnswerLine, Completion, FoundCitations, OneProvision, SearchLine, WholeDocument
from ui.openapi import examples

# Every operation: how often it is tried with what fits its description, and with what does not, where
# something can be sent.
OPERATIONS = {
    "GET /healthz": (1, 0),
    "GET /metrics": (1, 0),
    "GET /readyz": (1, 0),
    "GET /v1/documents": (10, 10),
    "GET /v1/documents/{document}": (15, 10),
    "GET /v1/documents/{document}/{address}": (25, 15),
    "GET /v1/models": (1, 0),
    "GET /v1/models/{name}": (5, 0),
    "GET /v1/widget/integrity.json": (1, 0),
    "POST /v1/ask": (25, 25),
    "POST /v1/chat/completions": (25, 25),
    "POST /v1/citations": (60, 60),
    "POST /v1/search": (25, 25),
}
TRIED = [
    (label, mode, times)
    for label, both in OPERATIONS.items()
    for mode, times in zip((GenerationMode.POSITIVE, GenerationMode.NEGATIVE), both, strict=True)
    if times
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]


@pytest.fixture(scope="module")
def operations(app: FastAPI) -> dict[str, APIOperation[Any, Any, Any, Any]]:
    """Every operation, as schemathesis reads it."""
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app, headers={"Host": "localhost"})
    read = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return {operation.label: operation for operation in read}


def test_every_operation_is_tried(operations: dict[str, APIOperation[Any, Any, Any, Any]]) -> None:
    assert sorted(operations) == sorted(OPERATIONS)


@pytest.mark.parametrize(("label", "mode", "times"), TRIED)
def test_nothing_that_is_sent_breaks_the_server(
    operations: dict[str, APIOperation[Any, Any, Any, Any]], label: str, mode: GenerationMode, times: int
) -> None:
    """Whatever fits the description, and whatever does not."""
    checks = [*CHECKS, *([negative_data_rejection] if mode is GenerationMode.NEGATIVE else [])]

    @settings(
        max_examples=times,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operations[label].as_strategy(generation_mode=mode))
    def tried(case: Case[Any]) -> None:
        case.call_and_validate(base_url="http://localhost", checks=checks)

    tried()


# --- the examples -------------------------------------------------------------------------------

FORMS: dict[str, type[BaseModel]] = {
    "ask": AnswerLine,
    "chat_completions": Completion,
    "citations": FoundCitations,
    "document": WholeDocument,
    "provision": OneProvision,
    "search": SearchLine,
}
CHANGING = {"created", "id", "latency_ms", "score", "serves", "integrity", "file", "confidence", "passages"}


def test_every_operation_has_an_example_of_all_that_it_takes_and_gives(client: TestClient) -> None:
    for path, operations in client.get("/v1/openapi.json").json()["paths"].items():
        for operation in operations.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                assert "example" in content, path
            assert all("example" in each for each in operation.get("parameters", ()) if each["in"] == "path")
            shown = operation["responses"]["200"]["content"]
            assert any("example" in each for each in shown.values()), path
            assert operation["summary"], path


def test_errors_are_described_as_they_are_sent(client: TestClient) -> None:
    schema = client.get("/v1/openapi.json").json()
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"]
    assert schema["info"]["title"].startswith("Hỏi đáp")
    assert "HTTPValidationError" not in schema["components"]["schemas"]


@pytest.mark.parametrize("name", sorted(examples()))
def test_an_example_is_what_the_server_says(client: TestClient, app: FastAPI, name: str) -> None:
    example = examples()[name]
    for content, shown in example["response"].items():
        said = _said(client, app, name, example.get("request"), content)
        if content == "application/json":
            if name in FORMS:
                FORMS[name].model_validate(shown)
            _same(shown, said.json())
        elif content == "text/event-stream":
            _same(_events(shown), _events(said.text))
        else:
            assert shown.split("{")[0] in said.text


def _said(client: TestClient, app: FastAPI, name: str, request: object, content: str) -> Any:
    path = app.url_path_for(name, **examples()[name].get("path", {}))
    headers = {"Accept": content, "Host": "127.0.0.1:7860"}
    if request is not None:
        return client.post(path, json=request, headers=headers)
    return client.get(path, headers=headers)


def _same(shown: Any, said: Any) -> None:
    """An example may leave out items of a list, never a key, and says nothing of its own."""
    if isinstance(shown, dict):
        assert list(shown) == list(said)
        for key in shown.keys() - CHANGING:
            _same(shown[key], said[key])
    elif isinstance(shown, list) and shown and isinstance(shown[0], str):
        assert len(shown) == len(said)
        for line, other in zip(shown, said, strict=True):
            _same(line, other)
    elif isinstance(shown, list) and shown and isinstance(shown[0], dict):
        for each in shown:
            _same(each, next(one for one in said if _marked(one) == _marked(each)))
    else:
        assert shown == said


def _events(text: str) -> list[Any]:
    """The lines of a stream of events, data as values."""
    return [
        json.loads(line.removeprefix("data: ")) if line.startswith("data: {") else line
        for line in text.split("\n")
    ]


def _marked(value: dict[str, Any]) -> tuple[object, ...]:
    """What tells the items of a list apart."""
    return tuple(value.get(key) for key in ("span", "permalink", "place", "page", "n", "index", "text"))


def test_the_commands_and_the_program_of_the_docs_work(app: FastAPI) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    with listening(app) as url:
        for language, block in re.findall(r"```(sh|python)\n(.+?)```", page, re.DOTALL):
            told = block.replace("http://127.0.0.1:7860", url)
            run = [sys.executable, "-c", told] if language == "python" else ["bash", "-ec", told]
            said = subprocess.run(run, capture_output=True, text=True, timeout=60, check=True).stdout
            assert "khu công nghiệp" in said or "lượt khách" in said
            assert "urn:hoidap:problem" not in said
