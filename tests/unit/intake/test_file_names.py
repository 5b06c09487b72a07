"""Names people and attackers give to files."""

from __future__ import annotations

import io
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.files import digest_of, file_id, safe_name

_DEVICES = ("con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in "0123456789¹²³"))
_TRICKY = st.sampled_from(
    ["..", "/", "\\", ".", " ", "\0", "\r\n", "con", "NUL", ":", '"', "\u202e", "ё", "😀"]
)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("отчёт.xlsx", "отчёт.xlsx"),
        ("Снимок экрана (2).png", "Снимок экрана (2).png"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.exe"),
        ("C:\\Users\\Мария\\файл.txt", "файл.txt"),
        ("/etc/shadow", "shadow"),
        ("..", "file"),
        ("a/..", "file"),
        (".", "file"),
        ("", "file"),
        ("/", "file"),
        ("   ", "file"),
        ("\u200b\u200b", "file"),
        (".png", "png"),
        ("a.png\0.exe", "a.png.exe"),
        ("a.png\r\nSet-Cookie: x=1", "a.png Set-Cookie_ x=1"),
        ('a";filename="b.html', "a_;filename=_b.html"),
        ("счёт\u202egnp.exe", "счётgnp.exe"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Aux.tar.gz", "_Aux.tar.gz"),
        ("CON .txt", "_CON .txt"),
        ("COM¹.txt", "_COM¹.txt"),
        ("console.txt", "console.txt"),
        ("a.txt. . .", "a.txt"),
        ("a.txt::$DATA", "a.txt__$DATA"),
        ("-rf", "-rf"),
        ("\ud800.png", "png"),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("ж" * 300 + ".docx")
    assert len(name.encode()) <= 120
    assert name.endswith("ж.docx")


@given(st.text() | st.lists(_TRICKY | st.text(max_size=3), max_size=12).map("".join))
def test_any_name_can_be_saved_anywhere(given_name: str) -> None:
    name = safe_name(given_name)
    assert name
    assert name not in (".", "..")
    assert not set(name) & set('/\\:*?"<>|\0\r\n')
    assert name.isprintable() or not any(ord(character) < 32 for character in name)
    assert name == name.strip(" ")
    assert not name.endswith((".", " "))
    assert name.split(".")[0].strip().lower() not in _DEVICES
    assert len(name.encode()) <= 121
    assert safe_name(name) == name


def test_the_same_file_of_the_same_submission_keeps_its_id() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert file_id(one, 0) == file_id(one, 0)
    assert len({file_id(one, 0), file_id(one, 1), file_id(other, 0)}) == 3


def test_a_digest_is_of_the_whole_file_and_leaves_it_at_its_beginning() -> None:
    content = io.BytesIO(b"abc")
    content.seek(2)
    digest, size = digest_of(content)
    assert digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (size, content.tell()) == (3, 0)
