"""One mailbox has one account, and nobody is led elsewhere (bug classes 8 and 27)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.accounts.rules import canonical_email, own_path


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("admin@example.org", "admin@example.org"),
        ("  Admin@Example.ORG ", "admin@example.org"),
        ("ADMIN@EXAMPLE.ORG", "admin@example.org"),
        ("first.last@sub.example.org", "first.last@sub.example.org"),
        ("o'neill_1@example.org", "o'neill_1@example.org"),
        ("a@müller.example", "a@xn--mller-kva.example"),
        ("a@MÜLLER.example", "a@xn--mller-kva.example"),
        ("a@XN--MLLER-KVA.example", "a@xn--mller-kva.example"),
        ("a@rødgrød.example", "a@xn--rdgrd-vuad.example"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert canonical_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "ａｄｍｉｎ@example.org",  # full width
        "admın@example.org",  # dotless i
        "ADMİN@example.org",  # capital I with a dot
        "\u212aim@example.org",  # Kelvin sign
        "ad\u200bmin@example.org",  # zero-width space
        "admin\u200d@example.org",
        "admin@exa\u200bmple.org",
        "admin@ｅxample.org",
        "admin@exam\ufb01ple.org",  # ligature
        "admin@example。org",  # ideographic full stop
        '"admin"@example.org',
        '"ad min"@example.org',
        "admin(comment)@example.org",
        "<admin@example.org>",
        "admin@example.org, other@example.org",
        "admin@example.org\r\nBcc: other@example.org",
        "admin@[192.0.2.1]",
        "admin@192.0.2.1",
        "admin@localhost",
        "admin@-example.org",
        "admin@example-.org",
        "admin@exa_mple.org",
        "admin@example..org",
        "admin@example.org.",
        ".admin@example.org",
        "ad..min@example.org",
        "admin.@example.org",
        "admin@xn--admin.org",
        "admin@xn--a-.org",
        "admin@ab--cd.org",
        "admin",
        "@example.org",
        "admin@",
        "",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
        "a@" + ".".join(["b" * 60] * 5) + ".org",
    ],
)
def test_what_may_be_taken_for_another_address_is_refused(typed: str) -> None:
    assert canonical_email(typed) is None


def test_a_part_after_plus_is_another_mailbox() -> None:
    assert canonical_email("admin+x@example.org") == "admin+x@example.org"


def test_sharp_s_in_a_domain_is_not_another_domain() -> None:
    """IDNA 2003 made fussball.example of it, whose owner would have got the link."""
    assert canonical_email("a@fußball.example") == "a@xn--fuball-cta.example"
    assert canonical_email("a@fussball.example") == "a@fussball.example"


def test_letters_of_another_script_make_another_address() -> None:
    cyrillic = canonical_email("admin@ex\u0430mple.org")
    assert cyrillic is not None
    assert cyrillic.startswith("admin@xn--")


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_canonical_address_is_plain_and_stays_as_it_is(local: str, domain: str) -> None:
    found = canonical_email(f"{local}@{domain}.org")
    if found is not None:
        assert found.isascii()
        assert found == found.lower()
        assert not set(found) & set(' \t\r\n<>"(),;:[]\\')
        assert canonical_email(found) == found


@pytest.mark.parametrize(
    "wanted",
    [
        "/",
        "/challenges",
        "/challenges?q=a&page=2",
        "/second-factor/set-up?next=%2Fdesk",
        "/a/b-c_d",
    ],
)
def test_a_path_of_this_site_is_gone_on_to(wanted: str) -> None:
    assert own_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/ü",
        "/a b",
        "/a\r\nSet-Cookie: x=1",
        "/" + "a" * 500,
        "/login?next=/login",
        "/login/abc",
        "/logout",
        "/second-factor",
        "/second-factor?next=/",
        "",
    ],
)
def test_anything_else_is_not(wanted: str) -> None:
    assert own_path(wanted) == ""
