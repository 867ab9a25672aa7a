"""An iterator read against the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from answer.timed import AT_ONCE, CrowdedError, FailedError, timed


def soon() -> float:
    return time.monotonic() + 5


def numbers(count: int, wait: threading.Event | None = None) -> Iterator[int]:
    yield from range(count)
    if wait:
        wait.wait(30)


def test_what_comes_in_time() -> None:
    assert list(timed(lambda: numbers(3), soon)) == [0, 1, 2]


def test_what_does_not() -> None:
    wait, began = threading.Event(), time.monotonic()
    got = []
    with pytest.raises(TimeoutError):
        for number in timed(lambda: numbers(2, wait), lambda: began + 0.2):
            got.append(number)
    assert got == [0, 1]
    assert time.monotonic() - began < 2
    wait.set()


def test_what_never_ends() -> None:
    def endless() -> Iterator[int]:
        while True:
            time.sleep(0.001)
            yield 1

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        for _ in timed(endless, lambda: began + 0.1):
            pass
    assert time.monotonic() - began < 2


def test_an_error_is_raised_where_it_is_read() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise KeyError("x")

    reading = timed(broken, soon)
    assert next(reading) == 1
    with pytest.raises(FailedError) as failed:
        next(reading)
    assert isinstance(failed.value.__cause__, KeyError)


def test_whoever_leaves_early_stops_it() -> None:
    ended = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                time.sleep(0.001)
                yield 1
        finally:
            ended.set()

    reading = timed(endless, soon)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert ended.wait(5)


def test_only_so_many_at_once() -> None:
    wait = threading.Event()
    readings = [timed(lambda: numbers(1, wait), soon) for _ in range(AT_ONCE)]
    assert [next(each) for each in readings] == [0] * AT_ONCE
    with pytest.raises(CrowdedError):
        next(timed(lambda: numbers(1), soon))
    wait.set()
    assert [list(each) for each in readings] == [[]] * AT_ONCE
    assert list(timed(lambda: numbers(1), soon)) == [0]
