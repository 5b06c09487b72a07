"""Times as people here say them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bureaucrat.translation import _, n_


def parse_moment(text: object) -> datetime | None:
    """A server's RFC 3339 time on this computer's clock; None for anything else."""
    try:
        return datetime.fromisoformat(str(text)).astimezone()
    except (ValueError, OverflowError):
        return None


def moment(when: datetime, now: datetime | None = None) -> str:
    """«14:05» today, «завтра в 10:30», else the date as well."""
    today = (now or datetime.now().astimezone()).date()
    clock = f"{when:%H:%M}"
    if when.date() == today:
        return _("today at {clock}").format(clock=clock)
    if when.date() == today + timedelta(days=1):
        return _("tomorrow at {clock}").format(clock=clock)
    if when.date() == today - timedelta(days=1):
        return _("yesterday at {clock}").format(clock=clock)
    return f"{when:%d.%m.%Y %H:%M}"


def short_moment(when: datetime, now: datetime | None = None) -> str:
    """For lists: the clock today, else the date."""
    today = (now or datetime.now().astimezone()).date()
    return f"{when:%H:%M}" if when.date() == today else f"{when:%d.%m.%Y}"


def ago(when: datetime, now: datetime | None = None) -> str:
    """How long ago, while that is a matter of hours; then the date."""
    minutes = int(((now or datetime.now().astimezone()) - when).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return n_("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < 24 * 60:
        return n_("{count} hour ago", "{count} hours ago", minutes // 60)
    return f"{when:%d.%m.%Y}"


def promise(due: datetime | None, now: datetime | None = None) -> str:
    """When the employee may expect a first reaction."""
    if due is None:
        return ""
    today = (now or datetime.now().astimezone()).date()
    clock = f"{due:%H:%M}"
    if due.date() == today:
        return _("A specialist will react by {clock}.").format(clock=clock)
    if due.date() == today + timedelta(days=1):
        return _("A specialist will react tomorrow by {clock}.").format(clock=clock)
    return _("A specialist will react by {moment}.").format(moment=f"{due:%d.%m.%Y %H:%M}")


def uptime(seconds: int) -> str:
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return n_("{count} day", "{count} days", days) + " " + n_("{count} hour", "{count} hours", hours)
    if hours:
        return n_("{count} hour", "{count} hours", hours)
    return n_("{count} minute", "{count} minutes", minutes)
