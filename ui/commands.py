"""What each command does. Heavy imports stand inside: a command pays only for what it uses."""

from __future__ import annotations

import argparse
import json
import socket
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import HoidapError, QuestionError
from ui import opening
from ui.settings import Settings

if TYPE_CHECKING:
    from datetime import date

    from answer.pipeline import Answerer
    from corpus.document import Document
    from eval.questions import Question
    from ui.running_server import Said

NOT_FOUND = 3
USAGE_ERROR = 64
DATA_ERROR = 65
_PARTS = ("development", "test")
_QUESTIONS = Path(__file__).parent.parent / "eval" / "questions"
_CITATIONS = _QUESTIONS.with_name("citations")
_ALTERED = _QUESTIONS.with_name("altered")
_LEAST_JSON_HITS = 20  # what a line of a run file holds at least


def ingest(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap ingest"""
    from ui.summary import failures_text, summary_text
    from ui.terminal import Bars

    bars = Bars()
    try:
        done = opening.prepare(
            settings, check=not options.if_needed, retry=options.retry, progress=bars, say=_tell
        )
    finally:
        bars.close()
    print(summary_text(done, settings.index) if done.built else "Chỉ mục đã mới nhất, không phải làm gì.")
    if done.failures:
        _tell(failures_text(done.failures))
    return DATA_ERROR if done.failures else 0


def add(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap add"""
    from ui import adding

    added = adding.add(options, settings)
    if added.unasked:
        _tell("Chưa ghi gì. Nếu các mục trên đã đúng, hãy chạy lại lệnh này với --yes.")
        return USAGE_ERROR
    if added.declined:
        _tell("Không ghi gì. Có thể sửa từng mục, ví dụ: --number 05/2026/NQ-HĐND --date 10/7/2026")
    if added.written:
        print(f"Đã nạp {added.written} văn bản vào {settings.manifest.parent}.", flush=True)
    code = _ingest_after(options, settings) if added.written else 0
    return DATA_ERROR if added.failed else code


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap remove"""
    from ui import withdrawing

    print(withdrawing.remove(options.id, settings), flush=True)
    return _ingest_after(options, settings)


def restore(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap restore"""
    from ui import withdrawing

    print(withdrawing.restore(options.id, settings), flush=True)
    return _ingest_after(options, settings)


def enrich(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap enrich"""
    from ui import enriching

    entries = enriching.chosen(options.ids, options.all or (options.check and not options.ids), settings)
    if options.check:
        return 0 if enriching.check(entries, settings) else 1
    return enriching.make(entries, settings, options.yes)


def _ingest_after(options: argparse.Namespace, settings: Settings) -> int:
    if options.no_ingest:
        return 0
    return ingest(argparse.Namespace(if_needed=True, retry=False), settings)


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap ask"""
    question = options.question
    body = {"question": question, "history": options.after, "id": question, "as_of": _iso(options.as_of)}
    said = _from_server("/v1/ask", body, options, settings)
    if said is None:
        said = _answered(options, settings)
    print(said.text, end="")
    return NOT_FOUND if said.status == "not_found" else 0


def search(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap search"""
    question = options.question
    k = max(options.k, _LEAST_JSON_HITS) if options.json else options.k
    body = {"question": question, "k": k, "id": question, "as_of": _iso(options.as_of)}
    said = _from_server("/v1/search", body, options, settings)
    print(said.text if said else _searched(options, k, settings), end="")
    return 0


def _from_server(
    path: str, body: Mapping[str, object], options: argparse.Namespace, settings: Settings
) -> Said | None:
    """What a running server says, as this command would print it; None where it must find out itself."""
    from eval.jsonl import json_line
    from ui.running_server import Said, post

    said = None if options.local else post(settings, path, body, as_json=options.json)
    return Said(json_line(json.loads(said.text)), said.status) if said and options.json else said


def _answered(options: argparse.Namespace, settings: Settings) -> Said:
    from eval.jsonl import json_line
    from ui.answer_values import answered_value
    from ui.running_server import Said
    from ui.terminal import answer_text

    with opening.open_writing_answerer(settings) as answerer:
        answer = answerer.answer(options.question, options.after, options.as_of)
    if options.json:
        return Said(json_line(answered_value(options.question, answer)), answer.status)
    return Said(answer_text(answer) + "\n", answer.status)


def _searched(options: argparse.Namespace, k: int, settings: Settings) -> str:
    from eval.jsonl import json_line
    from ui.answer_values import searched_value
    from ui.terminal import hits_text

    searcher = opening.open_searcher(settings)
    result = searcher.search(options.question, k, options.as_of)
    if options.json:
        return json_line(searched_value(options.question, result))
    return hits_text(result.hits, searcher.index.documents) + "\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def cite(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap cite"""
    from ui import citing

    return citing.cite(options, settings)


def documents(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap documents"""
    from datetime import date

    from ui.instruments import Register

    words = options.words[1:] if options.words[:1] == ["show"] else options.words
    if len(words) > 1 or (options.words and not words):
        raise QuestionError('Cần đúng một mã văn bản. Ví dụ: hoidap documents show "236/QĐ-TTg"')
    register = Register(opening.documents(settings), options.as_of or date.today())
    for line in register.shown(words[0], options.json) if words else register.listed(options.json):
        print(line)
    return 0


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap serve"""
    host, port = options.host or settings.host, options.port or settings.port
    _check_port_free(host, port)  # before the model is loaded: nobody should wait to hear that
    import uvicorn

    from ui.api import create_app

    _tell("Đang mở mô hình và chỉ mục…")
    with opening.open_writing_answerer(settings) as answerer:
        answerer.searcher.search("xin chào")  # loads the encoder now, not under the first question
        if answerer.writer:
            away = (
                ", ở ngoài máy này: câu hỏi và điều khoản sẽ được gửi tới đó" if answerer.writer.host else ""
            )
            _tell(f"Câu trả lời do mô hình {answerer.writer.name} viết{away}.")
        app = create_app(answerer, settings)
        shown = f"[{host}]" if ":" in host else host
        _tell(f"Trang hỏi đáp: http://{shown}:{port}  (dừng bằng Ctrl-C)")
        # which proxies are believed is a setting of ours
        uvicorn.run(app, host=host, port=port, log_level="warning", proxy_headers=False)
    return 0


def mcp(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap mcp"""
    from ui.mcp_server import run_stdio

    run_stdio(settings)
    return 0


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval"""
    from eval.questions import read_questions
    from eval.run import run_questions

    answerer = opening.open_answerer(settings)
    with tempfile.TemporaryDirectory() as scratch:
        for part in _PARTS if options.part == "all" else (options.part,):
            questions = read_questions(_QUESTIONS / f"{part}.jsonl")
            if options.limit:
                questions = _spread(questions, options.limit)
            out = Path(scratch) / f"{part}.jsonl"
            run_questions(answerer, questions, out, progress=True)
            if not options.json:
                print(f"\n===== {part} =====")
            _score(questions, out, answerer, as_json=options.json)
    return 0


def eval_run(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval run"""
    from eval.questions import read_questions
    from eval.run import run_questions, with_variants
    from eval.typing import Typing

    typings = Typing if "all" in options.typing else dict.fromkeys(map(Typing, options.typing))
    questions = with_variants(read_questions(options.questions), typings)
    run_questions(opening.open_answerer(settings), questions, options.out, progress=True)
    _tell(f"Đã ghi {options.out}.")
    return 0


def eval_score(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval score"""
    from eval.questions import read_questions
    from eval.report import render, to_json
    from eval.runfile import read_run
    from eval.score import score

    report = score(read_questions(options.questions), read_run(options.run_file), opening.documents(settings))
    print(json.dumps(to_json(report), ensure_ascii=False) if options.json else render(report))
    return 0


def eval_gate(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval gate"""
    from eval.gate import accept, judge, render
    from eval.questions import read_questions
    from eval.run import run_questions
    from eval.runfile import read_run
    from eval.score import score

    questions = read_questions(_QUESTIONS / "development.jsonl")
    with tempfile.TemporaryDirectory() as scratch:
        run_file = options.run_file or Path(scratch) / "run.jsonl"
        if options.run_file is None:
            run_questions(opening.open_answerer(settings), questions, run_file, progress=True)
        report = score(questions, read_run(run_file), opening.documents(settings))
    if options.accept:
        accept(report)
        print("Đã ghi mốc mới: eval/baseline.json.")
        return 0
    verdict = judge(report)
    print(render(verdict, questions))
    return 0 if verdict.passed else 1


def eval_llm(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval llm"""
    from corpus.errors import SettingsError
    from eval.questions import read_questions
    from eval.written import measure, render, written_json
    from ui.terminal import Bars

    if settings.llm is None:
        raise SettingsError("Chưa chọn mô hình ngôn ngữ. Hãy đặt, ví dụ: HOIDAP_LLM=ollama:qwen3")
    questions = read_questions(options.questions or _QUESTIONS / "development.jsonl")
    if options.limit:
        questions = _spread(questions, options.limit)
    bars = Bars()
    try:
        with opening.open_writing_answerer(settings) as answerer:
            found = measure(answerer, questions, answerer.index.documents, bars)
    finally:
        bars.close()
    print(json.dumps(written_json(found), ensure_ascii=False) if options.json else render(found))
    return 1 if found.unsupported else 0


def eval_compare(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval compare"""
    from dataclasses import asdict

    from eval.compare import compare, render
    from eval.questions import read_questions
    from eval.runfile import read_run

    before, after = options.run_files
    found = compare(
        read_questions(options.questions),
        read_run(before),
        read_run(after),
        opening.documents(settings),
        options.measure,
    )
    first, second = _names((before, after))
    print(json.dumps(asdict(found), ensure_ascii=False) if options.json else render(found, (first, second)))
    return 0


def eval_report(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval report"""
    from eval.content import report_content
    from eval.jsonl import whole_file
    from eval.markdown import markdown
    from eval.page import page
    from eval.questions import read_questions
    from eval.runfile import read_run

    runs = dict(zip(_names(options.run_files), map(read_run, options.run_files), strict=True))
    file = options.questions or _shipped_part({line.id for lines in runs.values() for line in lines})
    # nobody tunes on the test part: its questions are shown only on demand
    worst = options.worst if options.worst is not None else 0 if file == _QUESTIONS / "test.jsonl" else 15
    content = report_content(
        read_questions(file), runs, opening.documents(settings), _index_facts(settings), worst
    )
    texts = {options.out: page(content)}
    if options.markdown:
        texts[options.markdown] = markdown(content)
    for out, text in texts.items():
        with whole_file(out) as stream:
            stream.write(text)
        _tell(f"Đã ghi {out}.")
    return 0


def eval_check(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval check"""
    from eval.balance import balance
    from eval.citation_set import is_citation_set
    from eval.questions import check, read_questions

    documents = opening.documents(settings)
    originals = {document.id: document.original for document in documents.values()}
    earlier: list[Question] = []
    failed = False
    for file in options.files:
        if is_citation_set(file):
            failed = _check_citations(file, documents) or failed
            continue
        questions = read_questions(file)
        checked, whole = check(questions, originals), balance(questions, documents, earlier)
        faults = (*checked.faults, *whole.faults)
        print(f"{file}: {len(questions)} câu hỏi, {len(checked.quotes)} trích dẫn, {len(faults)} lỗi.")
        print(f"  theo loại: {', '.join(f'{kind} {count}' for kind, count in whole.kinds.items())}")
        print(
            f"  có từ hiếm chung với bằng chứng: {len(whole.rare)} trong {whole.answerable} câu trả lời được"
        )
        for warning in whole.warnings:
            print(f"  chú ý: {warning}")
        for fault in faults:
            print(f"  lỗi: {fault}")
        earlier += questions
        failed = failed or bool(faults)
    return DATA_ERROR if failed else 0


def eval_citations(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval citations"""
    from eval.citation_set import read_citation_set, render, report_json, score

    held = opening.documents(settings)
    for file in options.files or [_CITATIONS / f"{part}.jsonl" for part in _PARTS]:
        report = score(read_citation_set(file), held)
        # nobody tunes on the test part: its look-ups are shown only on demand
        misses = 0 if file.resolve() == _CITATIONS.resolve() / "test.jsonl" else 15
        misses = misses if options.misses is None else options.misses
        if options.json:
            print(json.dumps({"file": str(file)} | report_json(report, misses), ensure_ascii=False))
        else:
            print(f"===== {file.stem} =====\n{render(report, misses)}")
    return 0


def eval_altered(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval altered"""
    from eval.altered import altered_json, measure_altered, read_altered, render_altered

    held = opening.documents(settings)
    for file in options.files or sorted(_ALTERED.glob("*.jsonl")):
        report = measure_altered(read_altered(file, held), held)
        # nobody tunes on the test part: its sentences are shown only on demand
        shown = 0 if file.stem == "test" else 15
        misses = shown if options.misses is None else options.misses
        if options.json:
            print(json.dumps({"file": str(file)} | altered_json(report, misses), ensure_ascii=False))
        else:
            print(f"===== {file.stem} =====\n{render_altered(report, misses)}")
    return 0


def eval_external(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval external"""
    from eval.benchmark import read_benchmark
    from eval.external import external_json, measure_external, render_external
    from ui.terminal import Bars

    benchmark = read_benchmark(options.folder)
    bars = Bars()
    try:
        report = measure_external(benchmark, opening.encoder(settings, _tell), settings.cache, bars)
    finally:
        bars.close()
    print(json.dumps(external_json(report), ensure_ascii=False) if options.json else render_external(report))
    return 0


def eval_stages(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval stages"""
    from eval.ablation import ablate, ablation_json, render_ablation
    from eval.questions import read_questions
    from ui.terminal import Bars

    questions = read_questions(options.questions or _QUESTIONS / "development.jsonl")
    searcher = opening.open_answerer(settings).searcher
    bars = Bars()
    try:
        report = ablate(questions, searcher, bars)
    finally:
        bars.close()
    print(json.dumps(ablation_json(report), ensure_ascii=False) if options.json else render_ablation(report))
    return 0


def eval_refusal(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval refusal"""
    from eval.questions import read_questions
    from eval.refusal import measure_refusal, refusal_json, render_refusal
    from ui.terminal import Bars

    natural = read_questions(_QUESTIONS / "development.jsonl")
    others = read_questions(options.questions or _QUESTIONS / "refusal.jsonl")
    bars = Bars()
    try:
        report = measure_refusal(natural, others, opening.open_searcher(settings), bars)
    finally:
        bars.close()
    print(json.dumps(refusal_json(report), ensure_ascii=False) if options.json else render_refusal(report))
    return 0


def eval_peers(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval peers"""
    from eval.peers import compare, peers_json, render_peers
    from eval.questions import read_questions

    questions = read_questions(options.questions or _QUESTIONS / "development.jsonl")
    model, manifests = opening.model(settings, _tell), opening.manifests(settings)
    report = compare(questions, opening.documents(settings), manifests, model, _tell, options.runs)
    print(json.dumps(peers_json(report), ensure_ascii=False) if options.json else render_peers(report))
    return 0


def eval_ingest_speed(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval ingest-speed"""
    from eval.ingest_speed import measure_ingest, render_speed, speed_json

    ours = [sys.executable, "-m", "ui.cli", "ingest"]
    model = opening.model(settings, _tell)
    report = measure_ingest(
        opening.documents(settings), options.documents, model, ours, settings.cache, _tell
    )
    print(json.dumps(speed_json(report), ensure_ascii=False) if options.json else render_speed(report))
    return 0


def eval_search_speed(options: argparse.Namespace, settings: Settings) -> int:
    """hoidap eval search-speed"""
    from answer.conversation import whole_question
    from eval.questions import read_questions
    from eval.search_speed import measure_search, render_search_speed, search_speed_json

    asked = read_questions(_QUESTIONS / "development.jsonl")
    report = measure_search(
        settings.index,
        [whole_question(one.question, one.history) for one in asked],
        opening.model(settings, _tell),
        settings.model is None,
        _tell,
        options.passages or (),
        options.statutes,
        options.keep,
    )
    print(
        json.dumps(search_speed_json(report), ensure_ascii=False)
        if options.json
        else render_search_speed(report)
    )
    return 0


def _check_citations(file: Path, documents: Mapping[str, Document]) -> bool:
    """Print what is wrong with a citation set; whether anything is."""
    from eval.citation_set import check, read_citation_set

    cases = read_citation_set(file)
    faults = check(cases, documents)
    cited = sum(len(case.expected) for case in cases)
    print(f"{file}: {len(cases)} lượt tra, {cited} trích dẫn, {len(faults)} lỗi.")
    for fault in faults:
        print(f"  lỗi: {fault}")
    return bool(faults)


def _score(questions: Sequence[Question], run_file: Path, answerer: Answerer, as_json: bool) -> None:
    from eval.report import render, to_json
    from eval.runfile import read_run
    from eval.score import score

    report = score(questions, read_run(run_file), answerer.index.documents)
    print(json.dumps(to_json(report), ensure_ascii=False) if as_json else render(report))


def _names(files: Sequence[Path]) -> tuple[str, ...]:
    """What each file is called in a report: its stem, or its whole path where two have the same."""
    stems = [file.stem for file in files]
    return tuple(stems) if len(set(stems)) == len(stems) else tuple(map(str, files))


def _shipped_part(ids: set[str]) -> Path:
    """The shipped question file that these ids come from."""
    from corpus.errors import QuestionFileError
    from eval.questions import read_questions

    for part in _PARTS:
        file = _QUESTIONS / f"{part}.jsonl"
        if ids & {question.id for question in read_questions(file)}:
            return file
    raise QuestionFileError("Kết quả không thuộc bộ câu hỏi đi kèm. Hãy nêu tệp câu hỏi: --questions TỆP")


def _index_facts(settings: Settings) -> dict[str, str]:
    """Which index and encoder are in use now; a run file does not say what it was made with."""
    from corpus.errors import SearchIndexError
    from retriever.index import open_index

    try:
        index = open_index(settings.index)
    except SearchIndexError:
        return {"chỉ mục đang dùng": "–"}
    header = json.loads((index.folder / "index.json").read_text(encoding="utf-8"))
    return {"chỉ mục đang dùng": str(header["fingerprint"]), "bộ mã hóa": index.encoder_name}


def _spread(questions: Sequence[Question], limit: int) -> tuple[Question, ...]:
    """The first of every kind, then the second of every kind, and so on, `limit` in all."""
    kinds: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        kinds[question.kind].append(question)
    in_turn = (question for question in chain.from_iterable(zip_longest(*kinds.values())) if question)
    return tuple(question for question, _ in zip(in_turn, range(limit), strict=False))


def _check_port_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = HoidapError(
                f"Không dùng được {host}:{port} ({error.strerror}). Có thể cổng đang bận: "
                f"hãy chọn cổng khác, ví dụ: hoidap serve --port {port % 65535 + 1}"
            )
            message.exit_code = 69
            raise message from error


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
