"""The file of an import's errors, told in the language of who takes it."""

from __future__ import annotations

import csv
import io

from contracts.cells import BYTE_ORDER_MARK, DELIMITER, csv_lines, plain_of
from gateway.web.card.import_words import reason
from gateway.web.language import words_of


def in_words(file: bytes, lang: str) -> str:
    """Its last two columns are the number of the row and the reason; the rest stays as it came."""
    lines = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=DELIMITER)
    rows = [[plain_of(cell) for cell in line] for line in lines]
    gettext = words_of(lang).gettext
    told = [[*rows[0][:-2], gettext("Row"), gettext("Why not")]]
    told += [[*row[:-1], reason(lang, row[-1])] for row in rows[1:]]
    return BYTE_ORDER_MARK + csv_lines(told)
