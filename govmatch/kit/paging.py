"""Pages of a list: which one, how many, and their addresses."""

from collections.abc import Callable

from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Paging:
    """Page `page` (from 1) of a list of `total` rows, `size` to a page."""

    page: int
    size: int
    total: int
    address: Callable[[int], str]

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def pages(self) -> list[int | None]:
        """Return the page numbers to show; None stands for a gap."""
        near = {1, self.last, *range(max(1, self.page - 1), min(self.last, self.page + 1) + 1)}
        shown: list[int | None] = []
        for number in sorted(near):
            if shown and number - (shown[-1] or 0) > 1:
                shown.append(None)
            shown.append(number)
        return shown

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    def url(self, page: int) -> str:
        return self.address(page)


def page_number(text: str | None, most: int = 10_000) -> int:
    """Return the page a visitor asked for: 1 to `most`, and 1 for anything that is no number."""
    if text and text.isascii() and text.isdigit() and len(text) <= 6:
        return min(max(int(text), 1), most)
    return 1
