"""A model of a disk that loses power: what was not fsynced may be there or not, in any combination."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bureaucrat import durable


@dataclass
class Node:
    """A file's or folder's state: `safe` survives for certain."""

    content: bytearray = field(default_factory=bytearray)
    safe: bytes = b""
    is_folder: bool = False
    # What happened to the names in a folder: operation number, name, node or None; and how many are safe.
    names: list[tuple[int, str, Node | None]] = field(default_factory=list)
    safe_names: int = 0

    def find(self, name: str) -> Node | None:
        return next((node for _, known, node in reversed(self.names) if known == name), None)


class FragileDisk:
    """Passes the spool's system calls on to the real disk, and remembers what each made durable."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._root = root
        self._top = Node(is_folder=True)
        self._operation = 0
        self._open: dict[int, Node] = {}
        self.after_each: Callable[[], None] = lambda: None
        calls: dict[str, Callable[..., Any]] = {
            "open": self._on_open,
            "write": self._on_write,
            "fsync": self._on_fsync,
            "mkdir": self._on_mkdir,
            "rename": self._on_rename,
            "replace": self._on_rename,
        }
        for name, watch in calls.items():
            monkeypatch.setattr(os, name, self._through(getattr(os, name), watch))
        monkeypatch.setattr(durable, "remove_tree", self._through(durable.remove_tree, self._on_remove))

    def after_power_cut(self, target: Path, survives: Callable[[int], bool]) -> None:
        """Write into `target` what a restart would find; `survives` decides for what was not synced."""
        self._write_out(self._top, target, survives)

    def _write_out(self, folder: Node, target: Path, survives: Callable[[int], bool]) -> None:
        target.mkdir()
        there: dict[str, Node | None] = {}
        for position, (operation, name, node) in enumerate(folder.names):
            if position < folder.safe_names or survives(operation):
                there[name] = node
        for name, node in there.items():
            if node is None:
                continue
            if node.is_folder:
                self._write_out(node, target / name, survives)
            else:
                whole = survives(id(node)) or node.safe == bytes(node.content)
                (target / name).write_bytes(bytes(node.content) if whole else node.safe)

    def _through(self, real: Callable[..., Any], watch: Callable[..., None]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            result = real(*arguments, **named)
            if isinstance(arguments[0], int) or Path(arguments[0]).is_relative_to(self._root):
                self._operation += 1
                watch(result, *arguments)
                self.after_each()
            return result

        return call

    def _node(self, path: str | Path) -> Node | None:
        node: Node | None = self._top
        for part in Path(path).relative_to(self._root).parts:
            node = node.find(part) if node else None
        return node

    def _name(self, path: str | Path, node: Node | None) -> None:
        folder = self._node(Path(path).parent)
        assert folder is not None
        folder.names.append((self._operation, Path(path).name, node))

    def _on_open(self, descriptor: int, path: str | Path, *_flags: Any) -> None:
        node = self._node(path)
        if node is None:
            node = Node()
            self._name(path, node)
        self._open[descriptor] = node

    def _on_write(self, count: int, descriptor: int, content: Any) -> None:
        if descriptor in self._open:
            self._open[descriptor].content += bytes(content)[:count]

    def _on_fsync(self, _result: None, descriptor: int) -> None:
        node = self._open[descriptor]
        node.safe = bytes(node.content)
        node.safe_names = len(node.names)

    def _on_mkdir(self, _result: None, path: str | Path, *_mode: Any) -> None:
        self._name(path, Node(is_folder=True))

    def _on_rename(self, _result: None, source: str | Path, target: str | Path) -> None:
        node = self._node(source)
        self._name(target, node)
        self._name(source, None)

    def _on_remove(self, _result: None, path: str | Path) -> None:
        if self._node(path):
            self._name(path, None)
