"""The chat page: Gradio wiring only. Call `ui.settings.quiet_environment` before this module is imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.themes.utils.fonts import Font

from corpus.errors import HoidapError
from ui.examples import EXAMPLES
from ui.render import answer_html, corpus_html, error_html, question_html, waiting_html

if TYPE_CHECKING:
    from fastapi import FastAPI

    from answer.pipeline import Answerer
    from ui.settings import Settings

ASSETS = Path(__file__).parent / "assets"
TITLE = "Hỏi đáp văn bản Lạng Sơn"

_AT_ONCE = 2  # answers worked on at the same time: the encoder alone fills a core
_AT_ONCE_WRITTEN = 8  # where most of the time is spent waiting for a language model
_WAITING = 32  # questions that may queue behind them
_KEPT = 20  # turns that survive a reload of the page

# A turn of the conversation as the browser keeps it: the question, the HTML of the answer,
# and whether it was answered at all (what was refused is no context for the next question).
Turn = tuple[str, str, bool]

_QUOTES, _WRITES = "bằng chính lời văn của", "theo đúng"
_INTRODUCTION = (
    f"<h1>{TITLE}</h1><p>Trả lời câu hỏi {{}} kế hoạch, quyết định của tỉnh Lạng Sơn, "
    "mỗi câu kèm trích dẫn mở ra xem được.</p>"
)

_UNFORESEEN = "Máy chủ gặp lỗi ngoài dự kiến. Hãy hỏi lại; nếu vẫn lỗi, xem nhật ký của máy chủ."

# The words Gradio puts on the page itself. It knows no Vietnamese, and its own dictionaries come last:
# a flat key is looked up before the nested one of the same name.
_WORDS = {
    "chatbot.conversation": "Cuộc trò chuyện",
    "chat_interface.conversation": "Cuộc trò chuyện",
    "chat_interface.chatbot": "Hỏi đáp",
    "common.clear": "Xóa",
    "common.error": "Lỗi",
    "common.loading": "Đang tải",
    "common.submit": "Gửi",
    "blocks.lost_connection": "Mất kết nối vì trang bị rời đi. Đang nối lại…",
    "blocks.connection_can_break": "Trên điện thoại, kết nối có thể đứt khi khóa màn hình.",
    "blocks.long_requests_queue": "Nhiều câu hỏi đang chờ. Hãy đợi thêm.",
    "blocks.waiting_for_inputs": "Đang tải tệp, hãy thử lại sau.",
    "status.queue_position": "Đang chờ: {position} trên {size}",
}


def mount_chat(app: FastAPI, answerer: Answerer, settings: Settings) -> None:
    """Puts the chat page at / of `app`; everything the page loads comes from this server."""
    gr.mount_gradio_app(
        app,
        chat_page(answerer),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        footer_links=[],
        run_history=False,  # questions are not kept beside the conversation the user sees
        show_error=False,  # an unforeseen error is for the log, not for the page
        max_file_size="1kb",  # nothing is uploaded here, but Gradio's route for it is open
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        i18n=gr.I18n(en=_WORDS, vi=_WORDS),
        theme=_theme(),
        css_paths=ASSETS / "chat.css",
        head='<link rel="icon" href="/ui/icon.svg"><script src="/ui/chat.js" defer></script>',
    )


def chat_page(answerer: Answerer) -> gr.Blocks:
    """Question, answers, examples, and what is consulted."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False)
    writer = answerer.writer
    with page:
        gr.HTML(_INTRODUCTION.format(_WRITES if writer else _QUOTES), elem_id="hd-introduction")
        turns, kept = gr.State([]), gr.BrowserState([], storage_key="hoidap-conversation")
        chat = _conversation()
        box, ask = _question_row()
        groups, buttons = _examples()
        clear = gr.Button("Bắt đầu cuộc trò chuyện mới", size="sm", variant="secondary", visible=False)
        sent_to = writer.name if writer and writer.host else None
        gr.HTML(corpus_html(answerer.index.documents.values(), sent_to), elem_id="hd-about")
        shown: list[Any] = [chat, turns, kept, clear, *groups]

        def respond(question: str, turns: list[Turn]) -> Iterator[list[Any]]:
            for html, counted, complete in _answers(answerer, question, turns):
                yield ["", *_state([*turns, (question, html, counted)], len(groups), save=complete)]

        def restore(kept: object, turns: list[Turn]) -> list[Any]:
            if turns:  # a question was asked before the page had loaded: its answer stays
                return [gr.skip()] * len(shown)
            return _state(_trusted(kept), len(groups), save=False)

        def apologize(turns: list[Turn]) -> list[Any]:
            return _state([*turns[:-1], *_spoilt(turns[-1:])], len(groups), save=True)

        at_once = _AT_ONCE_WRITTEN if writer else _AT_ONCE
        asking: dict[str, Any] = {"concurrency_id": "answer", "concurrency_limit": at_once}
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        outputs = [box, *shown]
        events = [gr.on([box.submit, ask.click], respond, [box, turns], outputs, **asking, **quiet)]
        events += [one.click(respond, [one, turns], outputs, **asking, **quiet) for one in buttons]
        for event in events:
            event.failure(apologize, turns, shown, **quiet)
        page.load(restore, [kept, turns], shown, **quiet)
        clear.click(lambda: _state([], len(groups), save=True), None, shown, **quiet)
    page.queue(default_concurrency_limit=at_once, max_size=_WAITING)
    return page


