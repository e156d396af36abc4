"""Somebody at a browser: by mouse, or by keyboard alone; notes what the console says."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

MOST_TABS = 250


@dataclass
class Person:
    """Does what the test says the way this person works; `problems` is what the console said."""

    page: Page
    base: str
    by_keyboard: bool = False
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        expected = "Failed to load resource"  # the status of a page that refuses something
        if message.type in {"error", "warning"} and expected not in message.text:
            self.problems.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.base + path)

    def press(self, selector: str) -> None:
        """Press a link or a button, and wait for what it leads to."""
        target = self.page.locator(selector).first
        if self.by_keyboard:
            self._reach(target)
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        else:
            with self.page.expect_navigation():
                target.click()

    def type(self, name: str, text: str) -> None:
        """Put a text into a field by its name."""
        target = self.page.locator(f'#main-form [name="{name}"]').first
        if self.by_keyboard:
            self._reach(target)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(text)
        else:
            target.fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list by its name; with keys, by the letters of what it says."""
        target = self.page.locator(f'#main-form [name="{name}"]').first
        if self.by_keyboard:
            self._reach(target)
            said = target.locator(f'option[value="{value}"]').text_content() or ""
            self.page.keyboard.type(said.strip())
        else:
            target.select_option(value)
        expect(target).to_have_value(value)

    def set_day(self, name: str) -> None:
        """Put a day into a field for one: with keys, the same whether day or month is first."""
        target = self.page.locator(f'#main-form [name="{name}"]').first
        if self.by_keyboard:
            self._reach(target)
            self.page.keyboard.type("09092027")
        else:
            target.fill("2027-09-09")
        expect(target).to_have_value("2027-09-09")

    def tick(self, selector: str) -> None:
        target = self.page.locator(selector).first
        if target.is_checked():
            return
        if self.by_keyboard:
            self._reach(target)
            self.page.keyboard.press("Space")
        else:
            self.page.locator(f'label[for="{target.get_attribute("id")}"]').first.click()
        expect(target).to_be_checked()

    def _reach(self, target: Locator) -> None:
        """Move the focus to the target with the Tab key alone."""
        for _ in range(MOST_TABS):
            if target.evaluate("e => e === document.activeElement"):
                return
            group = target.evaluate(
                "e => e.type === 'radio' && document.activeElement.name === e.name"
            )
            self.page.keyboard.press("ArrowDown" if group else "Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def answer_everything(self, word: str) -> None:
        """Fill in every field of the main form as its kind asks, files left out."""
        for name, kind in self.fields():
            selector = f'#main-form [name="{name}"]'
            match kind:
                case "radio" | "checkbox":
                    self.tick(selector)
                case "figure":
                    self.type(name, "12")
                case "email":
                    self.type(name, "office@firm.example")
                case "date":
                    self.set_day(name)
                case _:
                    self.type(name, f"{word}: we have thought about this and answer it here.")

    def fields(self) -> list[tuple[str, str]]:
        """Return (name, kind) of each visible field of the main form, each name once."""
        found = self.page.locator("#main-form").evaluate(
            """form => [...form.elements].filter(e => e.name && e.type !== 'hidden'
                && e.type !== 'file' && e.type !== 'submit' && e.tagName !== 'FIELDSET')
                .map(e => [e.name, e.type === 'text' && e.autocomplete === 'off'
                ? 'figure' : e.type])"""
        )
        return list(dict.fromkeys((name, kind) for name, kind in found))
