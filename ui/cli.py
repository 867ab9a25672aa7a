"""The command line: hoidap ingest | add | remove | restore | enrich | ask | search | cite | documents …"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeAlias

from corpus.errors import HoidapError
from ui.settings import Settings, port_number, quiet_environment

USAGE_ERROR = 64
INTERRUPTED = 130

_EXITS = """\
Mã thoát: 0 xong; 1 lỗi; 3 không tìm thấy trong kho; 64 sai cách dùng; 65 dữ liệu hỏng;
69 thiếu chỉ mục, mô hình hoặc cổng; 78 thiết lập sai; 130 bị ngắt (Ctrl-C)."""

_AS_OF = "bỏ qua văn bản chưa có hoặc đã hết hiệu lực vào ngày ấy, ví dụ 30/6/2026"

_ENRICH = """\
Viết lời gợi tìm cho những điều khoản chưa có: ý chính bằng lời thường, câu người dân hay hỏi, từ khác
cùng nghĩa, ý chính bằng tiếng Anh và tiếng Trung. Lời ấy chỉ giúp tìm ra điều khoản, không bao giờ được
hiện hay trích dẫn; không có thì điều khoản vẫn tìm được như thường.

Mô hình ngôn ngữ được chọn bằng HOIDAP_LLM, khóa (nếu cần) đặt ở HOIDAP_LLM_KEY. Trước khi gửi, lệnh này
nói gửi bao nhiêu, tới đâu, và hỏi. Câu trả lời phải qua kiểm tra mới được ghi; ghi xong từng điều khoản
một, nên bị ngắt thì chạy lại là viết tiếp. Tự viết bằng tay: xem docs/enrichment.md."""

_CITE = """\
Tìm mọi trích dẫn trong một câu hay một tệp, nói mỗi trích dẫn tới điều khoản nào. Không dùng mô hình;
chữ của điều khoản là nguyên văn. Mỗi trích dẫn có một kết quả:
  đúng điều khoản      điều, khoản, điểm ấy có trong kho
  không có phần này    kho có văn bản, nhưng văn bản không có điều, khoản, điểm ấy
  chưa có toàn văn     kho chỉ có bản tóm tắt hoặc tên văn bản
  có nơi nhắc đến      kho không có văn bản; đây là những chỗ nhắc đến nó
  nhiều chỗ khớp       cách dẫn chưa đủ rõ; đây là những chỗ có thể
  không có trong kho   kho không biết văn bản ấy; chưa hẳn là không có văn bản ấy
  không đọc được       không hiểu cách viết, hoặc không rõ “Điều này”, “Quyết định này” là gì"""

_CITE_EXITS = """\
Mã thoát: 0 ít nhất một trích dẫn tới đúng điều khoản; 3 không trích dẫn nào tới được điều khoản;
64 sai cách dùng; 65 không đọc được tệp."""

_MCP = """\
Phục vụ một chương trình dùng mô hình ngôn ngữ (Claude Desktop, VS Code, …) qua giao thức MCP, trên đầu vào
và đầu ra chuẩn; chương trình ấy tự chạy lệnh này. Chỉ đọc. Công cụ: search_provisions, lookup_citation,
validate_citations, get_document, ask. Mô hình mã hóa chỉ được nạp khi tìm hay hỏi lần đầu."""

_MCP_MORE = """\
Trong tệp thiết lập của chương trình ấy ghi:
  {"mcpServers": {"hoidap": {"command": "hoidap", "args": ["mcp"]}}}
Qua mạng: hoidap serve, rồi nối tới
http://127.0.0.1:7860/mcp. Xem docs/mcp.md."""

# argparse speaks English; these are what a user of ours can meet.
_MESSAGES = {
    r"the following arguments are required: (.*)": r"còn thiếu \1",
    r"argument (\S+): ": r"\1: ",
    r"invalid choice: (.*?) \(choose from (.*)\)": r"không có \1; được chọn: \2",
    r"unrecognized arguments: (.*)": r"không hiểu \1",
    r"one of the arguments (.*) is required": r"cần một trong các mục \1",
    r"not allowed with argument (\S+)": r"không dùng cùng với \1",
    r"expected one argument": "cần một giá trị",
    r"expected at least one argument": "cần ít nhất một giá trị",
}

