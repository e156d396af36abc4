"""Whatever a challenge of the site says, its files say, and are read as the same again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govmatch import questionnaires
from govmatch.challenges.content.base import known_in_files
from govmatch.challenges.content.exporting import as_files
from govmatch.challenges.content.reading import read_challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.statement import Statement, Words, tidy
from govmatch.files.kinds import Kind
from govmatch.files.names import clean_name
from govmatch.kit.content import Folder, Problem
from govmatch.kit.i18n import LANGUAGES
from govmatch.kit.ids import digest
from tests.unit.challenges.test_export import in_memory
from tests.unit.challenges.world import CONTENT, shipped_base, statement

PAPER = b"A plan."
LIKES = ("da", "en")
"""The languages in which the authority of these challenges works."""

HOSTILE = [
    "---", "\n---\n", "---\nslug: other\n---", "...", "a: b", "no", "on", "null", "~", "0123",
    "1e3",
    "2026-10-25", "{x}", "[a", "\\", "'", '"', "# x", "*", "&a", "!x", "- x", "? x", "| x", "> x",
    "%", "@", "`", "\t", "a\tb", "x  ", "  x", "a\r\nb", "a\rb", "a\u0085b", "a\u2028b", "\ufffe",
    "\uffff", "\u202eabc", "👩🏽‍🔬 🇩🇰", "e\u0301", "ﬀ", "ß", "ø", "\u00a0", "<b>x</b>",
    "<!-- x -->", "<https://example.org>", "{{7*7}}", "key:", ": x", " #", "a #b", "''",
    '""', "\\u0041", "\\n",
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40),
)
SEVERAL = st.lists(TEXT, min_size=1, max_size=5)


def said(text: str) -> str:
    """Return a line as it is kept; empty where nothing of it is."""
    kept = tidy(statement(words={"en": Words(title=text)})).words.get("en", Words())
    return kept.title


LINE = SEVERAL.map(" ".join).filter(lambda text: 0 < len(said(text)) < 80)
BODY = SEVERAL.map("\n".join).filter(lambda text: bool(said(text)))
SLUG = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?", fullmatch=True)

# Around both changes of the clocks, at any other time, and with parts of a minute.
INSTANTS = st.one_of(
    st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 27), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2027, 3, 27), datetime(2027, 3, 29), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2026, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from([datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in range(3)]),
)


def texts(draw: st.DrawFn, langs: tuple[str, ...], *, first: bool = True) -> dict[str, str]:
    """Return a text in some of these languages, in one at least where `first` is true."""
    some = [lang for lang in langs if draw(st.booleans())]
    wanted = [draw(st.sampled_from(langs)), *some] if first else some
    return {lang: draw(LINE) for lang in dict.fromkeys(wanted)}


@st.composite
def questions(draw: st.DrawFn, langs: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from([
        "text", "long_text", "number", "money", "date", "choice", "several", "declaration", "file",
        "email",
    ]))  # fmt: skip
    found: dict[str, Any] = {
        "id": draw(SLUG),
        "type": kind,
        "label": texts(draw, langs),
        "help": texts(draw, langs, first=False),
        "required": draw(st.booleans()),
    }
    if kind == "long_text":
        found |= {"max_words": draw(st.integers(1, 400)), "criterion": "fit"}
    if kind == "number":
        unit = texts(draw, langs, first=False)
        found |= {"minimum": 1, "maximum": 20, "decimals": 2, **({"unit": unit} if unit else {})}
    if kind in {"choice", "several"}:
        values = draw(st.lists(SLUG, min_size=2, max_size=4, unique=True))
        found["options"] = [{"value": one, "label": texts(draw, langs)} for one in values]
    if kind == "file":
        found |= {"accept": ["pdf", "odt"], "max_mb": 3, "maximum": 2}
    if kind in {"text", "long_text"} and draw(st.booleans()):
        found["redact"] = True
    return {key: value for key, value in found.items() if value not in ({}, None)}


def is_right(data: list[dict[str, Any]]) -> bool:
    try:
        questionnaires.load_questions(data, criteria=["fit", "team"], currency="EUR")
    except questionnaires.InvalidDefinition:
        return False
    return True


@st.composite
def papers(draw: st.DrawFn, langs: tuple[str, ...]) -> dict[str, Any]:
    name = clean_name(draw(SEVERAL.map("".join)) + ".txt", Kind("txt"))
    return {
        "name": name,
        "title": {lang: said(text) for lang, text in texts(draw, langs).items()},
        "media_type": "text/plain",
        "size": len(PAPER),
        "sha256": digest(PAPER),
    }


@st.composite
def challenges(draw: st.DrawFn) -> Statement:
    langs = tuple(draw(st.permutations(LANGUAGES))[: draw(st.integers(1, 3))])
    opens = draw(INSTANTS)
    # Questions and papers may have words in a language in which the challenge has none.
    words = (*langs, *(lang for lang in LANGUAGES if lang not in langs and draw(st.booleans())))
    own = draw(st.lists(questions(words), max_size=3, unique_by=lambda one: one["id"]))
    assume(is_right(own))
    contact = {"name": draw(LINE), "email": "no@on.example", "phone": draw(LINE)[:40]}
    return statement(
        words={
            lang: Words(title=draw(LINE), summary=draw(LINE), body=draw(BODY)) for lang in langs
        },
        main_lang=langs[0],
        zone=draw(st.sampled_from(["Europe/Copenhagen", "Europe/London", "Asia/Kathmandu", "UTC"])),
        opens=opens,
        questions_until=opens + timedelta(days=2, microseconds=draw(st.integers(0, 90_000_000))),
        closes=opens + timedelta(days=7, seconds=draw(st.integers(0, 7_200))),
        currency="EUR",
        questions=tuple(own),
        contact={key: text for key, text in contact.items() if said(text)},
        attachments=tuple(draw(st.lists(papers(words), max_size=1))),
    )


def made(one: Statement) -> Challenge:
    challenge = in_memory(one)
    challenge.authority.languages = list(LIKES)
    challenge.attachments = list(one.attachments)
    return challenge


def written(challenge: Challenge, folder: Path) -> Folder:
    """Write a challenge and its papers into a content folder."""
    (folder / "challenges" / "made").mkdir(parents=True)
    for lang, text in as_files(challenge).items():
        (folder / "challenges" / f"made.{lang}.md").write_bytes(text.encode())
    for paper in challenge.attachments:
        (folder / "challenges" / "made" / paper["name"]).write_bytes(PAPER)
    return Folder(folder)


def read_again(folder: Folder) -> Statement:
    problems: list[Problem] = []
    base = shipped_base()
    own = base.authorities["sikkerhedsstyrelsen"]
    known = known_in_files(base, Folder(CONTENT))
    known = replace(known, authorities={**known.authorities, own.slug: LIKES})
    ((slug, found),) = read_challenges(folder, known, problems)
    assert (slug, problems) == ("made", [])
    assert found is not None
    return found.statement


@settings(max_examples=150, deadline=None)
@given(one=challenges())
def test_whatever_is_said_is_read_as_the_same(
    tmp_path_factory: pytest.TempPathFactory, one: Statement
) -> None:
    wanted = tidy(one)
    folder = written(made(wanted), tmp_path_factory.mktemp("round"))
    assert read_again(folder) == wanted


@pytest.mark.parametrize("text", HOSTILE)
def test_every_hostile_text_survives_in_every_place(tmp_path: Path, text: str) -> None:
    if not said(text):
        text = f"x{text}x"
    labels = {"en": text, "da": text}
    question = {"id": "q", "type": "choice", "label": labels, "help": labels, "options": [
        {"value": "a", "label": labels}, {"value": "b", "label": {"en": text}},
    ]}  # fmt: skip
    assume_right = is_right([question])
    wanted = tidy(
        statement(
            words={
                lang: Words(title=text, summary=text, body=f"{text}\n\n{text}\n    {text}")
                for lang in ("da", "en")
            },
            questions=(question,) if assume_right else (),
            contact={"name": text, "email": "no@on.example", "phone": said(text)[:40]},
            main_lang="en",
        )
    )
    assert read_again(written(made(wanted), tmp_path)) == wanted


def test_a_time_that_comes_twice_keeps_which_it_is(tmp_path: Path) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    wanted = tidy(
        statement(
            opens=first,
            questions_until=first + timedelta(hours=1),
            closes=first + timedelta(hours=2),
            zone="Europe/Copenhagen",
        )
    )
    folder = written(made(wanted), tmp_path)
    text = folder.read("challenges/made.en.md").text
    assert "opens: 2026-10-25T02:30+02:00" in text
    assert "questions_until: 2026-10-25T02:30+01:00" in text
    assert "closes: 2026-10-25T03:30\n" in text
    assert read_again(folder) == wanted


def test_what_is_as_usual_is_not_written(tmp_path: Path) -> None:
    words = {lang: Words(title="T", summary="S", body="B") for lang in LANGUAGES}
    usual = tidy(statement(words=words, main_lang="da"))
    text = as_files(made(usual))["en"]
    assert all(f"\n{key}:" not in text for key in ("written_in", "original", "html"))
    other = as_files(made(replace(usual, main_lang="de", words={"de": words["de"]})))["de"]
    assert "\nwritten_in: [de]\n" in other
    assert "\noriginal: " not in other, "there is but one"
    third = as_files(made(replace(usual, main_lang="de")))["en"]
    assert "\noriginal: de\n" in third


def test_of_files_in_two_languages_that_do_not_say_so_the_third_is_missing(tmp_path: Path) -> None:
    words = {lang: Words(title="T", summary="S", body="B") for lang in ("da", "en")}
    folder = written(made(tidy(statement(words=words))), tmp_path)
    for lang in ("da", "en"):
        path = folder.root / "challenges" / f"made.{lang}.md"
        path.write_text(path.read_text("utf-8").replace("written_in: [da, en]\n", ""), "utf-8")
    problems: list[Problem] = []
    known = known_in_files(shipped_base(), Folder(CONTENT))
    assert [found for _, found in read_challenges(folder, known, problems)] == [None]
    assert [(one.path, one.field) for one in problems] == [("challenges/made.de.md", "lang")]


def test_a_file_in_a_language_that_the_others_do_not_name_is_named(tmp_path: Path) -> None:
    words = {lang: Words(title="T", summary="S", body="B") for lang in LANGUAGES}
    folder = written(made(tidy(statement(words=words, main_lang="da"))), tmp_path)
    for lang in LANGUAGES:
        path = folder.root / "challenges" / f"made.{lang}.md"
        text = path.read_text("utf-8")
        path.write_text(text.replace("\ntitle:", "\nwritten_in: [da, en]\ntitle:", 1), "utf-8")
    problems: list[Problem] = []
    known = known_in_files(shipped_base(), Folder(CONTENT))
    assert [found for _, found in read_challenges(folder, known, problems)] == [None]
    assert [(one.path, one.field) for one in problems] == [("challenges/made.de.md", "written_in")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("opens: 2026-10-25T02:30", "{value} comes twice on this day: the clocks go back."),
        ("opens: 2027-03-28T02:30", "{value} does not exist: clocks skip it."),
        ("opens: 2026-10-25T02:30+05:00", "{value} does not exist: clocks skip it."),
        ("opens: 2026-12-01T09:00Z", "{value} is no time."),
    ],
)
def test_a_time_that_is_not_one_is_named(tmp_path: Path, text: str, message: str) -> None:
    folder = written(made(tidy(statement(main_lang="da"))), tmp_path)
    for lang in ("da", "en"):
        path = folder.root / "challenges" / f"made.{lang}.md"
        rows = path.read_text("utf-8").split("\n")
        path.write_text("\n".join(text if row.startswith("opens:") else row for row in rows))
    problems: list[Problem] = []
    known = known_in_files(shipped_base(), Folder(CONTENT))
    list(read_challenges(folder, known, problems))
    assert message in {one.message.text for one in problems}
    assert {one.field for one in problems} == {"opens"}
