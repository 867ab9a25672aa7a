"""Reads an iterator against the clock: another thread waits for it, so that nobody waits too long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Event, Thread
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 8  # iterators waited for at the same time; one that hangs keeps its place until its server gives up
_places = BoundedSemaphore(AT_ONCE)


class CrowdedError(RuntimeError):
    """All places are taken."""


class FailedError(RuntimeError):
    """The iterator raised; its error is the cause."""


def timed(make: Callable[[], Iterator[T]], until: Callable[[], float]) -> Iterator[T]:
    """What `make()` yields, as long as each comes before `until()`, a moment of `time.monotonic`.

    Raises TimeoutError when it does not, CrowdedError when too many are waited for, FailedError when the
    iterator raises, whatever that is. Left early, it tells the other thread to stop at its next item.
    """
    if not _places.acquire(blocking=False):
        raise CrowdedError("too many answers are waited for")
    queue: SimpleQueue[tuple[T] | Exception | None] = SimpleQueue()
    left = Event()
    # a copied context: callbacks of whoever asked go on hearing of the call
    Thread(target=copy_context().run, args=(_fill, make, queue, left), daemon=True).start()
    try:
        while True:
            remaining = until() - time.monotonic()
            if remaining <= 0:
                raise TimeoutError
            try:
                got = queue.get(timeout=remaining)
            except Empty:
                raise TimeoutError from None
            if got is None:
                return
            if isinstance(got, Exception):
                raise FailedError from got
            yield got[0]
    finally:
        left.set()


def _fill(
    make: Callable[[], Iterator[T]], queue: SimpleQueue[tuple[T] | Exception | None], left: Event
) -> None:
    try:
        for item in make():
            queue.put((item,))
            if left.is_set():
                break
    except Exception as error:  # any model, any client: it is told where the answer is read
        queue.put(error)
    else:
        queue.put(None)
    finally:
        _places.release()
