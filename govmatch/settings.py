"""Every setting of the site, read once by the commands and passed down; nothing else reads them.

Sources, the later wins: the default here, `govmatch.toml` (or the file that GOVMATCH_CONFIG names),
the environment (`GOVMATCH_` and the name in capitals).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PACKAGE = Path(__file__).parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Mode(StrEnum):
    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


DEMO_OPERATOR = {
    "operator_name": "govmatch demonstration",
    "operator_address": "Musterstraße 1, 12345 Musterstadt",
    "operator_representative": "Erika Mustermann",
    "operator_email": "operator@demo.example",
    "operator_phone": "+49 000 000000",
    "operator_register": "–",
}
"""Made up, so that legal notice and privacy page can be seen whole in a demonstration."""


class SettingsError(Exception):
    """A setting is wrong; the text names it and says how to mend it."""


def _setting(default: Any, text: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"help": text, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Settings:
    mode: Mode = _setting(Mode.PRODUCTION, "demo, test or production")
    host: str = _setting("127.0.0.1", "address to listen on; demo and test only on loopback")
    port: int = _setting(8000, "port to listen on")
    base_url: str = _setting(
        "", "public address such as https://govmatch.example; every link and origin check uses it"
    )
    data_dir: Path = _setting(Path("data"), "folder of database, files, index and outbox")
    database_url: str = _setting(
        "", "SQLAlchemy address; empty: SQLite in the data folder; postgresql+psycopg://… else"
    )
    secret_key: str = _setting(
        "",
        "signs sessions and links, at least 32 characters; required in production",
        secret=True,
    )
    content_dir: Path = _setting(Path(), "folder of content/; empty: the one that ships")
    templates_dir: Path = _setting(Path(), "folder of templates/; empty: the one that ships")
    static_dir: Path = _setting(Path(), "folder of static/; empty: the one that ships")
    site_name: str = _setting("govmatch", "name of the site on every page and in every mail")
    default_lang: str = _setting("en", "language of visitors whose browser names none of ours")
    zone: str = _setting("Europe/Berlin", "time zone of the site")
    content_counts_as_approval: bool = _setting(
        False, "review of content files counts as approval; always on in demo and test"
    )
    operator_name: str = _setting("", "who runs this site, for imprint and privacy notice")
    operator_address: str = _setting("", "postal address of the operator, one line")
    operator_email: str = _setting("", "mail address of the operator")
    operator_phone: str = _setting("", "telephone number of the operator")
    operator_register: str = _setting("", "VAT id, CVR number or supervising body of the operator")
    operator_representative: str = _setting("", "who represents the operator by law")
    privacy_contact: str = _setting("", "mail address of the data-protection officer")
    was_url: str = _setting("", "Danish accessibility statement at was.digst.dk; /was leads there")
    mail_from: str = _setting("govmatch@localhost", "sender of all mail")
    smtp_host: str = _setting("", "mail server; empty: mails are written to data_dir/outbox")
    smtp_port: int = _setting(25, "port of the mail server")
    smtp_user: str = _setting("", "user name at the mail server, if it wants one")
    smtp_password: str = _setting("", "password at the mail server", secret=True)
    smtp_tls: str = _setting("starttls", "starttls, tls or none (none only on loopback)")
    max_upload_mb: int = _setting(25, "largest single upload, in MiB")
    scanner: str = _setting(
        "", "virus scanner clamd, such as unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310"
    )
    max_form_mb: int = _setting(2, "largest form without its files, in MiB")
    trusted_proxies: str = _setting(
        "",
        "addresses or networks of proxies whose X-Forwarded-For is believed, comma-separated",
    )
    allowed_hosts: str = _setting("", "further host names that are answered, comma-separated")
    worker_in_serve: bool = _setting(True, "`govmatch serve` runs a worker beside the site")
    searches_per_minute: int = _setting(300, "searches that one address may make in a minute")
    threads: int = _setting(4, "threads for what waits: writes, files, PostgreSQL")
    register_cvr_url: str = _setting(
        "", "Danish business register that fills profiles, such as https://…/virksomhed/_search"
    )
    register_cvr_user: str = _setting("", "user name at the Danish business register")
    register_cvr_password: str = _setting(
        "", "password at the Danish business register", secret=True
    )
    register_vies_url: str = _setting(
        "", "VIES of the European Commission, which checks VAT numbers: address of its rest-api"
    )
    session_days: int = _setting(14, "days until a session ends that is not used")
    export_days: int = _setting(7, "days for which a person's copy of their own data can be taken")
    erasure_days: int = _setting(7, "days in which a person may take back that they want erasure")
    show_readings_days: int = _setting(
        365, "days for which others than auditors are shown who read an application"
    )
    retention_runs: bool = _setting(
        True, "delete by itself, each night, what was kept for its time; off: `govmatch retention`"
    )
    keep_mails_days: int = _setting(90, "days until text and address of a mail sent are deleted")
    keep_inbox_days: int = _setting(730, "days until an entry of an inbox is deleted, once read")
    keep_drafts_days: int = _setting(
        180, "days after the deadline until an application never submitted is emptied"
    )
    keep_invitations_days: int = _setting(
        180, "days until the address of an invitation that is over is deleted"
    )
    keep_idle_accounts_days: int = _setting(
        1095, "days without sign-in until an account is erased, a month after a mail; 0: never"
    )

    @property
    def is_demo(self) -> bool:
        """True where what only helps demonstration or test exists."""
        return self.mode is not Mode.PRODUCTION

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'govmatch.db'}"

    @property
    def origin(self) -> str:
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def hosts(self) -> frozenset[str]:
        """The names, without port, under which requests are answered."""
        named = {name.strip() for name in self.allowed_hosts.split(",") if name.strip()}
        local = {"127.0.0.1", "localhost", "[::1]"} if self.is_demo else set()
        return frozenset({urlsplit(self.base_url).hostname or ""} | named | local)

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @property
    def outbox_dir(self) -> Path:
        return self.data_dir / "outbox"


def shipped(name: str) -> Path:
    """Return the folder of that name that came with govmatch: in the wheel, or in the checkout."""
    inside = PACKAGE / "_site" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def load(environ: Mapping[str, str], **overrides: Any) -> Settings:
    """Return the settings, complete and checked; raises `SettingsError` for the first wrong one."""
    values: dict[str, Any] = {}
    known = {f.name: f for f in fields(Settings)}
    for name, raw in {**_from_file(environ), **_from_environment(environ)}.items():
        if name not in known:
            raise SettingsError(f"{name}: there is no such setting; see `govmatch settings`")
        values[name] = _parse(known[name], raw)
    values.update({k: v for k, v in overrides.items() if v is not None})
    return check(complete(Settings(**values)))


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:
    path = Path(environ.get("GOVMATCH_CONFIG", "govmatch.toml"))
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not readable as TOML: {error}") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    names = {f.name for f in fields(Settings)}
    prefixed = {k[9:].lower(): v for k, v in environ.items() if k.startswith("GOVMATCH_")}
    return {name: value for name, value in prefixed.items() if name in names}


def _parse(setting: Field[Any], raw: Any) -> Any:
    kind: Any = type(setting.default)
    try:
        if kind is bool:
            return _parse_bool(raw)
        return kind(raw)
    except ValueError as error:
        raise SettingsError(
            f"{setting.name}: {raw!r} does not fit; {setting.metadata['help']}"
        ) from error


def _parse_bool(raw: Any) -> bool:
    if str(raw).lower() in {"1", "true", "yes", "on"}:
        return True
    if str(raw).lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError(raw)


def complete(settings: Settings) -> Settings:
    """Fill in what follows from other settings."""
    changes: dict[str, Any] = {"data_dir": settings.data_dir.absolute()}
    for name in ("content", "templates", "static"):
        if getattr(settings, f"{name}_dir") == Path():
            changes[f"{name}_dir"] = shipped(name)
    if settings.is_demo:
        changes["base_url"] = settings.base_url or f"http://{settings.host}:{settings.port}"
        changes["content_counts_as_approval"] = True
        changes |= {k: v for k, v in DEMO_OPERATOR.items() if not getattr(settings, k)}
    return _replace(settings, changes)


def _replace(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    return Settings(
        **{f.name: changes.get(f.name, getattr(settings, f.name)) for f in fields(settings)}
    )


def with_secret(settings: Settings, secret_key: str) -> Settings:
    return _replace(settings, {"secret_key": secret_key})


def check(settings: Settings) -> Settings:
    """Return the settings when they can be served; raises `SettingsError` with the remedy."""
    if settings.is_demo and settings.host not in LOOPBACK:
        raise SettingsError("host: demonstration and test run on loopback only; set 127.0.0.1")
    if not settings.is_demo:
        _check_production(settings)
    _check_mail(settings)
    _check_proxies(settings)
    _check_registers(settings)
    _check_scanner(settings)
    _check_days(settings)
    if settings.default_lang not in {"de", "da", "en"}:
        raise SettingsError("default_lang: one of de, da, en")
    try:
        ZoneInfo(settings.zone)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError("zone: a name such as Europe/Berlin") from error
    return settings


def _check_production(settings: Settings) -> None:
    key = settings.secret_key
    if len(key) < 32 or len(set(key)) < 8:  # repeated letters are not random
        raise SettingsError("secret_key: set at least 32 random characters")
    address = urlsplit(settings.base_url)
    if address.scheme != "https" or not address.hostname:
        raise SettingsError("base_url: set the public address, https://…")


DAYS = {
    "export_days": (1, 31),
    "erasure_days": (0, 28),
    "show_readings_days": (7, 3650),
    "keep_mails_days": (7, 3650),
    "keep_inbox_days": (30, 3650),
    "keep_drafts_days": (30, 3650),
    "keep_invitations_days": (14, 3650),
    "keep_idle_accounts_days": (0, 3650),
}
"""The fewest and most days of each period. An erasure is done within the month of article 12(3)
GDPR."""


def _check_days(settings: Settings) -> None:
    for name, (low, high) in DAYS.items():
        if not low <= getattr(settings, name) <= high:
            raise SettingsError(f"{name}: {low} to {high} days")
    if 0 < settings.keep_idle_accounts_days < 180:
        raise SettingsError("keep_idle_accounts_days: 0 for never, else at least 180 days")


def _check_mail(settings: Settings) -> None:
    if settings.smtp_tls not in {"starttls", "tls", "none"}:
        raise SettingsError("smtp_tls: one of starttls, tls, none")
    if settings.smtp_tls == "none" and settings.smtp_host not in {"", *LOOPBACK}:
        raise SettingsError("smtp_tls: none only for a mail server on loopback; set starttls")


def _check_scanner(settings: Settings) -> None:
    try:
        parts = urlsplit(settings.scanner)
        is_host = parts.scheme == "tcp" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_host = False
    if settings.scanner and not is_host and not settings.scanner.startswith("unix:/"):
        raise SettingsError("scanner: unix:/path/of/socket or tcp://host:port")


def _check_registers(settings: Settings) -> None:
    """Refuse addresses over which numbers and a password would travel open to everybody."""
    for name in ("register_cvr_url", "register_vies_url"):
        address = urlsplit(getattr(settings, name))
        is_own = address.scheme == "http" and address.hostname in LOOPBACK
        if address.geturl() and not (address.hostname and (address.scheme == "https" or is_own)):
            raise SettingsError(f"{name}: an https address, or http on loopback")


def _check_proxies(settings: Settings) -> None:
    """Refuse names and «*»: whoever is believed can make every limit forget them."""
    for one in settings.trusted_proxies.split(","):
        try:
            is_everybody = bool(one.strip()) and ip_network(one.strip()).prefixlen == 0
        except ValueError:
            is_everybody = True
        if is_everybody:
            raise SettingsError(
                "trusted_proxies: addresses or networks such as 10.0.0.5, comma-separated"
            )
