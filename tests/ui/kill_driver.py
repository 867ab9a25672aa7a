"""Kills ingestions of small documents at random moments: `python kill_driver.py DATA KILLS SEED`.

The real encoder is loaded once, here; each ingestion is a fork of this process. After each kill the index
must open, hold the documents of one moment and answer from them. Prints how it went as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from answer.pipeline import Answerer
from retriever.encoder import SentenceTransformerEncoder
from retriever.index import open_index, served
from retriever.search import Searcher
from ui import opening
from ui.settings import Settings, quiet_environment

COMMUNES = ("Hữu Lũng", "Bắc Sơn", "Chi Lăng", "Tràng Định")
QUESTION = "Xã Hữu Lũng đón bao nhiêu lượt khách?"


@dataclass
class Office:
    """The documents of one office, written anew each time with other figures."""

    settings: Settings
    random: random.Random
    figures: dict[str, int] = field(default_factory=dict)  # by file hash: the visitors it speaks of

    def write(self) -> None:
        """Change two documents."""
        folder = self.settings.manifest.parent
        folder.mkdir(parents=True, exist_ok=True)
        for number in self.random.sample(range(len(COMMUNES)), 2) if self.figures else range(len(COMMUNES)):
            (folder / f"vb-{number}.txt").write_text(self._text(number), encoding="utf-8")
        tables = [self._table(number) for number in range(len(COMMUNES))]
        new = self.settings.manifest.with_suffix(".new")
        new.write_text("\n".join(tables), encoding="utf-8")
        new.replace(self.settings.manifest)

    def _text(self, number: int) -> str:
        figure = self.random.randrange(1_000, 1_000_000)
        text = (
            f"Điều 1. Phạm vi\n\n1. Nghị quyết này áp dụng tại xã {COMMUNES[number]}.\n\n"
            f"Điều 2. Mục tiêu\n\n1. Xã {COMMUNES[number]} đón {figure} lượt khách.\n\n"
            "2. Giữ gìn cảnh quan.\n"
        )
        self.figures[hashlib.sha256(text.encode()).hexdigest()] = figure
        return text

    def _table(self, number: int) -> str:
        data = (self.settings.manifest.parent / f"vb-{number}.txt").read_bytes()
        return (
            f'[[document]]\nid = "vb-{number}"\ntype = "Nghị quyết"\nissuer = "HĐND xã {COMMUNES[number]}"\n'
            f'title = "Đón khách tại xã {COMMUNES[number]}"\nfile = "vb-{number}.txt"\nkind = "official"\n'
            f'source = "thử"\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        )


def main() -> None:
    """DATA KILLS SEED."""
    import torch
    from tqdm import tqdm

    torch.set_num_threads(1)  # a fork has only one thread: a pool of them would wait for ever
    tqdm.set_lock(threading.RLock())  # its own is shared with forks: one killed would keep it for ever
    tqdm.monitor_interval = 0
    quiet_environment()
    data, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    settings = replace(Settings.read(), data=data)
    encoder = SentenceTransformerEncoder(*opening.model(settings))
    encoder.passages(["xin chào"])
    opening.encoder = lambda *_: encoder  # loaded here, once
    opening.manifests = lambda settings: [settings.manifest]
    office = Office(settings, random.Random(seed))
    office.write()
    opening.prepare(settings)  # what a first time loads is in no later one
    office.write()
    began = time.monotonic()
    opening.prepare(settings)
    usual = time.monotonic() - began
    killed = finished = changed = 0
    while killed < kills:
        before = dict(served(settings.index))
        office.write()
        if ingest_and_kill(settings, office.random.uniform(0, 1.1 * usual)):
            killed += 1
        else:
            finished += 1
        check(settings, office, encoder)
        changed += before != served(settings.index)
    opening.prepare(settings)
    check(settings, office, encoder)
    assert dict(served(settings.index)) == {
        entry.metadata.id: entry.metadata.sha256 for entry in opening.entries(settings)
    }
    left = sorted(path.name.split("-")[0] for path in settings.index.iterdir())
    print(json.dumps({"killed": killed, "finished": finished, "changed": changed, "left": left}))


def ingest_and_kill(settings: Settings, seconds: float) -> bool:
    """Whether an ingestion was killed before it had ended."""
    child = os.fork()
    if child == 0:
        opening.prepare(settings)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def check(settings: Settings, office: Office, encoder: SentenceTransformerEncoder) -> None:
    """The index opens, is of one moment, and answers with the figure of that moment."""
    index = open_index(settings.index)
    assert {name: document.metadata.sha256 for name, document in index.documents.items()} == served(
        settings.index
    )
    figure = office.figures[index.documents["vb-0"].metadata.sha256]
    answer = Answerer(Searcher(index, encoder)).answer(QUESTION)
    assert f"{figure} lượt khách" in answer.text, answer.text


if __name__ == "__main__":
    main()
