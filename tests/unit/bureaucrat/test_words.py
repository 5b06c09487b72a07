"""Everything the program says is said in Russian too, with the right plurals and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bureaucrat import translation
from bureaucrat.failures import NotNowError, RefusedError, RevokedError
from bureaucrat.moments import ago, moment, parse_moment, promise, uptime
from bureaucrat.settings import load_settings
from bureaucrat.snapshot import take_snapshot
from bureaucrat.spool import CannotKeepError
from bureaucrat.wording import failure, refusal, snapshot_lines, status_name

ROOM = Path(translation.__file__).parent
NOW = datetime(2026, 11, 23, 14, 5).astimezone()


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    translation.speak("ru")
    yield
    translation.speak("en")


def catalogue() -> Catalog:
    with (ROOM / "locale" / "ru.po").open("rb") as lines:
        return read_po(lines, locale="ru")


def said_in_the_code() -> set[str]:
    found = extract_from_dir(str(ROOM), [("**.py", "python")], keywords={"_": None, "n_": (1, 2)})
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def test_every_word_of_the_code_is_in_the_catalogue_and_none_too_many() -> None:
    translated = {
        m.id[0] if isinstance(m.id, tuple) else m.id for m in catalogue() if m.id and all(m.string or [""])
    }
    assert said_in_the_code() == translated


def test_translations_keep_the_placeholders() -> None:
    for message in catalogue():
        english = message.id[0] if isinstance(message.id, tuple) else str(message.id)
        russian = message.string if isinstance(message.string, tuple) else (message.string,)
        if english:
            assert all(placeholders(english) == placeholders(str(text)) for text in russian), english


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{\w+}", text))


@pytest.mark.parametrize(("seconds", "said"), [(60, "1 минуту"), (7300, "2 часа"), (90000, "1 день 1 час")])
def test_plurals_are_right(seconds: int, said: str) -> None:
    assert uptime(seconds) == said


def test_times_are_said_as_people_say_them() -> None:
    assert moment(NOW, NOW) == "сегодня в 14:05"
    assert moment(NOW + timedelta(days=1), NOW) == "завтра в 14:05"
    assert moment(NOW - timedelta(days=9), NOW) == "14.11.2026 14:05"
    assert promise(NOW, NOW) == "Специалист отреагирует до 14:05."
    assert promise(None) == ""


@pytest.mark.parametrize("nonsense", [None, "", "вчера", 5, "9999-99-99"])
def test_a_time_without_sense_is_no_time(nonsense: object) -> None:
    assert parse_moment(nonsense) is None


@pytest.mark.parametrize(
    "trouble",
    [
        *(NotNowError(reason) for reason in ("offline", "busy", "fault")),
        RevokedError(),
        CannotKeepError(OSError(28, "No space left on device")),
        CannotKeepError(OSError(5, "Input/output error")),
        *(RefusedError(status, {"status": status}) for status in (400, 403, 404, 409, 413, 422)),
        ZeroDivisionError("division by zero"),
    ],
)
def test_every_failure_is_said_without_codes(trouble: Exception) -> None:
    words = failure(trouble)
    assert re.search("[а-я]", words)
    assert not re.search(r"\d{3}|Error|errno|Traceback", words)


def test_the_servers_own_reason_is_passed_on() -> None:
    problem = {"status": 422, "errors": [{"field": "channel", "message": "слишком длинно"}]}
    assert refusal(problem) == "Сервер не принял: слишком длинно"


def test_a_field_the_employee_can_mend_is_named_in_plain_words() -> None:
    problem = {"status": 422, "errors": [{"field": "screenshot", "message": "the image is damaged"}]}
    assert refusal(problem) == "Сервер не принял снимок экрана. Снимите заново или отправьте без него."


def test_an_unknown_status_is_shown_as_it_came() -> None:
    assert status_name("waiting") == "Ждём вас"
    assert status_name("frozen") == "frozen"


def test_the_snapshot_of_this_computer_can_be_shown() -> None:
    lines = dict(snapshot_lines(take_snapshot()))
    assert lines["Компьютер"]
    assert "ГБ" in lines["Память"]
    assert "ГБ" in lines["Диск"]


def test_russian_is_spoken_unless_the_system_is_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for system, language in (("C.UTF-8", "ru"), ("en_GB.UTF-8", "en"), ("ru_RU.UTF-8", "ru")):
        monkeypatch.setenv("LANG", system)
        assert load_settings(None, tmp_path).language == language
    assert load_settings(None, tmp_path).choose_language("en").language == "en"
    assert load_settings(None, tmp_path).language == "en"


def test_servers_do_not_share_what_is_kept(tmp_path: Path) -> None:
    one = load_settings("http://127.0.0.1:8080/", tmp_path)
    other = load_settings("https://help.example.com", tmp_path)
    assert one.server == "http://127.0.0.1:8080"
    assert one.home != other.home


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "только что"), (1, "1 минуту назад"), (22, "22 минуты назад"), (125, "2 часа назад")],
)
def test_how_long_ago_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert ago(NOW - timedelta(minutes=minutes), NOW) == said


def test_from_a_day_on_the_date_is_said() -> None:
    assert ago(NOW - timedelta(days=1), NOW) == "22.11.2026"
