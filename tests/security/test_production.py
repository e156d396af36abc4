"""Production has none of what helps a demonstration, and refuses to start with weak settings."""

from pathlib import Path
from typing import Any

import pytest

from govmatch import settings as settings_module
from govmatch.settings import Settings, SettingsError
from tests.security.house import House
from tests.site import SECRET

pytestmark = pytest.mark.security(30)

RIGHT = {
    "GOVMATCH_BASE_URL": "https://govmatch.example",
    "GOVMATCH_SECRET_KEY": SECRET,
    "GOVMATCH_CONFIG": "-",
}


def load(folder: Path, **changes: str) -> Settings:
    return settings_module.load({**RIGHT, **changes}, data_dir=folder)


def test_production_is_what_nobody_has_to_ask_for(tmp_path: Path) -> None:
    assert load(tmp_path).mode == "production"
    assert not load(tmp_path).content_counts_as_approval


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/demo"),
        ("POST", "/demo/sign-in"),
        ("POST", "/demo/clock"),
        ("GET", "/demo/mails/x"),
    ],
)
def test_nothing_of_the_demonstration_exists(production: House, method: str, path: str) -> None:
    before = production.changes()
    for who in ("visitor", "kim"):
        if method == "GET":
            got = production.get(who, path)
        else:
            got = production.post(who, path, {"persona": "kim", "by": "day"})
        assert got.status == 404 and not got.header("set-cookie")
    assert production.changes() == before


def test_no_page_of_production_speaks_of_the_demonstration(production: House) -> None:
    for who in ("visitor", "bo", "kim"):
        for path in ("/", "/login", "/account"):
            text = production.get(who, path).text
            assert "/demo" not in text and "Demonstration" not in text


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"GOVMATCH_SECRET_KEY": ""}, "secret_key"),
        ({"GOVMATCH_SECRET_KEY": "short"}, "secret_key"),
        ({"GOVMATCH_SECRET_KEY": "x" * 31}, "secret_key"),
        ({"GOVMATCH_BASE_URL": ""}, "base_url"),
        ({"GOVMATCH_BASE_URL": "http://govmatch.example"}, "base_url"),
        ({"GOVMATCH_BASE_URL": "govmatch.example"}, "base_url"),
        ({"GOVMATCH_BASE_URL": "https://"}, "base_url"),
        ({"GOVMATCH_SMTP_TLS": "perhaps"}, "smtp_tls"),
        ({"GOVMATCH_SMTP_TLS": "none", "GOVMATCH_SMTP_HOST": "mail.example"}, "smtp_tls"),
        ({"GOVMATCH_DEFAULT_LANG": "xx"}, "default_lang"),
        ({"GOVMATCH_ZONE": "../../etc/passwd"}, "zone"),
        ({"GOVMATCH_MODE": "debug"}, "mode"),
        ({"GOVMATCH_MODE": "demo", "GOVMATCH_HOST": "0.0.0.0"}, "host"),  # noqa: S104 -- refused
        ({"GOVMATCH_MODE": "test", "GOVMATCH_HOST": "192.0.2.1"}, "host"),
        ({"GOVMATCH_SECRET_KEY": "x" * 40}, "secret_key"),
        ({"GOVMATCH_TRUSTED_PROXIES": "*"}, "trusted_proxies"),
        ({"GOVMATCH_TRUSTED_PROXIES": "0.0.0.0/0"}, "trusted_proxies"),
        ({"GOVMATCH_TRUSTED_PROXIES": "10.0.0.5, proxy.example"}, "trusted_proxies"),
    ],
)
def test_weak_settings_are_refused_by_name(
    tmp_path: Path, changes: dict[str, str], names: str
) -> None:
    with pytest.raises(SettingsError, match=rf"^{names}: "):
        load(tmp_path, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"GOVMATCH_SMTP_TLS": "none", "GOVMATCH_SMTP_HOST": "localhost"},
        {"GOVMATCH_SMTP_TLS": "none"},
        {"GOVMATCH_TRUSTED_PROXIES": "10.0.0.5, 192.0.2.0/24,2001:db8::1"},
        {"GOVMATCH_TRUSTED_PROXIES": ""},
    ],
)
def test_settings_that_are_right_are_taken(tmp_path: Path, changes: dict[str, str]) -> None:
    [(name, value)] = list(changes.items())[-1:]
    assert getattr(load(tmp_path, **changes), name.removeprefix("GOVMATCH_").lower()) == value


def test_secrets_are_marked_as_such() -> None:
    secret = {name: field.metadata["secret"] for name, field in fields().items()}
    assert {name for name, is_secret in secret.items() if is_secret} == {
        "register_cvr_password",
        "secret_key",
        "smtp_password",
    }


def fields() -> dict[str, Any]:
    return Settings.__dataclass_fields__
