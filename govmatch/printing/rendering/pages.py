"""A page laid out for paper; runs in a process of its own alone."""

from pathlib import Path
from urllib.parse import unquote

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from govmatch.web.static import TYPES

PAPER = "css/pdf.css"
"""What is said of paper to this library alone."""


class OwnFiles(URLFetcher):  # type: ignore[misc]  # it comes without annotations
    """Gives the site's static files, found by their exact names, and refuses all else."""

    def __init__(self, static_dir: Path, base_url: str) -> None:
        """Look once which files there are."""
        super().__init__(allowed_protocols=())
        self._start = f"{base_url.rstrip('/')}/static/"
        self._files = {
            path.relative_to(static_dir).as_posix(): path
            for path in static_dir.rglob("*")
            if path.is_file() and path.suffix in TYPES
        }

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a static file; raises `ValueError` for every other address."""
        _stamp, _, name = url.removeprefix(self._start).partition("/")
        path = self._files.get(unquote(name)) if url.startswith(self._start) else None
        if path is None:
            raise ValueError("nothing is fetched but static files of the site")
        kind = {"Content-Type": TYPES[path.suffix]}
        return URLFetcherResponse(url, path.read_bytes(), kind)


def pdf_of(html: str, static_dir: Path, base_url: str) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of a page."""
    fetcher = OwnFiles(static_dir, base_url)
    page = HTML(string=html, base_url=f"{base_url.rstrip('/')}/", url_fetcher=fetcher)
    paper = static_dir / PAPER
    sheets = [CSS(string=paper.read_text("utf-8"), url_fetcher=fetcher)] if paper.is_file() else []
    made: bytes = page.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return made
