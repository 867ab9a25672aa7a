"""Reads the sentences out of a language model's answer while it comes in: each as soon as it is whole.

Asked for is `{"sentences": [{"text", "citations"}], "complete"}`. What stands around the JSON is passed over,
and prose with numbers in brackets is read where there is no JSON at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecoder

_ITEM = re.compile(r'\{\s*"(?:text|citations)"')
_COMPLETE = re.compile(r'"complete"\s*:\s*(true|false)')
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
# "… lượt khách [1][2]." of prose
_CITED = re.compile(r"(?P<text>[^\[\]]+?)\s*(?P<numbers>(?:\[\d{1,3}(?:\s*,\s*\d{1,3})*\]\s*)+)[.;]?")
_NUMBER = re.compile(r"\d{1,3}")
_DECODER = JSONDecoder(strict=False)  # line ends inside a string are let pass


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it, not yet looked at."""

    text: str
    citations: tuple[int, ...]  # what it says it cites; nothing is known of these numbers


class Drafts:
    """One answer as it comes in."""

    def __init__(self) -> None:
        self._said = ""
        self._read = 0  # where the last whole sentence ended
        self._found = False

    def feed(self, piece: str) -> Iterator[Draft]:
        """The sentences that `piece` made whole."""
        self._said += piece
        if "}" in piece:
            yield from self._whole()

    def end(self) -> Iterator[Draft]:
        """What is left when the answer is over: of JSON nothing, prose is read only now."""
        if not self._found and '"text"' not in self._said:
            for found in _CITED.finditer(_THOUGHT.sub("", self._said)):
                yield Draft(found["text"], _numbers(found["numbers"]))

    @property
    def complete(self) -> bool | None:
        """Whether the model says that nothing is missing; None where it does not say."""
        found = _COMPLETE.findall(self._said, self._read)
        return found[-1] == "true" if found else None

    def _whole(self) -> Iterator[Draft]:
        if (thought := _THOUGHT.match(self._said.lstrip())) and not self._found:
            self._read = max(self._read, len(self._said) - len(self._said.lstrip()) + thought.end())
        while item := _ITEM.search(self._said, self._read):
            try:
                value, end = _DECODER.raw_decode(self._said, item.start())
            except (ValueError, RecursionError):
                later = _ITEM.search(self._said, item.end())
                if later is None:
                    return  # not whole yet
                self._read = later.start()  # it never will be: another one has begun
                continue
            self._read, self._found = end, True
            text = value.get("text")
            if isinstance(text, str):
                yield Draft(text, _numbers(str(value.get("citations", ""))))


def _numbers(said: str) -> tuple[int, ...]:
    """Every number in `[1, 2]`, `["1"]`, `[1][2]`, once."""
    return tuple(dict.fromkeys(int(found) for found in _NUMBER.findall(said)))
