"""Multipart as no program of ours would send it."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.intake.conftest import Part, Reception, screenshot

NOTHING = (0, 0, 0)
_TYPE = "Content-Type: multipart/form-data; boundary=x"
_TITLE = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\ntitle\r\n'
_END = b"--x--\r\n"
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


async def _send(reception: Reception, body: bytes, head: str = _TYPE) -> bytes:
    return await reception.raw(f"{head}\r\nContent-Length: {len(body)}", body)


@pytest.mark.parametrize(
    "parts",
    [
        (("title", "второй"),),
        (("title", b"x", "title.txt"),),
        (("description", "a"), ("description", "b")),
        (("screenshot", "not a file"),),
        (("attachment", "not a file"),),
        (("screenshot", b"", "a.png"),),
        (("attachment", b"", "a.txt"),),
        (("screenshot", _SVG, "a.png"),),
        (("screenshot", b"<html>", "a.png"),),
        (("screenshot", screenshot()[:500], "a.png"),),
        (("screenshot", screenshot(), "a.png"), ("screenshot", b"GIF89a", "b.png")),
        (("diagnostics", "{"),),
        (("diagnostics", "[]"),),
        (("diagnostics", b"{}", "d.json"),),
        (("number", "7"),),
        (("company_id", "x"),),
        (("$where", "1"),),
        (("on_behalf_of", "{}"),),
    ],
)
async def test_a_part_that_is_wrong_is_422_and_nothing_kept(
    reception: Reception, parts: tuple[Part, ...]
) -> None:
    answer = await reception.submit(*parts)
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert answer.body["errors"]
    assert await reception.stored() == NOTHING


async def test_a_form_without_a_title_is_422(reception: Reception) -> None:
    assert (await reception.submit(("description", "x"), title=None)).status == 422


async def test_a_file_input_left_empty_is_no_file(reception: Reception) -> None:
    empty = b'--x\r\nContent-Disposition: form-data; name="attachment"; filename=""\r\n\r\n\r\n'
    assert _status(await _send(reception, _TITLE + empty + _END)) == 202
    assert await reception.stored() == (1, 0, 0)


async def test_ten_thousand_parts_are_refused(reception: Reception) -> None:
    files = b'--x\r\nContent-Disposition: form-data; name="attachment"; filename="a"\r\n\r\nx\r\n' * 10_000
    fields = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 10_000
    for body in (_TITLE + files + _END, _TITLE + fields + _END):
        assert _status(await _send(reception, body)) in (400, 413)
    assert await reception.stored() == NOTHING


@pytest.mark.parametrize("header", [b"X-Endless: " + b"x" * 8_000_000, b"X-A: b\r\n" * 200_000])
async def test_endless_part_headers_are_refused(reception: Reception, header: bytes) -> None:
    body = b"--x\r\n" + header + b'\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n' + _END
    assert _status(await _send(reception, body)) in (0, 400, 413)
    assert await reception.stored() == NOTHING


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Type: multipart/form-data", _TITLE + _END),
        ("Content-Type: multipart/form-data; boundary=", _TITLE + _END),
        ("Content-Type: multipart/form-data; boundary=y", _TITLE + _END),
        ("Content-Type: multipart/form-data; boundary=" + "y" * 5000, _TITLE + _END),
        (_TYPE, _TITLE),
        (_TYPE, b""),
        (_TYPE, b"garbage"),
        (_TYPE, b"\0" * 1000),
        (_TYPE, b"--x\r\n\r\n\r\n" + _END),
        (_TYPE, b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + _END),
        (_TYPE, b'--x\r\nContent-Disposition: form-data; name="title\r\n\r\nx\r\n' + _END),
        (_TYPE, b"--x\r\nContent-Disposition: attachment\r\n\r\nx\r\n" + _END),
    ],
)
async def test_a_malformed_form_is_a_problem(reception: Reception, head: str, body: bytes) -> None:
    answer = await _send(reception, body, head)
    assert _status(answer) in (400, 415, 422), answer[:300]
    assert b"application/problem+json" in answer
    assert await reception.stored() == NOTHING


@pytest.mark.parametrize("charset", ["idna", "utf-16", "nowhere", "base64", "punycode", "utf-7"])
async def test_a_charset_nobody_speaks_breaks_nothing(reception: Reception, charset: str) -> None:
    title = _TITLE.replace(b"title\r\n", "заголовок\\".encode() + b"\xff\xfe\r\n")
    answer = await _send(reception, title + _END, f"{_TYPE}; charset={charset}")
    assert _status(answer) in (202, 400, 422), answer[:300]


@pytest.mark.parametrize("times", [1, 2])
async def test_a_field_whose_name_is_no_text_is_named_all_the_same(reception: Reception, times: int) -> None:
    """UTF-7 can say half of a character."""
    part = b'--x\r\nContent-Disposition: form-data; name="+2AA-"\r\n\r\nx\r\n'
    answer = await _send(reception, _TITLE + part * times + _END, f"{_TYPE}; charset=utf-7")
    assert _status(answer) == 422, answer[:300]
    assert b"application/problem+json" in answer


async def test_a_body_shorter_than_it_claims_keeps_nothing(reception: Reception) -> None:
    body = _TITLE + _END
    answer = await reception.raw(f"{_TYPE}\r\nContent-Length: {len(body) + 100}", body, shut=True)
    assert _status(answer) in (0, 400)
    assert await reception.stored() == NOTHING


async def test_what_comes_after_a_body_is_no_part_of_it(reception: Reception) -> None:
    body = _TITLE + _END
    late = _TITLE.replace(b"title\r\n", b"late\r\n")
    answer = await reception.raw(f"{_TYPE}\r\nContent-Length: {len(body)}", body + late)
    assert _status(answer) in (202, 400)
    assert await reception.kept["submissions"].count_documents({"title": "late"}) == 0


@pytest.mark.parametrize("length", ["-1", "x", "1, 2", "9" * 40])
async def test_a_length_that_makes_no_sense_is_refused(reception: Reception, length: str) -> None:
    answer = await reception.raw(f"{_TYPE}\r\nContent-Length: {length}", _TITLE + _END, shut=True)
    assert _status(answer) in (0, 400, 413)
    assert await reception.stored() == NOTHING


async def test_a_screenshot_and_a_submission_beyond_the_limit_are_413(reception: Reception) -> None:
    large = screenshot() + b"\0" * (16 * 1024 * 1024)
    assert (await reception.submit(("screenshot", large, "a.png"))).status == 413
    piece = b"\0" * (1024 * 1024)
    head = f"{_TYPE}\r\nTransfer-Encoding: chunked"
    file = b'--x\r\nContent-Disposition: form-data; name="attachment"; filename="a"\r\n\r\n'
    chunks = [_chunk(_TITLE + file), *[_chunk(piece)] * 70]
    assert _status(await reception.raw(head, *chunks)) in (0, 413)
    assert await reception.stored() == NOTHING


async def test_a_slow_body_holds_up_nobody(reception: Reception) -> None:
    body = _TITLE + _END
    waiting = asyncio.create_task(reception.raw(f"{_TYPE}\r\nContent-Length: {len(body) + 1}", body))
    assert (await reception.submit()).status == 202
    assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"
