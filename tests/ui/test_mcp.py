"""The MCP server over both transports, spoken to by the official client."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, TextContent, TextResourceContents

from corpus.document import Document
from retriever.lookup import Lookup
from retriever.validity import Validities
from tests.ui.listening import listening
from tests.ui.mcp_alone import HELLO, mcp_alone
from ui.citations import as_json, citations_value
from ui.mcp_http import PATH
from ui.mcp_server import mcp_server
from ui.mcp_tools import Tools

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings

PARKS = "khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch tỉnh"
QUESTION = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
DECISION = "qd-dieu-chinh-quy-hoach-2026"
DIGEST = "nq-19-2025-nq-hdnd"
TOOLS = ["search_provisions", "lookup_citation", "validate_citations", "get_document", "ask"]
LOADED = "import sys; print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"

Session = Callable[[Callable[[Client], Awaitable[None]]], None]


@pytest.fixture(scope="module")
def http(answerer: Answerer, settings: Settings) -> Iterator[str]:
    """The address of a server over the same index."""
    with listening(mcp_alone(answerer, settings)) as address:
        yield f"{address}{PATH}"


@pytest.fixture(scope="module")
def stdio(settings: Settings) -> StdioServerParameters:
    """A client's settings for `hoidap mcp`, over the index of these tests."""
    env = {**os.environ, "HOIDAP_DATA": str(settings.data), "HOIDAP_CACHE": str(settings.cache)}
    return StdioServerParameters(command=sys.executable, args=["-m", "ui.cli", "mcp"], env=env)


@pytest.fixture(params=["stdio", "http"])
def session(request: pytest.FixtureRequest) -> Session:
    """Runs a conversation of the official client with the server, over each transport."""

    def converse(talk: Callable[[Client], Awaitable[None]]) -> None:
        async def whole() -> None:
            async with Client(request.getfixturevalue(request.param)) as client:
                await talk(client)

        request.getfixturevalue("settings")
        anyio.run(whole)

    return converse


def value(result: CallToolResult) -> Any:
    """What a tool said, the same as text and as structure."""
    assert not result.is_error, result.content
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert json.loads(content.text) == result.structured_content
    assert "\\u" not in content.text
    return result.structured_content


