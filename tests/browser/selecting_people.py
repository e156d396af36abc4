"""Everybody of the journey at a browser of their own, with or without scripts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urldefrag

from playwright.sync_api import Browser, Locator, Response, expect

from govmatch.kit.i18n import Lang
from tests.browser.person import Person
from tests.browser.running import PAGE_WITHIN, RunningSite

BUTTON = "button[type=submit]"
REFUSED = 422


@dataclass
class Somebody(Person):
    """Who fills in forms by the names of their fields, opening what is folded away."""

    lang: str = "en"
    name: str = ""

    def visit(self, path: str, *, status: int = 200) -> str:
        """Open an address and return what its main part says."""
        answer = self.page.goto(path if path.startswith("http") else self.base + path)
        assert answer is not None
        assert answer.status == status, f"{self.name}: {path} answers {answer.status}"
        return self.says()

    def says(self) -> str:
        """Return what the main part says, whatever is folded away included."""
        assert self.page.locator("html").get_attribute("lang") == self.lang
        return self.page.locator("main").text_content() or ""

    def send(
        self,
        fields: Mapping[str, str] | None = None,
        *,
        form: str = "#main-form",
        button: str = BUTTON,
        status: int = 200,
    ) -> str:
        """Fill in a form, press its button, and return what the page after it says."""
        sheet = self.page.locator(form).first
        for name, value in (fields or {}).items():
            self._fill(sheet, name, value)
        self._click(sheet.locator(button).first, status=status)
        if status == 200:
            self.assert_no_error()
        return self.says()

    def post(self, action: str, fields: Mapping[str, str] | None = None) -> str:
        """Send the form whose address holds these words."""
        return self.send(fields, form=f'main form[action*="{action}"]')

    def follow(self, selector: str) -> str:
        self._click(self.page.locator(selector).first)
        return self.says()

    def assert_no_error(self) -> None:
        wrong = self.page.locator("#error-summary")
        assert not wrong.count(), f"{self.name}: {wrong.first.inner_text()}"

    def _click(self, target: Locator, *, status: int = 200) -> None:
        self._unfold(target)
        if status == REFUSED:  # with a file and scripts that is no navigation
            with self.page.expect_response(lambda one: one.request.method == "POST") as coming:
                target.click()
            expect(self.page.locator("#error-summary")).to_be_visible()
            answer = coming.value
        else:
            # The navigation does not always know its answer, so that is waited for by itself.
            with self.page.expect_response(_is_page) as coming, self.page.expect_navigation():
                target.click()
            answer = coming.value
            self.page.wait_for_url(lambda url: urldefrag(url).url == answer.url)
        assert answer.status == status, (
            f"{self.name}: {self.page.url} answers {answer.status}: "
            f"{self.page.locator('main').inner_text()[:500]}"
        )

    def _fill(self, sheet: Locator, name: str, value: str) -> None:
        found = sheet.locator(f'[name="{name}"]')
        one = found.first
        self._unfold(one)
        kind = one.evaluate("e => e.type || e.tagName")
        if kind in {"radio", "checkbox"}:
            box = sheet.locator(f'[name="{name}"][value="{value}"]')
            self._tick(box)
        elif kind == "select-one":
            one.select_option(value)
        else:
            one.fill(value)

    def _tick(self, box: Locator) -> None:
        label = self.page.locator(f'label[for="{box.get_attribute("id")}"]')
        if label.count() and not box.is_checked():
            label.first.click()
        else:
            box.check()
        expect(box).to_be_checked()

    def _unfold(self, target: Locator) -> None:
        """Open every part around it that is folded away, the outermost first."""
        folded = target.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("> summary").click()


def _is_page(answer: Response) -> bool:
    """Return whether a page came, not something in it and not the way to another address."""
    return answer.request.is_navigation_request() and "location" not in answer.headers


class Story(Protocol):
    """What a journey knows: its site, the language everybody reads, a session of each person."""

    @property
    def site(self) -> RunningSite: ...
    @property
    def lang(self) -> Lang: ...
    @property
    def tokens(self) -> Mapping[str, str]: ...


@dataclass
class Cast:
    """One browser for each person of a story, opened when first asked for."""

    browser: Browser
    case: Story
    with_scripts: bool
    _open: dict[str, Somebody] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Somebody:
        if name not in self._open:
            self._open[name] = self._enter(name)
        return self._open[name]

    @property
    def visitor(self) -> Somebody:
        return self["nobody"]

    @property
    def problems(self) -> dict[str, list[str]]:
        return {name: one.problems for name, one in self._open.items() if one.problems}

    def _enter(self, name: str) -> Somebody:
        context = self.browser.new_context(
            locale=self.case.lang,
            java_script_enabled=self.with_scripts,
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(PAGE_WITHIN * 1000)
        if name in self.case.tokens:
            base = self.case.site.base
            context.add_cookies(
                [{"name": "govmatch", "value": self.case.tokens[name], "url": base}]
            )
        return Somebody(context.new_page(), self.case.site.base, lang=self.case.lang, name=name)

    def leave(self, name: str) -> None:
        """Close the browser of somebody who is done for now; what its console said stays known."""
        one = self._open.pop(name)
        assert one.problems == [], (name, one.problems)
        one.page.context.close()

    def close(self) -> None:
        for one in self._open.values():
            one.page.context.close()


@contextmanager
def cast_of(browser: Browser, case: Story, *, with_scripts: bool) -> Iterator[Cast]:
    cast = Cast(browser, case, with_scripts)
    try:
        yield cast
    finally:
        cast.close()
