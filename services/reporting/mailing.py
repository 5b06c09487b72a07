"""Keeps mailing reports that are due, beside the requests, in every replica."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage

import aiosmtplib
import structlog

from chassis.clock import now
from chassis.mongo import heed_cancellation
from services.reporting.settings import ReportingSettings
from services.reporting.use_cases.send_reports import (
    NotSentError,
    Office,
    RefusedError,
    UnsureError,
    queue_due,
    send_next,
)

_log = structlog.get_logger(__name__)
_LOOK_EVERY_SECONDS = 5.0
_PAUSE_AFTER_FAILURE_SECONDS = 5.0
_SMTP_SECONDS = 60.0
_ATTEMPT_SECONDS = 240.0
_PERMANENT = 500


class SmtpPost:
    """An SMTP server of the environment; a connection for each letter."""

    def __init__(self, settings: ReportingSettings) -> None:
        self._settings = settings

    async def send(self, message: EmailMessage, recipient: str) -> None:
        """Raises NotSentError, RefusedError, UnsureError."""
        client = self._client()
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSentError(_said(error)) from error
        try:
            async with asyncio.timeout(_ATTEMPT_SECONDS):
                await client.send_message(message, recipients=[recipient])
        except aiosmtplib.SMTPRecipientsRefused as error:
            self._refused(error.recipients[0], error)
        except aiosmtplib.SMTPResponseException as error:
            self._refused(error, error)
        except aiosmtplib.SMTPNotSupported as error:
            raise RefusedError(_said(error)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise UnsureError(_said(error)) from error
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user or None,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            timeout=_SMTP_SECONDS,
        )

    @staticmethod
    def _refused(answer: aiosmtplib.SMTPResponseException, error: Exception) -> None:
        if answer.code >= _PERMANENT:
            raise RefusedError(_said(answer)) from error
        raise NotSentError(_said(answer)) from error


def _said(error: Exception) -> str:
    """An answer as the server gave it: «550 5.1.1 no such user»."""
    said = str(error)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        said = f"{error.code} {error.message}"
    return " ".join(said.split())[:300] or type(error).__name__


async def keep_mailing(office: Office) -> None:
    """Until cancelled. What was due while nothing ran is sent at the first look."""
    while True:
        heed_cancellation()
        try:
            await queue_due(office.schedules, now(), office.zone)
            while await send_next(office, now()):
                heed_cancellation()
        except Exception as error:
            _log.warning("reports are not mailed", exc_info=error)
            await asyncio.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
            continue
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
