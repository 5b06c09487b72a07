"""`python -m services.reporting.files.typeset`: a document as JSON comes in, a PDF goes out.

A process of its own, so that what setting a long document takes in memory is given back.
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
import typst

_LAYOUT = Path(__file__).with_name("layout.typ")
# What people put into titles and Typst's own fonts have not: emoji, without colours.
_EMOJI = Path(__file__).parents[3] / "node_modules/@expo-google-fonts/noto-emoji/400Regular"
# Tags, for who has a page read aloud, are nine tenths of a long file.
_MOST_TAGGED_ROWS = 1_000


def main() -> None:
    said = sys.stdin.buffer.read()
    rows = sum(len(table["rows"]) for table in orjson.loads(said)["tables"])
    pdf = typst.compile(
        _LAYOUT.read_bytes(),
        sys_inputs={"report": said.decode()},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_EMOJI]),
        pdf_tags=rows <= _MOST_TAGGED_ROWS,
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
