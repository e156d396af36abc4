"""One request as a view sees it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.i18n import Catalogue, Lang, Message, catalogue
from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass
from govmatch.kit.spooled import Content
from govmatch.settings import Settings

if TYPE_CHECKING:
    from govmatch.web.site import Site


@dataclass(frozen=True)
class Upload:
    """A file that came with a form; its name is what the sender claims."""

    name: str
    content: Content


@dataclass(frozen=True)
class Values:
    """The fields of a form as they were typed, without NUL and broken characters."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)

    def one(self, name: str, otherwise: str = "") -> str:
        """Return the last value of a field, without surrounding space."""
        values = self.fields.get(name)
        return values[-1].strip() if values else otherwise

    def all(self, name: str) -> list[str]:
        return list(self.fields.get(name, ()))

    def file(self, name: str) -> Upload | None:
        """Return the upload of that name, when one was chosen."""
        found = [upload for upload in self.files.get(name, ()) if upload.name or upload.content]
        return found[-1] if found else None


@dataclass(frozen=True)
class Reading:
    """That something was read, and what else is kept the first time on a day that it is."""

    event: Event
    also: Callable[[Session], None] | None = None
    each: Callable[[Session], None] | None = None
    """What is kept each time, such as a count."""


@dataclass(kw_only=True)
class Visit:
    """A reading request: who, what, in which language, when.

    `now` is the site's time, `real_now` the machine's. `lang_fixed` is true where ?lang= stands in
    the address, and then every address of the answer carries it.
    """

    site: "Site"
    method: str
    path: str
    params: Mapping[str, str]
    query: Values
    actor: Actor
    lang: Lang
    lang_fixed: bool
    now: datetime
    real_now: datetime
    client: str
    arrived: datetime | None = None
    """When the whole request was here, by the machine's clock: what came in time counts, however
    long it then waits for its turn."""
    public_id: int = 0
    """The last journal id of an event that visitors can see."""
    fragment: bool = False
    is_htmx: bool = False
    flashes: list[tuple[str, str]] = field(default_factory=list)
    touches_session: bool = False
    user_agent: str = ""
    db: ReadSession
    headers: Mapping[str, str] = field(default_factory=dict)
    main_form: bool = False
    """The page has a main form (id main-form), so the language switch submits it."""
    noindex: bool = False
    theme: str | None = None
    prints: bool = False
    """The page is made for paper too, and its route has a companion that makes it a PDF."""
    readings: list[Reading] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return self.site.settings

    @property
    def catalogue(self) -> Catalogue:
        return catalogue(self.lang)

    @property
    def zone(self) -> str:
        """The zone in which this reader's times stand: the account's, else the site's."""
        return self.actor.zone or self.settings.zone

    def say(self, message: Message | str) -> str:
        return self.catalogue.say(message)

    def url(self, path: str, **query: object) -> str:
        """Return the address of a path of this site; keeps ?lang= where it is fixed.

        A value of None leaves its name out; a list gives the name once per item.
        """
        pairs = [(k, v) for k, v in query.items() if v is not None]
        if self.lang_fixed and "lang" not in query:
            pairs.append(("lang", self.lang))
        if not pairs:
            return path
        joint = "&" if "?" in path else "?"
        return path + joint + urlencode(pairs, doseq=True)

    def note(
        self,
        event: Event,
        also: Callable[[Session], None] | None = None,
        *,
        each: Callable[[Session], None] | None = None,
    ) -> None:
        """Note that this reader is shown something; only on a route that `records`.

        After the view and before the answer the event is put into the journal, once per person,
        object and day, and `also` is called in the same transaction; `each` is called every time.
        HEAD, a prefetch and an answer other than 200 record nothing.
        """
        self.readings.append(Reading(event, also, each))

    def absolute(self, path: str) -> str:
        """Return the full address, made from the settings and never from the request."""
        return self.settings.base_url.rstrip("/") + path


@dataclass(kw_only=True)
class WritingVisit(Visit):
    """A request that may change something: its session is committed when the view is done."""

    form: Values
    switching: bool = False
    to_flash: list[tuple[str, str]] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return cast(Session, self.db)

    def flash(self, kind: str, message: Message) -> None:
        """Show a message on this person's next page; kind is success, info, warning or danger."""
        self.to_flash.append((kind, self.say(message)))
