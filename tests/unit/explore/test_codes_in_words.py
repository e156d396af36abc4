"""What codes have in common is said as people would: the same, under another, or not at all."""

from govmatch.explore.matching.codes_in_words import shared_codes
from govmatch.explore.matching.naming import Names
from govmatch.kit.i18n import say
from govmatch.matching.explanation import SharedCode
from govmatch.settings import shipped
from govmatch.taxonomy import cpv

TERMS = {"theme:invoicing": "Invoicing", "theme:business": "Services for businesses"}


def lines(*shared: SharedCode) -> list[str]:
    names = Names("en", cpv.codes(shipped("content")), TERMS)
    return [say(line.text, "en") for line in shared_codes(shared, names)]


def code(here: str, there: str, above: str) -> SharedCode:
    return SharedCode(f"cpv:{here}", f"cpv:{there}", f"cpv:{above}")


SAME = code("48444000", "48444000", "48444000")


def test_the_same_codes_stand_in_one_line() -> None:
    other = code("72212443", "72212443", "72212443")
    [line] = lines(SAME, other)
    assert line == (
        "CPV codes of both: 48444000 Accounting system; "
        "72212443 Accounting software development services"
    )


def test_a_code_under_the_other_is_said_from_both_sides() -> None:
    [below] = lines(code("48444100", "48440000", "48440000"))
    assert below == (
        "48444100 Billing system in the challenge is under "
        "48440000 Financial analysis and accounting software package in the profile"
    )
    [above] = lines(code("48440000", "48444100", "48440000"))
    assert above.startswith("48444100 Billing system in the profile is under 48440000 ")


def test_two_under_a_third_are_said_only_where_nothing_is_nearer() -> None:
    far = code("48444100", "48442000", "48440000")
    near = code("48451000", "48450000", "48450000")
    telling = code("72212442", "72212443", "72212440")
    assert lines(far) == []
    assert lines(telling)[0].endswith(
        "are both under 72212440 Financial analysis and accounting software development services"
    )
    assert len(lines(near, telling)) == 1
    assert len(lines(SAME, telling)) == 1


def test_themes_stand_in_quotation_marks_inside_a_sentence() -> None:
    shared = SharedCode("theme:business", "theme:invoicing", "theme:business")
    assert lines(shared) == [
        "“Invoicing” in the profile is under “Services for businesses” in the challenge"
    ]
