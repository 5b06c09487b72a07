"""E-mail addresses and phones as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from contracts.contact import Email, EmailOrNone, Phone, PhoneOrNone, email_key, phone_digits

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_PHONE: TypeAdapter[str] = TypeAdapter(Phone)


@pytest.mark.parametrize(
    "email",
    ["a@b.example", "Ivan.Petrov+x@mail.example", "o'neil@x-y.example", "почта@ромашка.рф", " a@b.example "],
)
def test_a_real_address_is_taken(email: str) -> None:
    assert _EMAIL.validate_python(email) == email.strip()


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a b@c.example",
        "a@b..example",
        ".a@b.example",
        "a.@b.example",
        "a@-b.example",
        "a@b.example\nBcc: c@d.example",
        "a@b.example,c@d.example",
        "<a@b.example>",
        '"a"@b.example',
        "a@b@c.example",
        "a" * 65 + "@b.example",
        "a@" + "b." * 130 + "example",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        _EMAIL.validate_python(email)


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+7 (916) 010-20-30", "79160102030"),
        ("8 916 010 20 30", "79160102030"),
        ("8(916)010-20-30 доб. 15", "7916010203015"),
        ("010-20-30", "0102030"),
        ("112", "112"),
        ("+86 10 0102 03040", "8610010203040"),
        ("+375 29 010 20 30", "375290102030"),
        ("495 010-20-30 ext 7", "49501020307"),
    ],
)
def test_a_phone_is_taken_as_typed_and_compared_by_its_digits(phone: str, digits: str) -> None:
    assert _PHONE.validate_python(phone) == phone
    assert phone_digits(phone) == digits


@pytest.mark.parametrize(
    "phone", ["", "-", "позвоните", "1", "1" * 26, "tel:112", "112<b>", "+7 916\n112 a", "١١٢"]
)
def test_what_is_no_phone_is_refused(phone: str) -> None:
    with pytest.raises(ValidationError):
        _PHONE.validate_python(phone)


def test_none_is_allowed_where_it_is() -> None:
    assert TypeAdapter(EmailOrNone).validate_python(" ") == ""
    assert TypeAdapter(PhoneOrNone).validate_python("") == ""


@given(st.text(max_size=300))
def test_any_text_is_judged_without_an_accident(text: str) -> None:
    for adapter in (_EMAIL, _PHONE):
        try:
            adapter.validate_python(text)
        except ValidationError:
            continue


@given(st.emails())
def test_an_address_is_compared_in_one_spelling(email: str) -> None:
    assert email_key(email.upper()) == email_key(email.lower()) or not email.isascii()