Run = Callable[[argparse.Namespace, Settings], int]


class _Parser(argparse.ArgumentParser):
    """argparse in Vietnamese, with an example in every help."""

    def __init__(self, *, example: str = "", **options: object) -> None:
        super().__init__(
            add_help=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            epilog=f"Ví dụ:\n{example}" if example else None,
            **options,  # type: ignore[arg-type]  # passed through as argparse got them
        )
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện trợ giúp này rồi thoát")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "Cách dùng: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "Cách dùng: ", 1)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        for english, vietnamese in _MESSAGES.items():
            message = re.sub(english, vietnamese, message)
        self.exit(USAGE_ERROR, f"Sai cách dùng: {message}. Xem: {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line."""
    top = _Parser(
        prog="hoidap",
        description="Hỏi văn bản, nhận câu trả lời dẫn đến từng điều khoản. Mọi việc chạy trên máy này.",
        example='  hoidap ask "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"\n\n' + _EXITS,
    )
    commands = top.add_subparsers(title="Lệnh", metavar="LỆNH", required=True, parser_class=_Parser)
    _add_ingest(commands)
    _add_add(commands)
    _add_withdrawal(commands)
    _add_enrich(commands)
    _add_ask(commands)
    _add_search(commands)
    _add_cite(commands)
    _add_documents(commands)
    _add_serve(commands)
    _add_mcp(commands)
    _add_eval(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Errors go to standard error as one message in Vietnamese."""
    quiet_environment()
    options = parser().parse_args(arguments)
    run: Run = options.run
    try:
        return run(options, Settings.read())
    except HoidapError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu; những gì có từ trước còn nguyên.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # "hoidap … | head": the reader has seen enough
        sys.stderr.close()
        return 0


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # argparse has no public name for it


def _command(commands: Commands, name: str, about: str, example: str, run: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about, example=example)
    made.set_defaults(run=_later(run))
    return made


def _later(name: str) -> Run:
    """Import a command's code only when it runs: `hoidap --help` must not wait for anything."""

    def run(options: argparse.Namespace, settings: Settings) -> int:
        from ui import commands

        command: Run = getattr(commands, name)
        return command(options, settings)

    return run


def _add_ingest(commands: Commands) -> None:
    made = _command(
        commands,
        "ingest",
        "Đọc văn bản mới hoặc đã đổi và lập chỉ mục; chỉ mục cũ phục vụ cho đến khi chỉ mục mới xong.",
        "  hoidap ingest\n  hoidap ingest --if-needed\n  hoidap ingest --retry",
        "ingest",
    )
    made.add_argument(
        "--if-needed", action="store_true", help="chỉ so dấu vết, không mở chỉ mục đang dùng ra kiểm tra"
    )
    made.add_argument("--retry", action="store_true", help="đọc lại cả những tệp lần trước không đọc được")


def _add_add(commands: Commands) -> None:
    made = _command(
        commands,
        "add",
        "Nạp văn bản của cơ quan: đọc tệp, đề nghị mục khai báo, hỏi rồi mới ghi, sau đó lập chỉ mục.",
        "  hoidap add nghi-quyet-19.pdf\n"
        "  hoidap add --number 45/KH-UBND --date 28/02/2026 ke-hoach.docx\n"
        "  hoidap add --yes --issuer 'UBND tỉnh Lạng Sơn' thu-muc-van-ban/",
        "add",
    )
    made.add_argument("files", type=Path, nargs="+", metavar="TỆP", help="tệp, hoặc thư mục có các tệp")
    made.add_argument("-y", "--yes", action="store_true", help="ghi luôn, không hỏi")
    made.add_argument("--replace", action="store_true", help="thay văn bản đang giữ nếu cùng số hoặc cùng mã")
    made.add_argument("--no-ingest", action="store_true", help="chỉ ghi vào kho, chưa lập chỉ mục")
    said = made.add_argument_group("Ghi khác với điều đọc được trong văn bản")
    said.add_argument("--id", type=_identifier, metavar="MÃ", help="mã văn bản, ví dụ nq-05-2026-nq-hdnd")
    said.add_argument("--type", metavar="LOẠI", help="loại văn bản, ví dụ “Nghị quyết”")
    said.add_argument("--number", metavar="SỐ", help="số, ký hiệu, ví dụ 05/2026/NQ-HĐND")
    said.add_argument("--date", type=_day, metavar="NGÀY", help="ngày ban hành, ví dụ 10/7/2026")
    said.add_argument("--title", metavar="TÊN", help="tên văn bản")
    said.add_argument("--issuer", metavar="CƠ_QUAN", help="cơ quan ban hành, ví dụ “UBND tỉnh Lạng Sơn”")
    said.add_argument("--signer", metavar="NGƯỜI_KÝ", help="chức vụ và tên người ký")
    said.add_argument("--effective", type=_day, metavar="NGÀY", help="ngày có hiệu lực")
    said.add_argument(
        "--kind",
        choices=["official", "unnumbered_copy", "digest", "catalogue"],
        help="bản chính thức, bản chưa ghi số, bản tóm tắt, hay chỉ có tên",
    )
    said.add_argument("--source", metavar="NGUỒN", help="lấy từ đâu, ví dụ “Công báo tỉnh”")


def _add_withdrawal(commands: Commands) -> None:
    remove = _command(
        commands,
        "remove",
        "Rút một văn bản ra khỏi tra cứu; văn bản vẫn được giữ và lấy lại được.",
        "  hoidap remove nq-05-2026-nq-hdnd",
        "remove",
    )
    restore = _command(
        commands,
        "restore",
        "Lấy lại một văn bản đã rút.",
        "  hoidap restore nq-05-2026-nq-hdnd",
        "restore",
    )
    for made in (remove, restore):
        made.add_argument("id", metavar="MÃ", help="mã văn bản; xem bằng hoidap documents")
        made.add_argument("--no-ingest", action="store_true", help="chỉ ghi lại, chưa lập chỉ mục")


def _add_enrich(commands: Commands) -> None:
    made = _command(
        commands,
        "enrich",
        "Viết lời gợi tìm cho điều khoản bằng mô hình ngôn ngữ đã chọn, hoặc kiểm tra lời đã có.",
        "  hoidap enrich nq-05-2026-nq-hdnd\n"
        "  HOIDAP_LLM=ollama:qwen3 hoidap enrich --all\n"
        "  HOIDAP_LLM=http://127.0.0.1:8080/v1#ten-mo-hinh hoidap enrich --yes --all\n"
        "  hoidap enrich --check",
        "enrich",
    )
    made.description = _ENRICH
    made.add_argument("ids", nargs="*", metavar="MÃ", help="mã văn bản; xem bằng hoidap documents")
    made.add_argument("--all", action="store_true", help="mọi văn bản đang được tra cứu")
    made.add_argument(
        "--check",
        action="store_true",
        help="chỉ nêu dòng thiếu, dòng cũ, dòng sai (mặc định mọi văn bản); không dùng mô hình",
    )
    made.add_argument("-y", "--yes", action="store_true", help="gửi luôn, không hỏi")


def _add_ask(commands: Commands) -> None:
    made = _command(
        commands,
        "ask",
        "Hỏi và nhận câu trả lời kèm trích dẫn.",
        '  hoidap ask "Đến năm 2030 có bao nhiêu khu công nghiệp?"\n'
        '  hoidap ask --after "Năm 2026 đón bao nhiêu khách?" "còn tổng thu?"\n'
        '  hoidap ask --json "GRDP năm 2030?"',
        "ask",
    )
    made.add_argument("question", metavar="CÂU_HỎI", help="câu hỏi; có dấu hay không dấu đều được")
    made.add_argument("--after", metavar="CÂU_TRƯỚC", action="append", default=[], help="câu đã hỏi trước đó")
    made.add_argument(
        "--json", action="store_true", help="in một dòng JSON (dạng tệp chạy, xem docs/measure.md)"
    )
    _add_as_of(made, _AS_OF)
    _add_local(made)


def _add_search(commands: Commands) -> None:
    made = _command(
        commands,
        "search",
        "Tìm các đoạn văn bản gần câu hỏi nhất.",
        '  hoidap search -k 20 "hỗ trợ du lịch cộng đồng"\n  hoidap search --json "khu công nghiệp"',
        "search",
    )
    made.add_argument("question", metavar="CÂU_HỎI", help="câu hỏi hoặc từ khóa")
    made.add_argument(
        "-k", type=_count, default=5, metavar="SỐ", help="số đoạn (mặc định 5; --json luôn ít nhất 20)"
    )
    made.add_argument("--json", action="store_true", help="in một dòng JSON")
    _add_as_of(made, _AS_OF)
    _add_local(made)


def _add_cite(commands: Commands) -> None:
    made = _command(
        commands,
        "cite",
        "Tra trích dẫn trong một câu hay một tệp; không dùng mô hình.",
        '  hoidap cite "k2 mục V Điều 1 QĐ điều chỉnh quy hoạch tỉnh"\n'
        "  hoidap cite --text du-thao.txt\n"
        "  hoidap cite --text - --json < du-thao.txt\n"
        '  hoidap cite --as-of 30/6/2026 "Nghị quyết 19/2025/NQ-HĐND"\n\n' + _CITE_EXITS,
        "cite",
    )
    made.description = _CITE
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("text", nargs="?", metavar="TRÍCH_DẪN", help="trích dẫn, hoặc câu có trích dẫn")
    what.add_argument(
        "--text",
        dest="file",
        type=Path,
        metavar="TỆP",
        help="tra mọi trích dẫn của tệp chữ UTF-8; - là đầu vào",
    )
    made.add_argument("--json", action="store_true", help="in một đối tượng JSON, như POST /v1/citations")
    _add_as_of(made, "nói hiệu lực tính đến ngày ấy (mặc định hôm nay)")


def _add_documents(commands: Commands) -> None:
    made = _command(
        commands,
        "documents",
        "Liệt kê văn bản có trong kho hoặc được nhắc đến; xem mục lục, quan hệ và hiệu lực của một văn bản.",
        "  hoidap documents\n  hoidap documents show kh-du-lich-cvdc-2026\n"
        '  hoidap documents show "236/QĐ-TTg"\n  hoidap documents --as-of 2026-06-30',
        "documents",
    )
    made.add_argument(
        "words", metavar="show MÃ", nargs="*", help="xem một văn bản: mã, hoặc số hiệu trong ngoặc kép"
    )
    made.add_argument("--json", action="store_true", help="in JSON, mỗi văn bản một dòng")
    _add_as_of(made, "hiệu lực tính đến ngày ấy (mặc định hôm nay)")


def _add_as_of(made: argparse.ArgumentParser, about: str) -> None:
    made.add_argument("--as-of", type=_whole_day, metavar="NGÀY", help=about)


def _add_local(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--local", action="store_true", help="tự mở chỉ mục, không hỏi máy chủ (hoidap serve) đang chạy"
    )


def _add_serve(commands: Commands) -> None:
    made = _command(
        commands,
        "serve",
        "Mở trang hỏi đáp và API trên máy này.",
        "  hoidap serve\n  hoidap serve --port 8000",
        "serve",
    )
    made.add_argument("--host", metavar="ĐỊA_CHỈ", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
    made.add_argument("--port", metavar="CỔNG", type=_port, help="cổng (mặc định 7860)")


def _add_mcp(commands: Commands) -> None:
    made = _command(
        commands,
        "mcp",
        "Phục vụ một chương trình dùng mô hình ngôn ngữ qua giao thức MCP, trên đầu vào và đầu ra chuẩn.",
        "  hoidap mcp\n\n" + _MCP_MORE,
        "mcp",
    )
    made.description = _MCP


def _add_eval(commands: Commands) -> None:
    made = _command(
        commands,
        "eval",
        "Đo chất lượng: chạy bộ câu hỏi đi kèm rồi chấm điểm.",
        "  hoidap eval\n  hoidap eval --part test\n"
        "  hoidap eval run --questions eval/questions/development.jsonl --out chay.jsonl\n"
        "  hoidap eval score --questions eval/questions/development.jsonl chay.jsonl",
        "evaluate",
    )
    made.add_argument(
        "--part", choices=["development", "test", "all"], default="all", help="phần câu hỏi (mặc định all)"
    )
    made.add_argument("--limit", type=_count, metavar="SỐ", help="chỉ lấy chừng ấy câu, rải đều các loại")
    made.add_argument("--json", action="store_true", help="in kết quả bằng JSON")
    steps = made.add_subparsers(title="Từng bước", metavar="BƯỚC", parser_class=_Parser)
    run = _command(
        steps,
        "run",
        "Chạy câu hỏi, ghi tệp chạy.",
        "  hoidap eval run --questions Q.jsonl --out R.jsonl",
        "eval_run",
    )
    run.add_argument("--questions", type=Path, required=True, metavar="TỆP", help="tệp câu hỏi (JSONL)")
    run.add_argument("--out", type=Path, required=True, metavar="TỆP", help="tệp chạy sẽ ghi")
    run.add_argument(
        "--typing",
        nargs="+",
        choices=["none", "half", "typos", "all"],
        default=[],
        help="hỏi thêm từng câu đủ dấu theo cách gõ khác: không dấu, một nửa số dấu, hai lỗi gõ, hay cả ba",
    )
    score = _command(
        steps, "score", "Chấm một tệp chạy.", "  hoidap eval score --questions Q.jsonl R.jsonl", "eval_score"
    )
    score.add_argument("--questions", type=Path, required=True, metavar="TỆP", help="tệp câu hỏi (JSONL)")
    score.add_argument("run_file", type=Path, metavar="TỆP_CHẠY", help="tệp do `hoidap eval run` ghi")
    score.add_argument("--json", action="store_true", help="in kết quả bằng JSON")
    _add_eval_ingest_speed(steps)
    _add_eval_search_speed(steps)
    _add_eval_gate(steps)
    _add_eval_llm(steps)
    _add_eval_citations(steps)
    _add_eval_altered(steps)
    _add_eval_compare(steps)
    _add_eval_report(steps)
    check = _command(
        steps,
        "check",
        "Kiểm tra tệp câu hỏi: trích dẫn có thật, mã và loại đúng, đủ câu, không lặp, ít từ hiếm.",
        "  hoidap eval check Q.jsonl\n  hoidap eval check eval/citations/development.jsonl",
        "eval_check",
    )
    check.add_argument(
        "files", type=Path, nargs="+", metavar="TỆP", help="tệp câu hỏi hoặc lượt tra trích dẫn (JSONL)"
    )
    external = _command(
        steps,
        "external",
        "Đo bộ truy hồi trên một bộ câu hỏi của người khác; làm tiếp được nếu bị ngắt.",
        "  hoidap eval external ../shared/bench/alqac2022\n  hoidap eval external --json bo-cau-hoi/",
        "eval_external",
    )
    external.add_argument(
        "folder",
        type=Path,
        metavar="THƯ_MỤC",
        help="có corpus.jsonl ({id, title, text}) và queries.jsonl ({id, text, relevant}), nén .gz cũng được",
    )
    external.add_argument("--json", action="store_true", help="in kết quả bằng JSON")
    stages = _command(
        steps,
        "stages",
        "Đo từng cách tìm của bộ truy hồi: chỉ một mình, và khi bỏ riêng nó.",
        "  hoidap eval stages\n  hoidap eval stages --questions Q.jsonl --json",
        "eval_stages",
    )
    stages.add_argument(
        "--questions", type=Path, metavar="TỆP", help="tệp câu hỏi (JSONL; mặc định phần development đi kèm)"
    )
    stages.add_argument("--json", action="store_true", help="in kết quả bằng JSON")
    refusal = _command(
        steps,
        "refusal",
        "Đo việc nhận ra câu hỏi mà văn bản không trả lời được, và khớp lại trọng số độ chắc chắn.",
        "  hoidap eval refusal\n  hoidap eval refusal --json",
        "eval_refusal",
    )
    refusal.add_argument(
        "--questions", type=Path, metavar="TỆP", help="tệp câu gần giống (JSONL; mặc định bộ refusal đi kèm)"
    )
    refusal.add_argument("--json", action="store_true", help="in kết quả bằng JSON")
    peers = _command(
        steps,
        "peers",
        "So với cách làm thường gặp (LangChain, LlamaIndex) trên cùng văn bản, cùng bộ mã hóa, cùng câu hỏi.",
        "  hoidap eval peers\n  hoidap eval peers --questions Q.jsonl --json",
        "eval_peers",
    )
    peers.add_argument(
        "--questions", type=Path, metavar="TỆP", help="tệp câu hỏi (JSONL; mặc định phần development đi kèm)"
    )
    peers.add_argument(
        "--runs", type=Path, metavar="THƯ_MỤC", help="để lại tệp chạy của từng cách làm, cho báo cáo"
    )
    peers.add_argument("--json", action="store_true", help="in kết quả bằng JSON")


def _add_eval_ingest_speed(steps: Commands) -> None:
    made = _command(
        steps,
        "ingest-speed",
        "Đo tốc độ và bộ nhớ khi nạp một thư mục PDF, bên cạnh LangChain; cần LibreOffice để in các tệp.",
        "  hoidap eval ingest-speed --documents 500\n  hoidap eval ingest-speed --documents 20 --json",
        "eval_ingest_speed",
    )
    made.add_argument("--documents", type=_count, default=500, metavar="SỐ", help="số tệp (mặc định 500)")
    made.add_argument("--json", action="store_true", help="in kết quả bằng JSON")


def _add_eval_search_speed(steps: Commands) -> None:
    made = _command(
        steps,
        "search-speed",
        "Đo thời gian tìm và bộ nhớ ở chỉ mục đang dùng và ở kho lớn hơn nhiều, bên cạnh LangChain + FAISS.",
        "  hoidap eval search-speed\n"
        "  hoidap eval search-speed --statutes bench/zalo --passages 100000 --passages 1000000",
        "eval_search_speed",
    )
    made.add_argument(
        "--passages", type=_count, action="append", metavar="SỐ", help="đo thêm kho chừng ấy đoạn (lặp được)"
    )
    made.add_argument(
        "--statutes", type=Path, metavar="THƯ_MỤC", help="văn bản cho kho lớn, như của hoidap eval external"
    )
    made.add_argument(
        "--keep", type=Path, metavar="THƯ_MỤC", help="giữ các chỉ mục lớn ở đây để lần sau khỏi lập lại"
    )
    made.add_argument("--json", action="store_true", help="in kết quả bằng JSON")


def _add_eval_gate(steps: Commands) -> None:
    made = _command(
        steps,
        "gate",
        "So phần development với mốc đã chấp nhận; giảm quá khoảng tin cậy là không đạt, nêu tên câu đã mất.",
        "  hoidap eval gate\n  hoidap eval gate chay.jsonl\n  hoidap eval gate --accept",
        "eval_gate",
    )
    made.add_argument(
        "run_file", type=Path, nargs="?", metavar="TỆP_CHẠY", help="tệp chạy có sẵn; bỏ trống thì chạy"
    )
    made.add_argument(
        "--accept", action="store_true", help="lấy kết quả này làm mốc mới (ghi eval/baseline.json)"
    )


def _add_eval_llm(steps: Commands) -> None:
    made = _command(
        steps,
        "llm",
        "Hỏi mô hình ngôn ngữ đã chọn (HOIDAP_LLM), kiểm tra lại từng câu nó viết mà người đọc thấy.",
        "  hoidap eval llm --limit 100\n  HOIDAP_LLM=ollama:qwen3 hoidap eval llm --json",
        "eval_llm",
    )
    made.add_argument(
        "--questions", type=Path, metavar="TỆP", help="tệp câu hỏi (JSONL; mặc định phần development đi kèm)"
    )
    made.add_argument("--limit", type=_count, metavar="SỐ", help="chỉ lấy chừng ấy câu, rải đều các loại")
    made.add_argument("--json", action="store_true", help="in kết quả bằng JSON")


def _add_eval_citations(steps: Commands) -> None:
    made = _command(
        steps,
        "citations",
        "Đo việc đọc và tra trích dẫn, theo từng dạng viết; không dùng mô hình.",
        "  hoidap eval citations\n  hoidap eval citations --misses 30 eval/citations/development.jsonl",
        "eval_citations",
    )
    made.add_argument(
        "files", type=Path, nargs="*", metavar="TỆP", help="tệp lượt tra (JSONL; mặc định hai phần đi kèm)"
    )
    made.add_argument(
        "--misses",
        type=_whole,
        metavar="SỐ",
        help="số lượt tra chưa đúng được nêu (mặc định 15; 0 với phần test đi kèm)",
    )
    made.add_argument("--json", action="store_true", help="in JSON, mỗi tệp một dòng")


def _add_eval_altered(steps: Commands) -> None:
    made = _command(
        steps,
        "altered",
        "Đo cửa kiểm chứng: câu bị sửa phải bị chặn, câu đúng phải được qua; không dùng mô hình.",
        "  hoidap eval altered\n  hoidap eval altered --misses 30 eval/altered/development.jsonl",
        "eval_altered",
    )
    made.add_argument(
        "files", type=Path, nargs="*", metavar="TỆP", help="tệp câu (JSONL; mặc định các tệp đi kèm)"
    )
    made.add_argument(
        "--misses",
        type=_whole,
        metavar="SỐ",
        help="số câu xử sai được nêu (mặc định 15; 0 với phần test)",
    )
    made.add_argument("--json", action="store_true", help="in JSON, mỗi tệp một dòng")


def _add_eval_compare(steps: Commands) -> None:
    made = _command(
        steps,
        "compare",
        "So hai tệp chạy từng cặp câu: chênh lệch, khoảng tin cậy, câu thắng và câu thua.",
        "  hoidap eval compare --questions Q.jsonl cu.jsonl moi.jsonl\n"
        "  hoidap eval compare --questions Q.jsonl --measure facts cu.jsonl moi.jsonl",
        "eval_compare",
    )
    made.add_argument("--questions", type=Path, required=True, metavar="TỆP", help="tệp câu hỏi (JSONL)")
    made.add_argument(
        "--measure",
        metavar="ĐỘ_ĐO",
        default="complete@5",
        help="độ đo quyết định thắng thua của từng câu (mặc định complete@5)",
    )
    made.add_argument("run_files", type=Path, nargs=2, metavar="TỆP_CHẠY", help="tệp cũ rồi tệp mới")
    made.add_argument("--json", action="store_true", help="in kết quả bằng JSON")


def _add_eval_report(steps: Commands) -> None:
    made = _command(
        steps,
        "report",
        "Viết báo cáo thành một trang HTML (và Markdown): bảng, biểu đồ, những câu kém nhất.",
        "  hoidap eval report --out bao-cao.html chay.jsonl\n"
        "  hoidap eval report --out bao-cao.html --markdown bao-cao.md moi.jsonl cu.jsonl",
        "eval_report",
    )
    made.add_argument(
        "--questions", type=Path, metavar="TỆP", help="tệp câu hỏi (mặc định: phần đi kèm phù hợp)"
    )
    made.add_argument("--out", type=Path, required=True, metavar="TỆP", help="trang HTML sẽ ghi")
    made.add_argument("--markdown", type=Path, metavar="TỆP", help="ghi thêm các bảng ra Markdown")
    made.add_argument(
        "--worst",
        type=_whole,
        metavar="SỐ",
        help="số câu kém nhất được nêu (mặc định 15; 0 với phần test đi kèm)",
    )
    made.add_argument(
        "run_files",
        type=Path,
        nargs="+",
        metavar="TỆP_CHẠY",
        help="tệp chạy; tệp đầu là chính, các tệp sau để so",
    )


def _identifier(value: str) -> str:
    from corpus.manifest import is_identifier

    if not is_identifier(value):
        raise argparse.ArgumentTypeError(f"mã chỉ gồm chữ thường không dấu, số và gạch nối: “{value}”")
    return value


def _day(value: str) -> str:
    """A date as officials type it or as manifests write it, as much as is known; ISO 8601."""
    from corpus.manifest import is_date

    parts = re.split(r"[/.]", value.strip())
    iso = "-".join(part.zfill(2) for part in reversed(parts)) if len(parts) > 1 else value.strip()
    if not is_date(iso):
        raise argparse.ArgumentTypeError(f"cần một ngày như 28/02/2026 hoặc 02/2026, không phải “{value}”")
    return iso


def _whole(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"cần một số nguyên từ 0, không phải “{value}”")
    return int(value)


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise argparse.ArgumentTypeError(f"cần một số nguyên dương, không phải “{value}”")
    return int(value)


def _whole_day(value: str) -> date:
    """A day of the calendar; a month or year alone is none."""
    said = _day(value)
    if len(said) != len("2026-06-30"):
        raise argparse.ArgumentTypeError(f"cần đủ ngày, tháng, năm, ví dụ 30/6/2026, không phải “{value}”")
    return date.fromisoformat(said)


def _port(value: str) -> int:
    try:
        return port_number(value, "--port")
    except HoidapError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error


if __name__ == "__main__":
    sys.exit(main())
