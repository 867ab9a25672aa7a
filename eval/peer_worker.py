"""One method in a process of its own, and its memory with it: `python -m eval.peer_worker NAME JOB OUT`.

JOB and OUT are JSON files, the fields of `peer_methods.Job` and of `Measured`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionError
from eval.peer_methods import METHODS, Found, Job, Method


@dataclass(frozen=True, slots=True)
class Measured:
    """What one method did."""

    passages: int
    index_seconds: float
    peak_bytes: int  # resident memory of the whole process at its highest
    milliseconds: tuple[float, ...]  # one a question, warm
    found: Mapping[str, tuple[Found, ...]]  # by question id, best first


def measure(name: str, job: Job) -> Measured:
    """Runs a method over a job in this process."""
    method = METHODS[name].make(job)
    began = time.perf_counter()
    passages = method.index()
    index_seconds = time.perf_counter() - began
    if job.questions:
        _ask(method, job.questions[0][1])  # what a first call loads is in no question's time
    milliseconds: list[float] = []
    found: dict[str, tuple[Found, ...]] = {}
    for identifier, question in job.questions:
        began = time.perf_counter()
        found[identifier] = _ask(method, question)
        milliseconds.append(1000 * (time.perf_counter() - began))
    return Measured(passages, index_seconds, peak_bytes(), tuple(milliseconds), found)


def measured(fields: Mapping[str, Any]) -> Measured:
    """What `Measured` was before it became JSON."""
    found = {key: tuple(Found(*one) for one in value) for key, value in fields["found"].items()}
    return Measured(**(dict(fields) | {"milliseconds": tuple(fields["milliseconds"]), "found": found}))


def main(arguments: Sequence[str]) -> None:
    """NAME JOB OUT."""
    os.environ.update(HF_HUB_OFFLINE="1", LANGSMITH_TRACING="false", LANGCHAIN_TRACING_V2="false")
    name, job_file, out = arguments
    fields = json.loads(Path(job_file).read_text(encoding="utf-8"))
    job = Job(
        model=fields["model"],
        model_name=fields["model_name"],
        manifests=tuple(fields["manifests"]),
        documents=tuple((name, text) for name, text in fields["documents"]),
        questions=tuple((identifier, text) for identifier, text in fields["questions"]),
    )
    result = asdict(measure(name, job))
    Path(out).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def _ask(method: Method, question: str) -> tuple[Found, ...]:
    try:
        return tuple(method.find(question))
    except QuestionError:
        return ()


def peak_bytes() -> int:
    """Resident memory of this process at its highest.

    From /proc where there is one: getrusage would count what the parent had before the fork."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(sys.argv[1:])
