"""A form that does not come to its end: the parser drops the part that is cut off, and says nothing."""

from __future__ import annotations

import pytest

from tests.contract.intake.conftest import Reception

_TITLE = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nNo paper\r\n'
_FILE = b'--x\r\nContent-Disposition: form-data; name="attachment"; filename="a.txt"\r\n\r\nhalf of it'
_LAST = b"\r\n--x--\r\n"


async def _send(reception: Reception, form: bytes) -> bytes:
    head = f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(form)}"
    return await reception.raw(head, form)


@pytest.mark.parametrize("end", [b"", b"\r\n", b"--x--", b"\r\n--x", b"\r\n--x\r\n"])
async def test_a_form_that_is_cut_off_is_refused_and_nothing_kept(reception: Reception, end: bytes) -> None:
    answer = await _send(reception, _TITLE + _FILE + end)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert await reception.stored() == (0, 0, 0)


async def test_a_form_with_something_after_its_end_is_whole(reception: Reception) -> None:
    assert (await _send(reception, _TITLE + _FILE + _LAST + b"epilogue")).startswith(b"HTTP/1.1 202 ")
    assert await reception.stored() == (1, 1, 1)
