"""Бюрократ: the program on an employee's desktop; it knows nothing but the public API."""

VERSION = "0.1.0"