def _conversation() -> gr.Chatbot:
    return gr.Chatbot(
        visible=False,
        elem_id="hd-chat",
        label="Cuộc trò chuyện",
        show_label=False,
        container=False,
        height=None,
        autoscroll=False,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        layout="panel",
        group_consecutive_messages=False,
    )


def _question_row() -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="hd-ask", equal_height=True):
        box = gr.Textbox(
            label="Câu hỏi của bạn",
            show_label=False,
            placeholder="Hỏi về kế hoạch, quyết định…",
            lines=1,  # with one line Enter sends and Shift+Enter breaks the line
            max_lines=6,
            autofocus=True,
            scale=8,
            min_width=200,
            html_attributes=gr.InputHTMLAttributes(lang="vi", enterkeyhint="send", autocomplete="off"),
        )
        return box, gr.Button("Hỏi", variant="primary", scale=1, min_width=72)


def _examples() -> tuple[list[gr.Accordion], list[gr.Button]]:
    groups, buttons = [], []
    gr.HTML("<h2>Câu hỏi mẫu</h2>", elem_id="hd-examples-title")
    with gr.Row(elem_id="hd-examples"):
        for name, questions in EXAMPLES.items():
            with gr.Column(min_width=300), gr.Accordion(name) as group:
                buttons += [
                    gr.Button(question, size="sm", elem_classes="hd-example") for question in questions
                ]
            groups.append(group)
    return groups, buttons


def _answers(answerer: Answerer, question: str, turns: list[Turn]) -> Iterator[tuple[str, bool, bool]]:
    """The answer as it grows: its HTML, whether it counts as context, whether it is complete."""
    key = f"nguon-{len(turns) + 1}"
    documents = answerer.index.documents
    yield waiting_html(), False, False
    sound = question.encode(errors="ignore").decode()  # a browser can send half an emoji
    answer = None
    try:
        for answer in answerer.stream(sound, [asked for asked, _, counted in turns if counted]):
            yield answer_html(answer, documents, key, complete=False), True, False
    except HoidapError as error:
        yield error_html(str(error)), False, True
        return
    if answer is not None:
        yield answer_html(answer, documents, key), True, True


def _state(turns: list[Turn], groups: int, *, save: bool) -> list[Any]:
    """New values, in order: chat, turns, the browser's copy, the button that clears, groups of examples."""
    messages: list[Any] = [
        message
        for question, html, _ in turns
        for message in (
            {"role": "user", "content": question_html(question)},
            {"role": "assistant", "content": html},
        )
    ]
    return [
        gr.Chatbot(messages, visible=bool(turns)),
        turns,
        turns[-_KEPT:] if save else gr.skip(),
        gr.Button(visible=bool(turns)),
        *[gr.Accordion(open=not turns)] * groups,
    ]


def _trusted(kept: object) -> list[Turn]:
    """What the browser kept, where it has the form of turns; the chat component sanitizes the HTML again."""
    if not isinstance(kept, list):
        return []
    return [
        (question, html, counted)
        for question, html, counted in (turn for turn in kept if isinstance(turn, list) and len(turn) == 3)
        if isinstance(question, str) and isinstance(html, str) and isinstance(counted, bool)
    ]


def _spoilt(turns: list[Turn]) -> list[Turn]:
    """The turns that an unforeseen error cut short, saying so."""
    return [(question, error_html(_UNFORESEEN), False) for question, _, _ in turns]


def _theme() -> gr.Theme:
    system = [Font(name) for name in ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")]
    mono = [Font(name) for name in ("ui-monospace", "Consolas", "monospace")]
    theme = gr.themes.Default(
        primary_hue="blue",
        secondary_hue="blue",
        neutral_hue="slate",
        text_size="lg",
        font=system,
        font_mono=mono,
    )
    # Dark enough to carry white words (WCAG AA).
    return theme.set(
        button_primary_background_fill="*primary_700", button_primary_background_fill_hover="*primary_800"
    )
