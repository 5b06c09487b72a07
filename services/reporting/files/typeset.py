"""`python -m services.reporting.files.typeset`: a document as JSON comes in, a PDF goes out.

A process of its own, so that what setting a long document takes in memory is given back.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

_LAYOUT = Path(__file__).with_name("layout.typ")


def main() -> None:
    said = {"report": sys.stdin.buffer.read().decode()}
    sys.stdout.buffer.write(typst.compile(_LAYOUT.read_bytes(), sys_inputs=said, ignore_system_fonts=True))


if __name__ == "__main__":
    main()
