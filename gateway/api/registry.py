"""The registry: companies with their codes, people, devices; and enrolling a device."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from contracts.clients_http import (
    CodeCompany,
    CodePage,
    CodeView,
    CompanyPage,
    CompanyPatch,
    CompanyView,
    DevicePage,
    DevicePatch,
    DeviceView,
    EnrolledDevice,
    NewCode,
    NewCompany,
    NewDevice,
    NewPerson,
    PersonMerge,
    PersonPage,
    PersonPatch,
    PersonView,
)
from contracts.context_http import ClientContext
from gateway.access.callers import address_of
from gateway.access.enrol import enrol, look_up_code
from gateway.answers import passed_on
from gateway.api.bodies import body_of
from gateway.api.calls import Call
from gateway.api.passing import for_staff
from gateway.api.queries import CompaniesQuery, ContextQuery, DevicesQuery, PeopleQuery
from gateway.contacts import with_last_contact
from gateway.parts import parts_of

_list_devices = for_staff("clients", "/devices")
_device = for_staff("clients", "/devices/{id}")


async def post_device(request: Request) -> Response:
    new = await body_of(request, NewDevice)
    key = request.headers.get("idempotency-key")
    headers = {"Idempotency-Key": key} if key else None
    body = new.model_dump(mode="json", exclude_unset=True)
    return passed_on(await enrol(parts_of(request), body, address_of(request), headers=headers))


async def get_code(request: Request) -> Response:
    parts = parts_of(request)
    return passed_on(await look_up_code(parts, request.path_params["code"], address_of(request)))


async def get_devices(request: Request) -> Response:
    return await with_last_contact(parts_of(request), await _list_devices(request))


async def get_or_patch_device(request: Request) -> Response:
    return await with_last_contact(parts_of(request), await _device(request))


async def delete_device(request: Request) -> Response:
    """Refused from this moment on, whenever the event about it comes."""
    response = await _device(request)
    if response.status_code < 300:
        await parts_of(request).access.devices.revoke(UUID(request.path_params["id"]))
    return response


ENROLMENT = (
    Call(
        "POST", "/devices", post_device, "Enrol a device with a company's code", "anyone", "devices",
        status=201, body=NewDevice, answer=EnrolledDevice, headers=("Idempotency-Key",), also=(403, 409),
    ),
    Call(
        "GET", "/devices/codes/{code}", get_code, "Whose code it is, before enrolling", "anyone", "devices",
        answer=CodeCompany, also=(404,),
    ),
)  # fmt: skip

DEVICES = (
    Call(
        "GET", "/devices", get_devices, "List devices", "staff", "devices",
        query=DevicesQuery, answer=DevicePage,
    ),
    Call(
        "GET", "/devices/{id:id}", get_or_patch_device, "One device", "staff", "devices",
        answer=DeviceView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/devices/{id:id}", get_or_patch_device,
        "Confirm that a device is that person's; block and unblock it", "staff", "devices",
        body=DevicePatch, answer=DeviceView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/devices/{id:id}", delete_device, "Revoke a device", "staff", "devices",
        status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
)  # fmt: skip

COMPANIES = (
    Call(
        "GET", "/companies", for_staff("clients", "/companies"), "List companies", "staff", "companies",
        query=CompaniesQuery, answer=CompanyPage,
    ),
    Call(
        "POST", "/companies", for_staff("clients", "/companies"), "Add a company", "staff", "companies",
        status=201, body=NewCompany, answer=CompanyView, headers=("Idempotency-Key",), also=(409,), etag=True,
    ),
    Call(
        "GET", "/companies/{id:id}", for_staff("clients", "/companies/{id}"),
        "One company", "staff", "companies", answer=CompanyView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/companies/{id:id}", for_staff("clients", "/companies/{id}"),
        "Change a company", "staff", "companies",
        body=CompanyPatch, answer=CompanyView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/companies/{id:id}", for_staff("clients", "/companies/{id}"),
        "Archive a company", "staff", "companies",
        status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
    Call(
        "GET", "/companies/{id:id}/context", for_staff("clients", "/companies/{id}/context"),
        "What is known of a company around a ticket", "staff", "companies",
        query=ContextQuery, answer=ClientContext, also=(404,),
    ),
    Call(
        "GET", "/companies/{id:id}/codes", for_staff("clients", "/companies/{id}/codes"),
        "A company's enrolment codes", "staff", "companies", answer=CodePage, also=(404,),
    ),
    Call(
        "POST", "/companies/{id:id}/codes", for_staff("clients", "/companies/{id}/codes"),
        "Hand out an enrolment code", "staff", "companies",
        status=201, body=NewCode, answer=CodeView, headers=("Idempotency-Key",), also=(404, 409),
    ),
    Call(
        "DELETE", "/companies/{id:id}/codes/{code}", for_staff("clients", "/companies/{id}/codes/{code}"),
        "Withdraw an enrolment code", "staff", "companies", status=204, also=(404,),
    ),
)  # fmt: skip

PEOPLE = (
    Call(
        "GET", "/people", for_staff("clients", "/people"), "List people", "staff", "people",
        query=PeopleQuery, answer=PersonPage,
    ),
    Call(
        "POST", "/people", for_staff("clients", "/people"), "Add a person", "staff", "people",
        status=201, body=NewPerson, answer=PersonView, headers=("Idempotency-Key",), also=(409,), etag=True,
    ),
    Call(
        "GET", "/people/{id:id}", for_staff("clients", "/people/{id}"), "One person", "staff", "people",
        answer=PersonView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", "/people/{id:id}", for_staff("clients", "/people/{id}"),
        "Change a person", "staff", "people",
        body=PersonPatch, answer=PersonView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", "/people/{id:id}", for_staff("clients", "/people/{id}"),
        "Archive a person", "staff", "people", status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
    Call(
        "POST", "/people/{id:id}/merge", for_staff("clients", "/people/{id}/merge"),
        "Merge a person who was entered twice into the other one", "staff", "people",
        body=PersonMerge, answer=PersonView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
)  # fmt: skip

CALLS = (*ENROLMENT, *DEVICES, *COMPANIES, *PEOPLE)
