"""Where a document's own words and its manifest entry disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Metadata, TextKind, vietnamese_date
from corpus.relation import Head
from corpus.vietnamese import unmarked

_LONG_FORMS = {
    "hoi dong nhan dan": "hdnd",
    "uy ban nhan dan": "ubnd",
    "thu tuong chinh phu": "ttg",
    "cong vien dia chat": "cvdc",
    "ve viec": "",
    "v/v": "",
}


def differences(head: Head, metadata: Metadata) -> tuple[str, ...]:
    """What the text says otherwise than the manifest, one sentence in Vietnamese each.

    What either leaves blank is no difference, nor are capitals, spacing, tone placement and common
    abbreviations. A digest or catalogue entry is not the instrument's text: nothing is compared.
    """
    if metadata.kind in (TextKind.DIGEST, TextKind.CATALOGUE):
        return ()
    return tuple(
        f"{what}: văn bản ghi “{said}”, khai báo trong manifest là “{declared}”. Hãy đối chiếu lại."
        for what, said, declared in _compared(head, metadata)
    )


def _compared(head: Head, metadata: Metadata) -> Iterator[tuple[str, str, str]]:
    for what, said, declared in (
        ("Loại văn bản", head.type, metadata.type),
        ("Số, ký hiệu", head.number, metadata.number),
        ("Cơ quan ban hành", head.issuer, metadata.issuer),
        ("Người ký", head.signer, metadata.signer),
        ("Tên văn bản", head.title, metadata.title),
    ):
        if said and declared and not _same(said, declared, ends=what == "Người ký"):
            yield what, said, declared
    for what, said, declared in (
        ("Ngày ban hành", head.date, metadata.date),
        ("Ngày có hiệu lực", head.effective, metadata.effective),
    ):
        if said and declared and not (said.startswith(declared) or declared.startswith(said)):
            yield what, vietnamese_date(said), vietnamese_date(declared)


def _same(one: str, other: str, *, ends: bool) -> bool:
    """Whether both say the same; `ends`: one may leave out the office before the name."""
    first, second = plain(one), plain(other)
    return first == second or (ends and (first.endswith(second) or second.endswith(first)))


def plain(text: str) -> str:
    """Letters and digits alone, marks, case and the usual abbreviations taken away: for comparing."""
    bare = " ".join(unmarked(text).split())
    for long, short in _LONG_FORMS.items():
        bare = re.sub(rf"\b{long}\b", short, bare)
    return re.sub(r"[^a-z0-9]+", "", bare.removeprefix("ve "))
