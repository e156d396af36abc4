"""The whole site under test, without a network: who signs in, what is asked, what comes back."""

import atexit
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from govmatch import settings as settings_module
from govmatch.accounts.actions.sessions import open_session
from govmatch.accounts.models import Person
from govmatch.app import create_app
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.mail import Letter
from govmatch.settings import Settings
from govmatch.web.responses import cookie_name
from govmatch.web.routes import Route
from govmatch.worker import Worker
from govmatch.worker.follow import Follower

BASE = "http://127.0.0.1:8000"
SECRET = "only-for-tests-" + "x" * 32


def settings_for(database: Database, folder: Path, **changes: Any) -> Settings:
    """Return the settings of a site in test mode that keeps its data in `folder`."""
    environ = {"GOVMATCH_MODE": "test", "GOVMATCH_SECRET_KEY": SECRET, "GOVMATCH_CONFIG": "-"}
    return settings_module.load(environ, data_dir=folder, database_url=database.url, **changes)


@cache
def _packed() -> Path:
    """Return where compressed static files lie, made once for the whole run."""
    folder = Path(tempfile.mkdtemp(prefix="govmatch-packed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@dataclass
class Postbox:
    """A mail transport that keeps what it is given."""

    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)


class Site:
    """A site on one database: `visit()` is a new browser, `as_()` one in which somebody is in."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        routes: list[Route] | None = None,
        **changes: Any,
    ) -> None:
        self.database = database
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "packed").exists():
            (folder / "packed").symlink_to(_packed())
        self.settings = settings_for(database, folder, **changes)
        self.app = create_app(self.settings, database, routes)
        self.postbox = Postbox()
        self._follower: Follower | None = None

    def visit(self, *, lang: str = "en") -> "Browser":
        return Browser(self, lang)

    def as_(self, person: Person, *, lang: str = "en", factor: bool = True) -> "Browser":
        """Return a browser in which `person` is signed in, with the second factor given."""
        browser = Browser(self, lang)
        with self.database.writing() as session:
            opened = open_session(
                session,
                session.get_one(Person, person.id),
                way="test",
                user_agent="test",
                session_days=self.settings.session_days,
                with_factor=factor,
                actor=VISITOR,
                now=real_now(),
                real_now=real_now(),
            )
            commit(session)
        browser.client.cookies.set(cookie_name(self.settings), opened.token, domain="127.0.0.1")
        return browser

    def work(self) -> None:
        """Let the background catch up: jobs, mails and the index."""
        if self._follower is None:
            self._follower = Follower(self.settings, self.database)
        Worker(self.settings, self.database, self.postbox, self._follower.step).drain()

    def close(self) -> None:
        if self._follower is not None:
            self._follower.close()


class Browser:
    """Somebody's browser: sends what a browser would, and reads forms like one."""

    def __init__(self, site: Site, lang: str) -> None:
        self.site = site
        self.client = TestClient(
            site.app,
            base_url=BASE,
            follow_redirects=False,
            headers={"accept-language": lang, "origin": BASE},
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(path, data=dict(fields or {}), **more)

    def submit(self, page: str, action: str, fields: Mapping[str, Any], **more: Any) -> Any:
        """Open a page, take the hidden fields of its form for `action`, and send it."""
        return self.post(action, {**hidden(self.get(page).text, action), **fields}, **more)


def hidden(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form whose action begins with `action`."""
    for form in re.findall(r"<form\b.*?</form>", html, re.DOTALL):
        target = re.search(r'action="([^"]*)"', form)
        if target and _path(unescape(target[1])) == _path(action):
            found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
            return {unescape(name): unescape(value) for name, value in found}
    raise AssertionError(f"no form for {action}")


def _path(address: str) -> str:
    return address.partition("?")[0]


def without_keys(html: str) -> str:
    """Return a page without the keys of its forms, which are others each time."""
    return re.sub(r'name="form_key" value="[^"]*"', 'name="form_key"', html)


def text_of(html: str) -> str:
    """Return what a page says: its text without markup, spaces folded."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
