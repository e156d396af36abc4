"""A bridge that was dumped is the same bridge."""

import pytest

from govmatch.search.bridge.concepts import Bridge
from govmatch.search.bridge.packing import packed, unpacked
from govmatch.search.bridge.rows import Learned, Row
from govmatch.search.bridge.vocabulary import vocabularies
from govmatch.settings import shipped

ROWS = (
    Row((("elektronische Rechnung", "E-Rechnung"), ("elektronisk faktura",), ("e-invoice",))),
    Row((("Rechnung",), ("faktura", "regning"), ("invoice", "bill"))),
)
LEARNED = (Learned(0.75, ("kies", "grus", "gravel")),)


def test_vocabularies_come_back() -> None:
    known = vocabularies(ROWS, LEARNED)
    assert unpacked(packed(known)) == known
    assert any(vocabulary.phrases for vocabulary in known.values())


def test_what_is_shipped_reads_texts_as_before() -> None:
    made = Bridge.load(shipped("content"))
    again = Bridge.loads(made.dumps())
    assert again.digest == made.digest
    for text, language in (
        ("Elektronische Rechnungen an die Gemeinde", "de"),
        ("Drikkevandet i vandledningsnettet", "da"),
        ("Potholes and street lamps", "en"),
    ):
        assert again.terms(text, language) == made.terms(text, language) != {}


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="no line of a vocabulary"):
        unpacked("l\tde\nx\ty")
