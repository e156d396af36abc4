"""What everybody reads: the page, its panel, the feed, the data, and the search."""

import json
from xml.etree import ElementTree as ET

from tests.site import text_of
from tests.web.questions.world import TEXT, Asking

ATOM = {"a": "http://www.w3.org/2005/Atom"}
OTHER = "Does the label have to be read in the rain?"


def test_questions_stand_newest_first_each_at_an_address_that_tells_no_order(
    asking: Asking,
) -> None:
    ids = []
    for text in (TEXT, OTHER):
        ids.append(asking.asked(text))
        asking.published(ids[-1])
    html = asking.desk.site.visit().get(asking.path).text
    assert html.index(f'id="q-{ids[1]}"') < html.index(f'id="q-{ids[0]}"')
    assert all(len(one) == 12 for one in ids)


def test_a_visitors_page_is_kept_until_something_public_happens(asking: Asking) -> None:
    visitor = asking.desk.site.visit()
    first = visitor.get(asking.path)
    again = visitor.get(asking.path, **{"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    one = asking.asked()
    still = visitor.get(asking.path, **{"if-none-match": first.headers["etag"]})
    assert still.status_code == 304
    asking.published(one)
    assert TEXT in visitor.get(asking.path).text


def test_the_challenges_own_page_leads_to_its_questions(asking: Asking) -> None:
    for text in (TEXT, OTHER):
        asking.published(asking.asked(text))
    page = asking.desk.site.visit().get(f"/challenges/{asking.slug}").text
    assert f'data-hx-get="{asking.path}/latest"' in page
    assert "Answers by" in text_of(page)
    whole = asking.desk.site.visit().get(f"{asking.path}/latest")
    part = asking.desk.site.visit().get(f"{asking.path}/latest", **{"hx-request": "true"})
    assert "All 2 questions with their answers" in text_of(part.text)
    assert text_of(part.text) in text_of(whole.text)
    assert "<html" not in part.text


def test_the_feed_has_each_question_with_its_answer_and_never_who_asked(asking: Asking) -> None:
    one = asking.asked()
    asking.published(one, answer__en="Yes, **always** & <everywhere>.", anyway="yes")
    answer = asking.desk.site.visit().get(f"{asking.path}.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.text)  # noqa: S314 -- our own
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == TEXT
    assert entry.findtext("a:id", namespaces=ATOM) == f"urn:govmatch:question:{one}"
    content = entry.findtext("a:content", namespaces=ATOM) or ""
    assert "<strong>always</strong> &amp; &lt;everywhere&gt;" in content
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href", "").endswith(f"{asking.path}#q-{one}")


def test_the_data_and_the_text_say_the_same_as_the_page(asking: Asking) -> None:
    one, declined = asking.asked(), asking.asked(OTHER)
    answer = asking.published(one, answer__en="Yes.")
    asking.send("eva", f"{asking.on_desk}/answers/{answer}/correct", answer__en="No.")
    asking.send("eva", f"{asking.on_desk}/{declined}/decline", reason__en="Not ours to say.")
    data = json.loads(asking.desk.site.visit().get(f"{asking.path}.json").text)
    (found,) = data["answers"]
    assert found["questions"][0]["question"] == {"en": TEXT}
    assert found["answer"] == {"en": "No."}
    assert [before["answer"] for before in found["earlier"]] == [{"en": "Yes."}]
    assert found["corrected"] is not None
    assert found["late"] is False
    assert data["declined"] == []
    assert data["answers_by"] > data["questions_until"]
    text = asking.desk.site.visit().get(f"{asking.path}.md").text
    assert f"## {TEXT}" in text
    assert "*Corrected on" in text
    assert OTHER not in text


def test_question_and_answer_are_found_and_lead_to_their_place(asking: Asking) -> None:
    one, waits = asking.asked(), asking.asked(OTHER)
    asking.published(
        one, **{f"wording-{one}-de": "Darf eine Drohne das Etikett lesen?"},
        answer__en="Only with a tethered balloon.", answer__de="Nur an einer Leine.",
    )  # fmt: skip
    asking.desk.site.work()
    for lang, words in (("en", "tethered"), ("en", "drone"), ("de", "Drohne Etikett")):
        found = asking.desk.site.visit(lang=lang).get(f"/search?kind=question&q={words}").text
        assert f"{asking.path}#q-{one}" in found, words
    for who in ("astrid", "eva", ""):
        browser = asking.desk.as_(who) if who else asking.desk.site.visit()
        assert waits not in browser.get("/search?kind=question&q=rain").text
        assert OTHER not in browser.get("/search?q=rain").text


def test_before_the_challenge_is_public_nobody_outside_reads_anything(asking: Asking) -> None:
    slug = asking.desk.draft()
    for end in ("", "/latest", ".atom", ".json", ".md", "/ask", "/own"):
        answer = asking.desk.as_("bo").get(f"/challenges/{slug}/questions{end}")
        assert answer.status_code == 404, end
