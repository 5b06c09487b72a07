"""The program as a user runs it: its own process, a real screen, keys pressed from outside."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from bureaucrat.parcel import new_submission
from bureaucrat.settings import Settings
from bureaucrat.spool import Spool
from tests.desktop.screen import Programs, differing_pixels
from tests.unit.bureaucrat.desk_server import Answer, DeskServer

SUBMIT_TITLE = "сообщить о проблеме"


def write_and_send(programs: Programs, text: str) -> None:
    window = programs.window(SUBMIT_TITLE)
    programs.press("windowfocus", "--sync", window)
    programs.press("type", "--window", window, text)
    programs.press("key", "--window", window, "Return")


def test_the_server_receives_the_screen_as_it_was_before_the_window_covered_it(
    enrolled: Settings, desk: DeskServer, programs: Programs, pattern: Path
) -> None:
    programs.start("--data-dir", enrolled.data_dir, "--submit")
    write_and_send(programs, "printer is on fire")
    desk.wait_for(lambda: len(desk.accepted) == 1)
    [received] = desk.accepted.values()
    [(field, name, content)] = received.files
    assert (field, name) == ("screenshot", "screen-1.png")
    assert differing_pixels(content, pattern) == 0
    assert received.fields["title"] == "printer is on fire"
    assert "hostname" in received.fields["diagnostics"]


def test_a_second_start_opens_the_window_of_the_first(
    enrolled: Settings, desk: DeskServer, programs: Programs, pattern: Path
) -> None:
    first = programs.start("--data-dir", enrolled.data_dir, "--background")
    desk.wait_for(lambda: len(desk.streams) == 1)
    second = programs.start("--data-dir", enrolled.data_dir)
    assert second.wait(20) == 0
    write_and_send(programs, "opened by a second start")
    desk.wait_for(lambda: len(desk.accepted) == 1)
    assert first.poll() is None
    assert len(desk.streams) == 1
    [received] = desk.accepted.values()
    assert differing_pixels(received.files[0][2], pattern) == 0


def test_kill_9_before_the_server_answers_and_a_new_start_send_once(
    enrolled: Settings, desk: DeskServer, programs: Programs
) -> None:
    desk.after = lambda _received: False
    program = programs.start("--data-dir", enrolled.data_dir, "--submit")
    write_and_send(programs, "killed in the middle")
    desk.wait_for(lambda: len(desk.attempts) >= 1)
    os.kill(program.pid, signal.SIGKILL)
    program.wait(10)
    [waiting] = Spool(enrolled.home).pending()
    desk.after = lambda _received: True
    tried = len(desk.attempts)
    programs.start("--data-dir", enrolled.data_dir, "--background")
    desk.wait_for(lambda: len(desk.attempts) > tried)
    assert list(desk.accepted) == [str(waiting.id)]
    assert len({attempt.digest for attempt in desk.attempts}) == 1


def test_what_was_kept_while_there_was_no_server_goes_out_when_there_is_one(
    enrolled: Settings, desk: DeskServer, programs: Programs
) -> None:
    made = Spool(enrolled.home).put(new_submission("Написано без сети", "", {}))
    desk.before = lambda _received: Answer(503, headers={"Retry-After": "0"})
    programs.start("--data-dir", enrolled.data_dir, "--background")
    desk.wait_for(lambda: len(desk.attempts) >= 2)
    desk.before = lambda _received: None
    desk.wait_for(lambda: list(desk.accepted) == [str(made.id)])


def test_the_program_ends_in_order_when_asked_to(
    enrolled: Settings, desk: DeskServer, programs: Programs
) -> None:
    program = programs.start("--data-dir", enrolled.data_dir, "--submit")
    desk.wait_for(lambda: len(desk.streams) == 1)
    programs.window(SUBMIT_TITLE)
    program.send_signal(signal.SIGTERM)
    assert program.wait(15) == 0
    assert program.stderr is not None
    said = program.stderr.read()
    assert b"Traceback" not in said
    assert b"Warning" not in said


def test_a_dead_programs_lock_and_socket_do_not_keep_the_next_one_from_starting(
    enrolled: Settings, desk: DeskServer, programs: Programs
) -> None:
    dead = programs.start("--data-dir", enrolled.data_dir, "--background")
    desk.wait_for(lambda: len(desk.streams) == 1)
    dead.kill()
    dead.wait(10)
    desk.drop_streams()
    programs.start("--data-dir", enrolled.data_dir, "--submit")
    assert programs.window(SUBMIT_TITLE)
