"""Somebody who looks at what every page must have: it fits, has one heading, says its language."""

from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Page, Response

from tests.browser.person import Person

NARROW = 320  # CSS pixels: 1280 px at 400 percent, as WCAG 2.2, 1.4.10 asks
Look = Literal["light", "dark"]
LOOKS: tuple[Look, ...] = ("light", "dark")
LANGUAGES = ("en", "de", "da")


@dataclass(frozen=True)
class Kind:
    """A kind of page by an address of it, and the status that the address answers with."""

    name: str
    path: str
    status: int = 200


@dataclass
class Reader:
    """Somebody who visits pages and looks at what every page must have."""

    person: Person
    lang: str

    @property
    def page(self) -> Page:
        return self.person.page

    def visit(self, kind: Kind) -> Response:
        answer = self.page.goto(self.person.base + kind.path)
        assert answer is not None
        assert answer.status == kind.status, f"{kind.name} answers {answer.status}"
        return answer

    def faults(self, kind: Kind) -> list[str]:
        """Return what is wrong with this page, in words."""
        self.visit(kind)
        return self.faults_here(kind.name)

    def faults_here(self, name: str) -> list[str]:
        """Return what is wrong with the page that is open, in words."""
        found = []
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW:
            found.append(f"{name}: {width} px wide, by {self._widest()}")
        headings = self.page.locator("h1").count()
        if headings != 1:
            found.append(f"{name}: {headings} first headings")
        lang = self.page.locator("html").get_attribute("lang")
        if lang != self.lang:
            found.append(f"{name}: says it is in {lang}")
        return found

    def _widest(self) -> str:
        """Return the first element that ends beyond the edge, as its tag and class."""
        return str(
            self.page.evaluate(
                """edge => {
                    const over = [...document.querySelectorAll('body *')]
                        .find(e => e.getBoundingClientRect().right > edge + 1);
                    return over ? `${over.tagName} ${over.className}` : 'nothing that has a box';
                }""",
                NARROW,
            )
        )
