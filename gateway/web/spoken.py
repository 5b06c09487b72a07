"""What the scripts say: the messages of the JavaScript modules, served as a module per language."""

from __future__ import annotations

from gateway.web.language import words_of


def spoken(lang: str) -> dict[str, str | list[str]]:
    """`{n}` stands for a number; a list holds the plural forms that Intl.PluralRules chooses from."""
    _ = words_of(lang).gettext
    return {
        "minutes": _("{n} min"),
        "hours": _("{n} h"),
        "hours_minutes": _("{h} h {n} min"),
        "days": _("{n} d"),
        "until": _("by {time}"),
        "now": _("just now"),
        "paused": _("paused"),
        "new_tickets": _plural(lang, "{n} new ticket", "{n} new tickets"),
        "due": _plural(
            lang, "{n} article of yours should be read again", "{n} articles of yours should be read again"
        ),
        "selected": _plural(lang, "{n} selected", "{n} are selected"),
        "refresh": _("Refresh"),
        "told_new": _("New ticket № {n}"),
        "told_assigned": _("№ {n} is yours now"),
        "told_answer": _("An answer in № {n}"),
        "told_warned": _("№ {n} is soon due"),
        "told_broken": _("№ {n} is late"),
        "looks": _("{who} also has this ticket open"),
        "types": _("{who} is writing…"),
        "opened_by": _("Open at: {who}"),
        "offline": _("No live connection: reconnecting…"),
        "online": _("The connection is back"),
        "failed": _("That did not work. What you typed is kept; try again."),
        "expired": _("You have been signed out. Sign in in another tab, then try again."),
        "unsent": _("What you typed has not been sent."),
        "removed": _("Remove"),
        "picture": _("Picture {n} of {total}"),
        "nothing_found": _("Nothing found"),
        "timer_elsewhere": _("The timer runs on No. {n}. Stop it there and start it here?"),
        "timer_stopped": _("Timer stopped: {minutes} min are in the composer of No. {n}"),
        "timer_here": _("running"),
        "timer_rests": _("resting"),
        "timer_start": _("timer"),
        "answer": _("Answer the client"),
        "note": _("Write the note"),
        "too_large": _("This file is too large"),
        "storing": _("A file is still on its way: send a moment later."),
        "keeping_picture": _("picture {n} is being kept…"),
        "no_picture": _("This is no PNG, JPEG or WebP picture, or it is damaged."),
        "copy": _("copy"),
        "copied": _("copied"),
        "hides": _("hides in {n} s"),
        "copied_for_a_while": _("Copied. The clipboard is emptied in 30 s."),
        "cleared": _("The clipboard is empty again."),
    }


def _plural(lang: str, one: str, many: str) -> list[str]:
    """The forms for 1, 2 and 5: CLDR's one, few and many; English repeats its plural."""
    words = words_of(lang)
    return [words.ngettext(one, many, n) for n in (1, 2, 5)]
