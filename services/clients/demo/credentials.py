"""The demo's credentials: obviously made up, and sealed like real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.clients.domain.company import Company
from services.clients.domain.credential import Credential
from services.clients.domain.equipment import Equipment
from services.clients.domain.person import Person
from services.clients.domain.vault.data_key import CompanyKey

MakeId = Callable[[str], UUID]
# The seed of RFC 6238, appendix B.
_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


class _Login(NamedTuple):
    """`piece` is the name of what it opens."""

    label: str
    address: str
    login: str
    secret: str
    piece: str = ""
    totp_seed: str = ""
    notes: str = ""
    person: UUID | None = None


_EVERYWHERE = (
    _Login("Маршрутизатор, WinBox", "{network}.1", "admin", "Demo-Router-{n}!", "Маршрутизатор"),
    _Login("Wi-Fi сотрудников", "SSID: office", "", "demo-wifi-{n}-parol", "Wi-Fi в зале"),
    _Login(
        "Почта: администратор домена",
        "https://mail.{domain}/admin",
        "postmaster@{domain}",
        "Demo-Mail-{n}#Vesna",
        totp_seed=_SEED,
        notes="Резервные коды — в сейфе у директора.",
    ),
    _Login("МФУ, веб-панель", "http://{network}.60", "admin", "demo-mfp-{n}", "МФУ у секретаря"),
    _Login("Кабинет провайдера", "https://lk.provider.example", "{domain}", "Demo-Lk-{n}"),
    _Login("Регистратор домена {domain}", "https://registrar.example", "{domain}", "Demo-Reg-{n}"),
    _Login("ИБП, карта управления", "http://{network}.70", "apc", "demo-ups-{n}", "ИБП стойки"),
)
_SERVER = {
    "Сервер 1С": _Login("RDP на srv-1c", "rdp://srv-1c", "SRV-1C\\helpdesk", "Demo-1C-{n}-Sneg", "Сервер 1С"),
    "Резервные копии": _Login(
        "Хранилище копий", "https://{network}.11:5001", "backup", "Demo-Nas-{n}", "Резервные копии"
    ),
    "Файлы и лицензии": _Login(
        "RDP на srv-cad", "rdp://srv-cad", "helpdesk", "Demo-Cad-{n}", "Файлы и лицензии"
    ),
    "Инфоклиника": _Login("База Инфоклиники", "srv-med:3050", "SYSDBA", "demo-infoclinic-{n}", "Инфоклиника"),
    "Классный сервер": _Login(
        "Вход на srv-class", "ssh://srv-class", "root", "Demo-Class-{n}", "Классный сервер"
    ),
}


def _mailbox_of(person: Person) -> _Login:
    label = f"Почта: {person.full_name}"
    return _Login(label, "https://mail.{domain}", person.email, "Demo-Box-{n}", person=person.id)


def credentials_of(
    company: Company,
    domain: str,
    people: Sequence[Person],
    pieces: Mapping[str, Equipment],
    key: CompanyKey,
    make_id: MakeId,
    at: datetime,
    *,
    has_mailboxes: bool = False,
) -> Iterator[Credential]:
    network = pieces["Маршрутизатор"].addresses[0].rpartition(".")[0]
    servers = [login for name, login in _SERVER.items() if name in pieces]
    logins = [*_EVERYWHERE, *servers, *map(_mailbox_of, people if has_mailboxes else ())]
    for number, login in enumerate(logins, start=1):
        said = {"network": network, "domain": domain, "n": str(number)}
        credential = Credential(
            id=make_id(f"{company.id} {login.label}"),
            company_id=company.id,
            label=login.label.format(**said),
            address=login.address.format(**said),
            equipment_id=pieces[login.piece].id if login.piece else None,
            person_id=login.person,
            created_at=at,
            updated_at=at,
        )
        secrets = {
            "login": login.login.format(**said),
            "secret": login.secret.format(**said),
            "totp_seed": login.totp_seed,
            "notes": login.notes,
        }
        credential.reseal(key, secrets, at)
        yield credential
