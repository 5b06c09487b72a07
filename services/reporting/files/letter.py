"""The letter that reports are sent with; what people typed stands in no header unescaped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from contracts.text import clean_line
from services.reporting.domain.schedule import Delivery, Schedule
from services.reporting.files.written import month_said

_TYPES = {
    "pdf": ("application", "pdf"),
    "csv": ("text", "csv"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_WORDS = {
    "ru": (
        "{name}: отчёты за {month}",
        "Здравствуйте!\n\nВо вложении отчёты за {month}:\n{reports}\n\n"
        "Письмо отправлено автоматически по расписанию «{name}», отвечать на него не нужно.\n",
    ),
    "en": (
        "{name}: reports for {month}",
        "Hello,\n\nattached are the reports for {month}:\n{reports}\n\n"
        "This letter was sent by the schedule “{name}”; there is no need to answer it.\n",
    ),
}


class Attachment(NamedTuple):
    name: str
    format: str
    title: str
    content: bytes


def letter(
    sender: str, delivery: Delivery, schedule: Schedule, files: Sequence[Attachment], at: datetime
) -> EmailMessage:
    """Its Message-ID is the delivery's: whoever gets it twice can tell."""
    subject, text = _WORDS[schedule.lang]
    month = month_said(delivery.month)
    name = clean_line(schedule.name)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject.format(name=name, month=month)
    message["From"] = sender
    message["To"] = delivery.recipient
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{delivery.id}@{sender.rpartition('@')[2].rstrip('>') or 'helpdesk'}>"
    message["Auto-Submitted"] = "auto-generated"
    listed = "\n".join(f"— {one.title} ({one.name})" for one in files)
    message.set_content(text.format(name=name, month=month, reports=listed))
    for one in files:
        main, sub = _TYPES[one.format]
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    return message
