"""Writing that survives kill -9 and a power cut: temporary file, fsync, rename, fsync of the folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

TEMPORARY = ".part"


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Windows keeps its own journal and cannot open folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create `folder` and its missing parents, readable by their owner only, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    os.mkdir(folder, 0o700)  # noqa: PTH102 - one system call by name, so that tests can stand between two
    sync_folder(folder.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a file nobody looks at yet; its name becomes durable with its folder."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Replace `path` whole or not at all."""
    temporary = path.with_name(path.name + TEMPORARY)
    try:
        write_new(temporary, content)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    os.replace(temporary, path)  # noqa: PTH105
    sync_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename within one file system, durably on both sides."""
    os.rename(source, target)  # noqa: PTH104
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)


def remove_tree(folder: Path) -> None:
    """Remove what has already been renamed away; what stays behind is swept at the next start."""
    shutil.rmtree(folder, ignore_errors=True)
