"""Incremental reading: what has not changed is not read, what fails is remembered, what served goes on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import HoidapError
from corpus.manifest import SHIPPED, Entry, load
from ingest import readings as kept_readings
from ingest.holdings import Holdings, expected, read_holdings, twins
from ingest.isolation import Limits
from ingest.pipeline import read_document
from ingest.readings import Readings

LIMITS = Limits(seconds=60, memory_mb=1024)
BROKEN = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@dataclass(frozen=True)
class Office:
    """A folder with documents and what was read of them."""

    folder: Path

    def entry(self, name: str, data: bytes, **known: str) -> Entry:
        """A document of these bytes."""
        path = self.folder / f"{name}.txt"
        path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        blank = replace(load(SHIPPED)[0].metadata, id=name, file=path.name, sha256=digest)
        return Entry(replace(blank, **known), path)  # type: ignore[arg-type]  # all of them are strings

    def readings(self, limits: Limits = LIMITS) -> Readings:
        """What was read before, opened anew as each command does."""
        return Readings(self.folder / "readings", limits)

    def read(
        self,
        entries: Sequence[Entry],
        faults: Mapping[str, HoidapError] | None = None,
        former: Iterable[Document] = (),
        retry: bool = False,
    ) -> tuple[Holdings, list[str]]:
        """The holdings, and the ids of the documents whose files were read for them."""
        before = self.written()
        served = {document.id: document for document in former}
        holdings = read_holdings(entries, faults or {}, self.readings(), lambda: served, retry)
        after = self.written()
        keys = {self.readings().key(entry): entry.metadata.id for entry in entries}
        return holdings, [keys[name.split(".")[0]] for name in after if after[name] != before.get(name)]

    def written(self) -> dict[str, int]:
        """When each file of the readings was written."""
        folder = self.folder / "readings"
        return {file.name: file.stat().st_mtime_ns for file in sorted(folder.glob("*"))}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def text(number: int) -> bytes:
    return f"Điều 1. Phạm vi\n\n1. Năm {number} xã.\n\n2. Tỉnh Lạng Sơn.\n".encode()


def test_what_is_read_apart_is_what_is_read_here(office: Office) -> None:
    entries = [*load(SHIPPED)[:2], office.entry("mot", text(1))]
    holdings, _ = office.read(entries)
    assert list(holdings.documents) == [entry.metadata.id for entry in entries]
    for entry in entries:
        assert holdings.documents[entry.metadata.id] == read_document(entry)
    assert holdings.failures == ()
    assert set(holdings.made_from) == set(holdings.documents)


def test_only_what_has_changed_is_read(office: Office) -> None:
    entries = [office.entry(f"vb-{number}", text(number)) for number in range(4)]
    first, read = office.read(entries)
    assert len(read) == 4
    again, read = office.read(entries)
    assert read == []
    assert again == first
    entries[2] = office.entry("vb-2", text(22))
    changed, read = office.read(entries)
    assert read == ["vb-2"]
    assert changed.documents["vb-2"].by_address["dieu-1/1"].text.text == "Năm 22 xã."
    assert {name for name in first.made_from if first.made_from[name] != changed.made_from[name]} == {"vb-2"}


def test_a_reading_depends_on_the_manifest_the_errata_and_the_code(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = office.entry("mot", text(1))
    keys = {office.readings().key(entry)}
    keys.add(office.readings().key(Entry(replace(entry.metadata, title="Khác"), entry.path)))
    gone = Entry(replace(entry.metadata, withdrawn="2026-03-01", note="Đã thay."), entry.path)
    assert office.readings().key(gone) in keys  # a scan of many pages is not read again to be taken out
    (office.folder / "mot.errata.toml").write_text("# chưa có\n", encoding="utf-8")
    keys.add(office.readings().key(entry))
    monkeypatch.setattr(kept_readings, "digest", lambda *names, without: "khác")
    keys.add(office.readings().key(entry))
    assert len(keys) == 4


@pytest.mark.parametrize("kept", [True, False], ids=["read", "served"])
def test_what_the_manifest_says_now_holds_without_reading_again(office: Office, kept: bool) -> None:
    entry = office.entry("mot", text(1))
    gone = Entry(replace(entry.metadata, withdrawn="2026-03-01"), entry.path)
    faults = {} if kept else {"mot": HoidapError("mất tệp")}
    former = [read_document(entry)]
    office.read([entry])
    before, _ = office.read([entry], faults=faults, former=former)
    after, read = office.read([gone], faults=faults, former=former)
    assert read == []
    assert after.documents["mot"].metadata == gone.metadata
    assert after.made_from != before.made_from


def test_a_file_that_fails_does_not_stop_the_others(office: Office) -> None:
    entries = [office.entry("mot", text(1)), office.entry("hong", BROKEN), office.entry("hai", text(2))]
    holdings, _ = office.read(entries)
    assert list(holdings.documents) == ["mot", "hai"]
    ((failure),) = holdings.failures
    assert (failure.id, failure.served) == ("hong", False)
    assert "hong.txt" in failure.reason
    assert "hong" not in holdings.made_from


def test_a_failure_is_remembered_until_something_changes(office: Office) -> None:
    broken = office.entry("hong", BROKEN)
    first, read = office.read([broken])
    assert read == ["hong"]
    again, read = office.read([broken])
    assert read == []
    assert again == first
    _, read = office.read([broken], retry=True)
    assert read == ["hong"]
    mended, _ = office.read([office.entry("hong", text(1))])
    assert list(mended.documents) == ["hong"]
    assert mended.failures == ()


def test_other_limits_are_a_reason_to_try_again(office: Office) -> None:
    broken = office.entry("hong", BROKEN)
    office.read([broken])
    key = office.readings().key(broken)
    assert office.readings().failure(key)
    assert office.readings(Limits(seconds=61, memory_mb=1024)).failure(key) is None


def test_a_retry_that_succeeds_forgets_the_failure(office: Office) -> None:
    entry = office.entry("mot", text(1))
    office.readings().keep_failure(office.readings().key(entry), "máy treo")
    assert [failure.reason for failure in office.read([entry])[0].failures] == ["máy treo"]
    holdings, _ = office.read([entry], retry=True)
    assert holdings.failures == ()
    assert office.read([entry])[0] == holdings


def test_what_served_goes_on_while_the_manifest_names_the_same_file(office: Office) -> None:
    entry = office.entry("mot", text(1))
    document = read_document(entry)
    lost = {"mot": HoidapError("mất tệp")}
    holdings, _ = office.read([entry], faults=lost, former=[document])
    assert holdings.documents == {"mot": document}
    assert [(failure.reason, failure.served) for failure in holdings.failures] == [("mất tệp", True)]
    new = office.entry("mot", BROKEN)
    holdings, _ = office.read([new], former=[document])
    assert holdings.documents == {}
    assert [failure.served for failure in holdings.failures] == [False]


def test_what_goes_on_serving_has_the_manifest_of_today(office: Office) -> None:
    entry = office.entry("mot", text(1))
    document = read_document(entry)
    today = Entry(replace(entry.metadata, withdrawn="2026-03-01"), entry.path)
    holdings, _ = office.read([today], faults={"mot": HoidapError("mất tệp")}, former=[document])
    assert holdings.documents["mot"].metadata.withdrawn == "2026-03-01"


def test_what_is_expected_is_what_is_read(office: Office) -> None:
    entries = [
        office.entry("mot", text(1)),
        office.entry("hong", BROKEN),
        office.entry("mat", text(2)),
        office.entry("con", text(3)),
    ]
    faults = {"mat": HoidapError("mất tệp"), "con": HoidapError("mất tệp")}
    former = read_document(entries[3])
    served = {"con": former.metadata.sha256, "mat": "0" * 64}
    assert expected(entries, faults, office.readings(), served) is None
    holdings, _ = office.read(entries, faults=faults, former=[former])
    assert expected(entries, faults, office.readings(), served) == (holdings.made_from, holdings.failures)


@pytest.mark.parametrize("harm", [b"", b"{", b"[]", b'{"metadata": {}}', b"\xff\xfe"])
def test_a_damaged_reading_is_read_again(office: Office, harm: bytes) -> None:
    entry = office.entry("mot", text(1))
    first, _ = office.read([entry])
    (file,) = (office.folder / "readings").glob("*.json")
    file.write_bytes(harm)
    again, read = office.read([entry])
    assert read == ["mot"]
    assert again == first


def test_readings_of_what_is_gone_are_swept(office: Office) -> None:
    one, two = office.entry("mot", text(1)), office.entry("hai", BROKEN)
    office.read([one, two])
    (office.folder / "readings" / ".part-killed").write_text("half")
    before = office.written()
    office.readings().sweep([office.readings().key(one)])
    assert office.written() == before  # all of it is young: another command may need it
    for name in before:
        os.utime(office.folder / "readings" / name, (0, 0))
    office.readings().sweep([office.readings().key(one)])
    assert [name.split(".")[0] for name in office.written()] == [office.readings().key(one)]
    assert office.read([one])[1] == []


def test_where_nothing_can_be_kept_everything_is_read(tmp_path: Path) -> None:
    office = Office(tmp_path)
    entry = office.entry("mot", text(1))
    (tmp_path / "readings").write_text("no folder")
    readings = office.readings()
    holdings = read_holdings([entry, office.entry("hong", BROKEN)], {}, readings, dict)
    assert list(holdings.documents) == ["mot"]
    assert len(holdings.failures) == 1
    readings.sweep([])
    assert (tmp_path / "readings").read_text() == "no folder"


def test_progress_counts_documents_and_pages(office: Office) -> None:
    told: list[tuple[object, ...]] = []
    entries = [office.entry("mot", text(1)), office.entry("hai", text(2))]
    office.read(entries[:1])
    read_holdings(entries, {}, office.readings(), dict, progress=lambda *step: told.append(step))
    assert told == [("Đọc văn bản", 1, 2, "1 trang"), ("Đọc văn bản", 2, 2, "2 trang")]


@pytest.mark.parametrize(
    ("one", "other", "warned"),
    [
        ("12/QĐ-UBND", "12/QĐ-UBND", True),
        ("12/QĐ-UBND", "12/qđ-ubnd ", True),
        ("12/QĐ-UBND", "12 /QĐ-UBND", True),
        ("12/QĐ-UBND", "13/QĐ-UBND", False),
        ("12/QĐ-UBND", None, False),
        (None, None, False),
    ],
)
def test_two_documents_with_one_number_are_told(
    office: Office, one: str | None, other: str | None, warned: bool
) -> None:
    first, second = office.entry("mot", text(1)), office.entry("hai", text(2))
    entries = [
        Entry(replace(entry.metadata, number=number), entry.path)
        for entry, number in ((first, one), (second, other))
    ]
    found = twins(entries)
    assert bool(found) is warned
    if warned:
        assert "12/QĐ-UBND: mot, hai. Nếu" in found[0]
    gone = Entry(replace(entries[1].metadata, withdrawn="2026-03-01"), second.path)
    assert twins([entries[0], gone]) == ()
