"""The first letter of a sentence whose parts change places."""

from __future__ import annotations


def capital(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The first letter small, but for a name: a capital behind it tells one."""
    words = text.split(maxsplit=2)
    named = len(words) > 1 and words[1][:1].isupper()
    return text if named or text[:2].isupper() else text[:1].lower() + text[1:]
