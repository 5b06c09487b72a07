"""A form with a file on its way to a service: encoded anew for each replica that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp


@dataclass(frozen=True)
class Form:
    fields: Mapping[str, str]
    file_name: str
    file: bytes

    def encoded(self) -> aiohttp.FormData:
        form = aiohttp.FormData(quote_fields=False)
        for name, value in self.fields.items():
            form.add_field(name, value)
        form.add_field("file", self.file, filename=self.file_name, content_type="application/octet-stream")
        return form
