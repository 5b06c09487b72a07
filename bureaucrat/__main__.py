"""`python -m bureaucrat`: start the program, or ask the one that runs to open its window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bureaucrat import durable
from bureaucrat.instance import ask_running
from bureaucrat.settings import Settings, load_settings


def main() -> int:
    options = _options()
    settings = load_settings(options.server, options.data_dir)
    word = "submit" if options.submit else "background" if options.background else "tickets"
    # A second click on the shortcut is a click for the window; a second autostart is nothing.
    second = "background" if options.background else "submit"
    if ask_running(settings.data_dir, second):
        return 0
    return _run(settings, word, second)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bureaucrat", description="Report a problem to your IT support.")
    parser.add_argument("--server", help="address of the server, like https://helpdesk.example.com")
    parser.add_argument("--data-dir", type=Path, help="folder for settings and unsent reports")
    parser.add_argument("--submit", action="store_true", help="open the window for a report at once")
    parser.add_argument("--background", action="store_true", help="only the tray icon, for autostart")
    return parser.parse_args()


def _run(settings: Settings, word: str, second: str) -> int:
    from bureaucrat.app import Bureaucrat, new_application, quitting_on_signals
    from bureaucrat.instance import Instance

    application = new_application()
    try:
        durable.make_folder(settings.data_dir)
        instance = Instance(settings.data_dir)
        # Only the one that holds the lock may touch the spool.
        if not instance.take(second):
            return 0
        settings.save()
        _keep_log(settings)
        program = Bureaucrat(settings)
    except OSError:
        return _cannot_write(settings)
    instance.listen(program.answer)
    with quitting_on_signals(application):
        program.open(word=word)
        code = application.exec()
        program.close()
    instance.release()
    return code


def _keep_log(settings: Settings) -> None:
    """What the employee is not troubled with: for the support, small, without texts and tokens."""
    import logging
    from logging.handlers import RotatingFileHandler

    file = RotatingFileHandler(
        settings.data_dir / "bureaucrat.log", maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
    )
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[file], level=logging.WARNING)


def _cannot_write(settings: Settings) -> int:
    from PySide6.QtWidgets import QMessageBox

    from bureaucrat import translation
    from bureaucrat.translation import _

    translation.speak(settings.language)
    words = _("Bureaucrat cannot write to its folder {folder}. Is the disk full?")
    QMessageBox.critical(None, "Bureaucrat", words.format(folder=settings.data_dir))
    return 1


if __name__ == "__main__":
    sys.exit(main())
