"""Why intake says no."""

from __future__ import annotations


class SubmissionNotFoundError(Exception):
    """There is no such submission, or it is not the caller's to see."""


class NotTheRequesterError(Exception):
    """The submission is the caller's to see, but not to answer."""


class LogFullError(Exception):
    """More was said about one submission than one document should hold."""


class OtherBodyError(Exception):
    """This id was used before, for something else."""


class BadFileError(Exception):
    """A file cannot be taken; `field` is the part it came in."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class TooLargeError(Exception):
    """More bytes than we take at once."""
