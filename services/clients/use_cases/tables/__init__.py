"""The registry's tables: each knows how its rows are found, added, changed and written."""

from collections.abc import Mapping
from typing import Any

from contracts.import_http import TableKind
from services.clients.use_cases.tables.companies import CompanyTable
from services.clients.use_cases.tables.contracts import ContractTable
from services.clients.use_cases.tables.credentials import CredentialTable
from services.clients.use_cases.tables.equipment import EquipmentTable
from services.clients.use_cases.tables.licences import LicenceTable
from services.clients.use_cases.tables.people import PersonTable
from services.clients.use_cases.tables.table import Table

_PAPERS = (LicenceTable(), ContractTable(), CredentialTable())
TABLES: Mapping[TableKind, Table[Any]] = {
    table.columns.what: table for table in (CompanyTable(), PersonTable(), EquipmentTable(), *_PAPERS)
}

__all__ = ["TABLES", "Table"]
