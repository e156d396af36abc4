"""What stands around every page: navigation, account, languages, messages."""

from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class FlashMessage:
    kind: str
    text: str


@dataclass(frozen=True)
class Account:
    name: str
    items: list[tuple[str, str]]
    """(label, address)"""
    inbox_count: int = 0


@dataclass(frozen=True)
class DemoBanner:
    text: str
    clock: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    site_name: str
    mode: str
    canonical: str
    alternates: list[tuple[str, str]]
    """(language, full address)"""
    languages: list[tuple[str, str, str, bool]]
    """(code, own name, address, whether it is this one)"""
    nav: list[Link]
    account: Account | None
    flashes: list[FlashMessage]
    footer: list[tuple[str, str]]
    theme: str | None = None
    demo_banner: DemoBanner | None = None
    search_query: str = ""
    form_language_switch: bool = False
    noindex: bool = False
