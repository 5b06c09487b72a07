"""What the environment may say, and what keeps a production start from happening."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from chassis.serve import read_settings
from chassis.settings import Settings

_GOOD = {
    "HELPDESK_ENVIRONMENT": "production",
    "MONGODB_URL": "mongodb://tickets:Xq81kd0s@db:27017/?replicaSet=rs0",
    "MONGODB_DATABASE": "tickets",
    "AMQP_URL": "amqp://tickets:Pz72mmsl@mq:5672/",
    "HTTP_PORT": "8083",
    "PRINCIPAL_PUBLIC_KEY": "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd28=",
}
_SECRETS = ("MONGODB_URL", "AMQP_URL", "PRINCIPAL_PUBLIC_KEY")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (
        *_GOOD,
        *(f"{name}_FILE" for name in _GOOD),
        "LOG_LEVEL",
        "LOG_FORMAT",
        "HTTP_HOST",
        "RETRY_PAUSES",
    ):
        monkeypatch.delenv(name, raising=False)
    for name, value in _GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_the_environment_is_read() -> None:
    settings = Settings()
    assert settings.amqp_url.get_secret_value() == _GOOD["AMQP_URL"]
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8083)


def test_without_a_word_about_it_this_is_production(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("HELPDESK_ENVIRONMENT")
    assert Settings().environment == "production"


@pytest.mark.parametrize("name", [*_SECRETS, "MONGODB_DATABASE", "HTTP_PORT"])
def test_a_missing_value_stops_the_start_with_its_name(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(SystemExit, match=f"tickets does not start: .*{name}"):
        read_settings(Settings, "tickets")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "chatty"),
        ("RETRY_PAUSES", "[]"),
        ("RETRY_PAUSES", "soon"),
        ("PRINCIPAL_PUBLIC_KEY", "not base64"),
        ("PRINCIPAL_PUBLIC_KEY", "c2hvcnQ="),
    ],
)
def test_a_value_that_cannot_be_stops_the_start_with_its_name(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(SystemExit, match=f"(?i)tickets does not start: .*{name}"):
        read_settings(Settings, "tickets")


def test_a_log_level_may_be_written_small(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LOG_LEVEL", "debug")
    assert Settings().log_level == "DEBUG"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AMQP_URL", "amqp://guest:guest@mq/"),
        ("AMQP_URL", "amqp://tickets:@mq/"),
        ("MONGODB_URL", "mongodb://tickets:password@db/"),
        ("MONGODB_URL", "mongodb://tickets:changeme@db/"),
        ("PRINCIPAL_PUBLIC_KEY", ""),
        ("PRINCIPAL_PUBLIC_KEY", "demo"),
    ],
)
def test_production_refuses_a_published_secret_and_does_not_print_it(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        read_settings(Settings, "tickets")
    assert "published default" in str(stopped.value)
    assert name in str(stopped.value)
    assert not value or value not in str(stopped.value)


def test_the_local_mode_takes_published_secrets(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HELPDESK_ENVIRONMENT", "local")
    environment.setenv("AMQP_URL", "amqp://guest:guest@127.0.0.1/")
    assert Settings().environment == "local"


@pytest.mark.parametrize("name", _SECRETS)
def test_a_secret_may_stand_in_a_file(environment: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    kept = tmp_path / "secret"
    kept.write_text(f"{_GOOD[name]}\n")
    environment.delenv(name)
    environment.setenv(f"{name}_FILE", str(kept))
    assert getattr(Settings(), name.lower()).get_secret_value() == _GOOD[name]


def test_a_published_secret_in_a_file_is_refused_too(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "secret"
    kept.write_text("amqp://guest:guest@mq/")
    environment.delenv("AMQP_URL")
    environment.setenv("AMQP_URL_FILE", str(kept))
    with pytest.raises(ValidationError, match="published default"):
        Settings()


def test_a_file_that_cannot_be_read_stops_the_start_with_its_name(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.delenv("AMQP_URL")
    environment.setenv("AMQP_URL_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit, match="AMQP_URL_FILE names a file that cannot be read"):
        read_settings(Settings, "tickets")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_an_impossible_port_stops_the_start(environment: pytest.MonkeyPatch, port: str) -> None:
    environment.setenv("HTTP_PORT", port)
    with pytest.raises(SystemExit, match="HTTP_PORT"):
        read_settings(Settings, "tickets")


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(Settings()) + str(Settings().model_dump())
    assert "Xq81kd0s" not in shown
    assert "Pz72mmsl" not in shown