def error(result: CallToolResult) -> str:
    assert result.is_error
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_the_tools_say_what_they_are_for(session: Session) -> None:
    async def talk(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == TOOLS
        for tool in tools:
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert not tool.annotations.destructive_hint
            assert tool.title
            assert len(tool.description or "") > 200
            assert all(each.get("description") for each in tool.input_schema["properties"].values())
        assert client.instructions
        assert "KHÔNG phải lời văn chính thức" in client.instructions

    session(talk)


def test_a_citation_is_the_object_of_the_api(session: Session, documents: Mapping[str, Document]) -> None:
    lookup = Lookup(documents)
    expected = citations_value(PARKS, lookup, Validities(documents, lookup), documents, date(2026, 11, 1))

    async def talk(client: Client) -> None:
        asked = {"citation": PARKS, "as_of": "2026-11-01"}
        assert value(await client.call_tool("lookup_citation", asked)) == expected
        (entry,) = value(await client.call_tool("lookup_citation", {"citation": "trời đẹp"}))["citations"]
        assert entry["status"] == "unreadable"
        here = f"/documents/{DECISION}/dieu-1"
        asked = {"citation": "mục V Điều này", "here": here}
        (entry,) = value(await client.call_tool("lookup_citation", asked))["citations"]
        assert entry["address"] == "dieu-1/muc-v"

    session(talk)


def test_a_text_is_judged_citation_by_citation(session: Session) -> None:
    text = f"Căn cứ {PARKS}; 236/QĐ-TTg; điểm g {PARKS}; Nghị quyết số 19/2025/NQ-HĐND."

    async def talk(client: Client) -> None:
        found = value(await client.call_tool("validate_citations", {"text": text}))
        verdicts = found["citations"]
        statuses = [one["status"] for one in verdicts]
        assert statuses == ["exact", "mentioned", "document_only", "text_not_held"]
        assert found["by_status"] == dict.fromkeys(statuses, 1)
        assert (found["found"], found["left_out"]) == (4, 0)
        assert all(text[slice(*one["span"])] == one["text"] for one in verdicts)
        assert not any("provision" in one for one in verdicts)
        assert verdicts[3]["kind"] == "digest"
        many = value(await client.call_tool("validate_citations", {"text": "236/QĐ-TTg; " * 600}))
        assert (len(many["citations"]), many["left_out"]) == (200, 400)
        assert value(await client.call_tool("validate_citations", {"text": "Trời đẹp."}))["found"] == 0

    session(talk)


def test_a_document_is_read_part_by_part(session: Session, documents: Mapping[str, Document]) -> None:
    async def talk(client: Client) -> None:
        found = value(await client.call_tool("get_document", {"document": DECISION}))
        assert found["name"] == documents[DECISION].metadata.short_name
        assert found["kind"] == "unnumbered_copy"
        assert "dieu-1/muc-v" in [one["address"] for one in found["outline"]]
        assert any("236/QĐ-TTg" in one["name"] for one in found["relations"])
        text, offset = "", 0
        while offset is not None:
            asked = {"document": DECISION, "address": "dieu-1", "offset": offset}
            part = value(await client.call_tool("get_document", asked))
            assert len(part["text"]) <= 20_000
            text, offset = text + part["text"], part["next_offset"]
        assert text == documents[DECISION].by_address["dieu-1"].full_text
        assert part["children"][0]["address"] == "dieu-1/muc-i"
        link = {"document": DECISION, "address": f"/documents/{DECISION}/dieu-1/muc-v/khoan-2"}
        assert "08 khu công nghiệp" in value(await client.call_tool("get_document", link))["text"]
        named = value(await client.call_tool("get_document", {"document": "Nghị quyết 19/2025/NQ-HĐND"}))
        assert (named["id"], named["kind"]) == (DIGEST, "digest")
        assert "không phải lời văn chính thức" in named["caveat"]

    session(talk)


def test_search_and_answers(session: Session) -> None:
    async def talk(client: Client) -> None:
        found = value(await client.call_tool("search_provisions", {"query": QUESTION, "limit": 3}))
        assert [one["rank"] for one in found["passages"]] == [1, 2, 3]
        assert "08 khu công nghiệp" in found["passages"][0]["text"]
        assert found["passages"][0]["permalink"].startswith(f"/documents/{DECISION}/")
        said = value(await client.call_tool("ask", {"question": QUESTION}))
        assert said["status"] == "answered"
        numbers = {one["n"] for one in said["citations"]}
        assert all(set(one["citations"]) <= numbers and one["citations"] for one in said["sentences"])
        assert all(one["caveat"] and "bản chưa ghi số" in one["citation"] for one in said["citations"])
        more = {"question": "Còn sau năm 2030?", "history": [QUESTION]}
        assert "11 khu công nghiệp" in value(await client.call_tool("ask", more))["text"]
        nothing = value(await client.call_tool("ask", {"question": "giá vé máy bay đi Tokyo"}))
        assert nothing["status"] in ("not_found", "out_of_scope")
        assert nothing["sentences"] == []

    session(talk)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("lookup_citation", {}, "citation còn thiếu"),
        ("lookup_citation", {"citation": " "}, "Chưa có trích dẫn"),
        ("lookup_citation", {"citation": "a" * 2001}, "dài quá 2000 ký tự"),
        ("lookup_citation", {"citation": PARKS, "here": "/documents/khong-co"}, "Không có văn bản"),
        ("validate_citations", {"text": "a" * 64_001}, "dài quá 64000 ký tự, hãy gửi từng phần"),
        ("validate_citations", {"text": 5}, "text không đúng kiểu"),
        ("validate_citations", {"text": "a", "as_of": "hôm nay"}, "as_of phải là một ngày như"),
        ("search_provisions", {"query": "du lịch", "limit": 21}, "limit phải đến 20"),
        ("search_provisions", {"query": "  "}, "Hãy gõ"),
        ("ask", {"question": "", "history": ["a"] * 51}, "history quá 50 mục"),
        ("get_document", {"document": "khong-co"}, f"Các mã văn bản đang có: .*{DECISION}"),
        ("get_document", {"document": DECISION, "address": "dieu-1/muc-xx"}, "Ở dieu-1 có: .*muc-v"),
        ("get_document", {"document": DECISION, "address": "dieu-1", "offset": 10**9}, "offset"),
        ("xoa_van_ban", {}, "Không có công cụ “xoa_van_ban”. Các công cụ: search_provisions"),
    ],
)
def test_errors_are_told_in_vietnamese(
    tool: str, arguments: dict[str, Any], said: str, answerer: Answerer
) -> None:
    async def talk() -> None:
        server = mcp_server(Tools(answerer.index.documents, lambda: answerer))
        async with Client(server) as client:
            told = error(await client.call_tool(tool, arguments))
            assert re.search(said, told)
            assert "Error" not in told

    anyio.run(talk)


