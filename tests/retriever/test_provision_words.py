"""BM25 over single provisions: the one a question speaks of, by its text or by what is written about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from corpus.document import Document
from corpus.enrichment import Enrichment, text_hash
from ingest.passages import passages
from retriever.fields import by_syllable
from retriever.provision_words import ProvisionWords

PLAN = "kh-du-lich-cvdc-2026"
CLUBS = "iii/2/2.2/doan-4"


def test_a_provision_is_found_by_its_text_and_by_what_is_written_about_it(
    documents: Mapping[str, Document], tmp_path: Path
) -> None:
    plan = documents[PLAN]
    cut = passages(plan)
    owner = next(n for n, one in enumerate(cut) if any(a.path == CLUBS for a in one.addresses))
    place = [address.path for address in cut[owner].addresses].index(CLUBS)
    beside = Enrichment(CLUBS, text_hash(plan.by_address[CLUBS]), "Chỗ cho hội chơi hang", (), (), "", "")
    written = [(beside,) if number == owner else () for number in range(len(cut))]
    ProvisionWords.build(documents, cut, written).save(tmp_path / "provisions")
    opened = ProvisionWords.load(tmp_path / "provisions")
    for question in ("câu lạc bộ Đại sứ Công viên", "hội chơi hang"):
        scores = [opened.of(by_syllable(question), number) for number in range(len(cut))]
        assert [len(one) for one in scores] == [len(one.addresses) for one in cut]
        assert int(np.argmax(scores[owner])) == place
        assert scores[owner][place] == np.concatenate(scores).max()


def test_an_unknown_word_finds_nothing(documents: Mapping[str, Document]) -> None:
    cut = passages(documents[PLAN])
    opened = ProvisionWords.build(documents, cut, [()] * len(cut))
    assert not any(opened.of(by_syllable("zzzz"), number).any() for number in range(len(cut)))
