"""A receipt proves itself: what was changed in it is found, without the database."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.applications.receipts import BEGIN, END, Facts, Finding, block, hash_of, verify
from govmatch.kit.signing import Signer

SIGNER = Signer("the secret key of this site, long enough")
CONTENT = '{"answers":{"title":"Blåbær: »søg«"},"files":{},"questionnaire":"ab"}'.encode()
SALT = "a salt"
FACTS = Facts(
    receipt="r3c31pt",
    application="A-aaaa-bbbb-cccc",
    challenge="scanning",
    firm="f1rm",
    version="2",
    at="2027-02-22T10:59:59.123456+00:00",
    salt=SALT,
    sha256=hash_of(SALT, CONTENT),
)
TEXT = f"A receipt\nfor people\n\n{block(FACTS, CONTENT, SIGNER)}\n"


def test_a_receipt_of_this_site_is_genuine() -> None:
    verdict = verify(TEXT, SIGNER)
    assert verdict.finding is Finding.GENUINE
    assert verdict.is_good
    assert verdict.facts == FACTS


def test_without_the_secret_key_the_hash_alone_is_checked() -> None:
    assert verify(TEXT).finding is Finding.CONSISTENT


def test_the_hash_is_what_any_tool_computes() -> None:
    """`printf '%s%s' "$salt" "$content" | sha256sum`."""
    assert hashlib.sha256(SALT.encode() + CONTENT).hexdigest() == FACTS.sha256


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_a_receipt_may_have_gone_through_mail_and_other_systems(line_end: str) -> None:
    assert verify("Fwd: " + TEXT.replace("\n", line_end), SIGNER).finding is Finding.GENUINE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Blåbær", "Blabær"),
        ("version: 2", "version: 3"),
        ("at: 2027-02-22T10", "at: 2027-02-22T09"),
        ("firm: f1rm", "firm: other"),
        ("challenge: scanning", "challenge: invoicing"),
        (f"salt: {SALT}", "salt: other"),
        (f"sha256: {FACTS.sha256[:4]}", "sha256: 0000"),
    ],
)
def test_whatever_is_changed_is_found(before: str, after: str) -> None:
    assert before in TEXT
    assert verify(TEXT.replace(before, after), SIGNER).finding is Finding.ALTERED


def test_a_receipt_of_another_site_is_foreign() -> None:
    other = Signer("the secret key of another site, long too")
    made = block(FACTS, CONTENT, other)
    assert verify(made, SIGNER).finding is Finding.FOREIGN
    assert not verify(made, SIGNER).is_good


def seal_of(text: str) -> str:
    return text.partition("seal: ")[2].partition("\n")[0]


def test_a_seal_of_another_receipt_does_not_fit() -> None:
    other = replace(FACTS, receipt="another")
    seal = seal_of(block(other, CONTENT, SIGNER))
    own = seal_of(TEXT)
    assert verify(TEXT.replace(own, seal), SIGNER).finding is Finding.ALTERED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no receipt",
        f"{BEGIN}\n{END}",
        TEXT.replace(END, ""),
        TEXT.replace("salt: ", "Salt: "),
        TEXT.replace("version: 2\n", "version: 2\nversion: 3\n"),
        TEXT.replace("firm: f1rm\n", ""),
    ],
)
def test_what_is_no_whole_receipt_is_unreadable(text: str) -> None:
    assert verify(text, SIGNER).finding is Finding.UNREADABLE


def test_an_answer_cannot_pose_as_a_receipt() -> None:
    """An answer that quotes another block stands before the real one, which is read."""
    forged = block(replace(FACTS, version="9"), CONTENT, Signer("mine, and not the site's at all"))
    assert verify(f"{forged}\n{TEXT}", SIGNER).facts == FACTS


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    assert verify(text, SIGNER).finding is Finding.UNREADABLE
