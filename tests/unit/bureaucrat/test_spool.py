"""The spool keeps a parcel whole or not at all, whatever happens to the process, the power or the disk."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bureaucrat.parcel import Parcel, new_rating, new_reply, new_submission
from bureaucrat.spool import CannotKeepError, Spool
from tests.unit.bureaucrat.fragile_disk import FragileDisk
from tests.unit.bureaucrat.spool_victim import PARCEL_ID, enclosures, parcel

VICTIM = "tests.unit.bureaucrat.spool_victim"
PROJECT = Path(__file__).parents[3]


def run_victim(home: Path, step: int, work: str) -> bool:
    """True when the process was killed at that step."""
    ended = subprocess.run(
        [sys.executable, "-m", VICTIM, str(home), str(step), work], cwd=PROJECT, check=False, timeout=60
    )
    assert ended.returncode in {0, -signal.SIGKILL}
    return ended.returncode != 0


def assert_whole(found: Parcel) -> None:
    assert found.id == PARCEL_ID
    assert found.fields["title"] == "Не печатает принтер"
    assert [e.path.read_bytes() for e in found.enclosures] == [e.content for e in enclosures()]


def test_a_parcel_is_found_again_by_the_next_process(tmp_path: Path) -> None:
    Spool(tmp_path).put(parcel(), enclosures())
    [found] = Spool(tmp_path).pending()
    assert_whole(found)


def test_parcels_come_back_in_the_order_they_were_made(spool: Spool) -> None:
    made = [spool.put(new_reply(PARCEL_ID, f"Ответ {number}")) for number in range(30)]
    assert [found.id for found in spool.pending()] == [one.id for one in made]


def test_a_settled_parcel_is_gone(spool: Spool, tmp_path: Path) -> None:
    spool.settle(spool.put(parcel(), enclosures()))
    assert spool.pending() == []
    assert list((tmp_path / "outbox").iterdir()) == []


def test_a_rejected_parcel_waits_for_the_employee_with_the_reason(spool: Spool) -> None:
    spool.reject(spool.put(parcel(), enclosures()), {"title": "Слишком велико", "status": 413})
    [rejected] = spool.rejected()
    assert spool.pending() == []
    assert rejected.problem["status"] == 413
    assert_whole(rejected.parcel)
    spool.discard(rejected.parcel)
    assert spool.rejected() == []


def test_a_damaged_parcel_does_not_stop_the_others(spool: Spool, tmp_path: Path) -> None:
    spoilt = spool.put(new_reply(PARCEL_ID, "раз"))
    good = spool.put(new_reply(PARCEL_ID, "два"))
    (tmp_path / "outbox" / str(spoilt.id) / "parcel.json").write_bytes(b"\0" * 100)
    assert [found.id for found in spool.pending()] == [good.id]
    assert (tmp_path / "damaged" / str(spoilt.id)).is_dir()


def test_folders_are_readable_by_their_owner_only(spool: Spool, tmp_path: Path) -> None:
    kept = spool.put(parcel(), enclosures())
    folder = tmp_path / "outbox" / str(kept.id)
    assert {oct(path.stat().st_mode & 0o077) for path in [folder, *folder.iterdir()]} == {"0o0"}


def test_a_rating_keeps_its_score_as_a_number(spool: Spool) -> None:
    spool.put(new_rating(PARCEL_ID, 4, "спасибо"))
    assert dict(spool.pending()[0].fields) == {"score": 4, "comment": "спасибо"}


def test_text_that_no_server_takes_is_cleaned_before_it_is_kept(spool: Spool) -> None:
    spool.put(new_submission("Сбой\0 \ud800 \x1b[31m", "строка\nвторая\tконец", {}))
    fields = spool.pending()[0].fields
    assert fields["title"] == "Сбой \ufffd [31m"
    assert fields["description"] == "строка\nвторая\tконец"


def test_kill_at_any_step_of_keeping_leaves_all_or_nothing(tmp_path: Path) -> None:
    outcomes = []
    for step in range(1, 200):
        home = tmp_path / str(step)
        killed = run_victim(home, step, "put")
        found = Spool(home).pending()
        for one in found:
            assert_whole(one)
        assert [p for p in (home / "outbox").iterdir() if p.name.startswith(".")] == []
        outcomes.append(len(found))
        if not killed:
            break
    assert outcomes[-1] == 1
    assert outcomes == sorted(outcomes)
    assert outcomes.count(0) > 15


@pytest.mark.parametrize("work", ["settle", "reject"])
def test_kill_at_any_step_of_the_end_neither_loses_nor_doubles(tmp_path: Path, work: str) -> None:
    for step in range(1, 100):
        home = tmp_path / str(step)
        Spool(home).put(parcel(), enclosures())
        killed = run_victim(home, step, work)
        spool = Spool(home)
        waiting, refused = spool.pending(), [r.parcel for r in spool.rejected()]
        for one in waiting + refused:
            assert_whole(one)
        assert len(waiting) + len(refused) == 1 or (work == "settle" and not waiting)
        if not killed:
            break
    assert waiting == []
    assert step > 3


@pytest.mark.parametrize("seed", range(8))
def test_a_power_cut_at_any_step_leaves_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """After `put` has returned nothing that fate decides may lose the parcel; before, never a half of it."""
    real, fates = tmp_path / "real", random.Random(seed)
    real.mkdir()
    disk = FragileDisk(real, monkeypatch)
    cuts: list[Path] = []

    def cut() -> None:
        cuts.append(tmp_path / f"cut-{len(cuts)}")
        fate: dict[int, bool] = {}
        disk.after_power_cut(cuts[-1], lambda change: fate.setdefault(change, fates.random() < seed / 7))

    disk.after_each = cut
    Spool(real / "home").put(parcel(), enclosures())
    disk.after_each = lambda: None
    monkeypatch.undo()
    for place in cuts:
        for one in Spool(place / "home").pending():
            assert_whole(one)
        assert list((place / "home" / "damaged").iterdir()) == []
    assert len(Spool(cuts[-1] / "home").pending()) == 1
    assert len(cuts) > 20


@pytest.mark.parametrize("failing", ["open", "write", "fsync", "mkdir", "rename"])
def test_a_full_disk_is_said_plainly_and_nothing_half_written_stays(
    spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    real = getattr(os, failing)

    def full(*arguments: Any, **named: Any) -> Any:
        if failing == "open" and not arguments[1] & os.O_CREAT:
            return real(*arguments, **named)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, failing, full)
        with pytest.raises(CannotKeepError) as told:
            spool.put(parcel(), enclosures())
    assert told.value.disk_full
    assert spool.pending() == []
    assert list((tmp_path / "outbox").iterdir()) == []
    spool.put(parcel(), enclosures())
    assert_whole(spool.pending()[0])
