"""Work that fills a processor is done in threads, a few at a time; who comes too late hears so at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import anyio
from anyio import to_thread

from ui.problems import ProblemError

T = TypeVar("T")
_RETRY_SECONDS = 5


class Room:
    """Place for `at_once` pieces of work, and for `waiting` more before the door."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._places = anyio.CapacityLimiter(at_once)
        self._waiting = waiting

    @property
    def full(self) -> bool:
        """Whether whoever comes now is sent away."""
        return self._places.statistics().tasks_waiting >= self._waiting

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns. Raises ProblemError (503) where the room is full."""
        if self.full:
            words = "Máy chủ đang có quá nhiều yêu cầu chờ. Hãy thử lại sau ít giây."
            raise ProblemError(503, words, {"Retry-After": str(_RETRY_SECONDS)})
        return await to_thread.run_sync(work, limiter=self._places)

    async def each(self, values: Iterator[T]) -> AsyncIterator[T]:
        """The values of an iterator, each made in the room; the iterator is closed where nobody waits."""
        try:
            while True:
                made = await to_thread.run_sync(next, values, None, limiter=self._places)
                if made is None:
                    return
                yield made
        finally:
            if close := getattr(values, "close", None):
                close()
