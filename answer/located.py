"""Where the things of a list lie, written as a text writes it: "hang Nước tại xã A" as "hang Nước, xã A"."""

from __future__ import annotations

import re

from corpus.vietnamese import NAME_WORD, fold

_LIES = re.compile(
    rf"(?P<what>[^\W\d]+)(?P<by>,\s|\s(?:tại|ở|thuộc)\s)(?P<where>(?:xã|phường|thị trấn|thôn|[Ll]àng)"
    rf"(?:\s{NAME_WORD})+)(?P<seam>(?:,|\s+và)\s+(?=[^\W\d]))?"
)
_WAYS = (", ", " tại ", " ở ", " thuộc ")


def located(sentence: str, text: str) -> str | None:
    """The sentence so, its list parted by semicolons; None where the text writes it no other way."""
    folded = fold(text)

    def as_there(found: re.Match[str]) -> str:
        ways = (found["by"], *_WAYS)
        said = (f"{found['what']}{way}{found['where']}" for way in ways)
        there = next(
            (each for each in said if fold(each) in folded), found[0].removesuffix(found["seam"] or "")
        )
        inside = found["seam"] and found["seam"].startswith(",") and _inner(sentence, found.end())
        return there + (found["seam"] if inside else "; " if found["seam"] else "")

    made = _LIES.sub(as_there, sentence)
    return made if made != sentence else None


def _inner(sentence: str, end: int) -> bool:
    """Whether what follows says more closely where: "Làng Hao, xã Vạn Linh"."""
    return re.match(r"(?:xã|phường|thị trấn|huyện|tỉnh)\s", sentence[end:]) is not None