def test_what_a_model_has_to_read_stays_small(answerer: Answerer) -> None:
    tools = Tools(answerer.index.documents, lambda: answerer)
    assert len(as_json(tools.look_up("khoản 1, " * 220, None, None))) < 300_000
    assert len(as_json(tools.validate("khoản 1, " * 7_000, None, None))) < 400_000
    for id_ in tools.documents:
        assert len(as_json(tools.document(id_, "", None, 0))) < 60_000


def test_documents_are_resources(session: Session, documents: Mapping[str, Document]) -> None:
    async def read(client: Client, uri: str) -> str:
        (content,) = (await client.read_resource(uri)).contents
        assert isinstance(content, TextResourceContents)
        return content.text

    async def talk(client: Client) -> None:
        listed = {resource.uri: resource for resource in (await client.list_resources()).resources}
        assert set(listed) == {f"hoidap://documents/{id_}" for id_ in documents}
        assert "Bản tóm tắt" in (listed[f"hoidap://documents/{DIGEST}"].description or "")
        templates = (await client.list_resource_templates()).resource_templates
        assert [one.uri_template for one in templates] == [
            "hoidap://documents/{document}",
            "hoidap://documents/{document}/{+address}",
        ]
        whole = await read(client, f"hoidap://documents/{DIGEST}")
        assert "không phải lời văn chính thức" in whole.split("\n\n")[0]
        part = await read(client, f"hoidap://documents/{DECISION}/dieu-1/muc-v/khoan-2")
        assert part.split("\n\n", 1)[1] == documents[DECISION].by_address["dieu-1/v/2"].full_text
        for nowhere in ("khong-co", f"{DECISION}/dieu-99"):
            with pytest.raises(MCPError, match=r"Không có văn bản|không có “dieu-99”"):
                await read(client, f"hoidap://documents/{nowhere}")

    session(talk)


# --- stdio ----------------------------------------------------------------------------------------


def test_only_the_protocol_is_written_and_no_model_loaded(stdio: StdioServerParameters) -> None:
    """Every line on standard output is a message; a citation is answered without what searches need."""
    asked = [
        HELLO,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "lookup_citation", "arguments": {"citation": PARKS}},
        },
    ]
    code = f"from ui.cli import main; import atexit; atexit.register(lambda: exec({LOADED!r})); main(['mcp'])"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=stdio.env,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        for message in asked:
            server.stdin.write(json.dumps(message) + "\n")
            server.stdin.flush()
        said = [json.loads(server.stdout.readline()) for _ in range(2)]
        rest, told = server.communicate()
    assert [message["id"] for message in said] == [1, 2]
    assert "08 khu công nghiệp" in said[1]["result"]["content"][0]["text"]
    assert (rest, server.returncode) == ("", 0)
    loaded = told.splitlines()[-1]
    heavy = ("torch", "faiss", "openvino", "gradio", "langchain_core", "underthesea", "numpy")
    assert [name for name in heavy if f"'{name}'" in loaded] == []


def test_without_an_index_citations_still_work(stdio: StdioServerParameters, tmp_path: Any) -> None:
    env = {**(stdio.env or {}), "HOIDAP_DATA": str(tmp_path)}

    async def talk() -> None:
        async with Client(stdio.model_copy(update={"env": env})) as client:
            found = value(await client.call_tool("lookup_citation", {"citation": PARKS}))
            assert found["citations"][0]["status"] == "exact"
            assert "Hãy chạy: hoidap ingest" in error(await client.call_tool("ask", {"question": QUESTION}))

    anyio.run(talk)
