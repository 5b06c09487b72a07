"""What was meant where something else was typed: a slip of one letter, or the other keyboard layout.

Slips are found by symmetric deletion (W. Garbe's SymSpell): two words one slip apart have a deletion in
common, so an ordinary index finds them (docs/decisions/0041).
"""

from __future__ import annotations

SHORTEST, _LONGEST = 4, 24
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = dict(zip('~{}:"<>', "ёхъжэбю", strict=True))
_SWAPPED = str.maketrans({**_SHIFTED, **dict(zip(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN, strict=True))})


def other_layout(text: str) -> str:
    """The same keys pressed with the other layout on: «bdfyjd» is «иванов»."""
    return text.lower().translate(_SWAPPED)


def is_spelled(word: str) -> bool:
    """Whether a slip in it says anything: short words and numbers are as they are typed."""
    return SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def deletions(word: str) -> list[str]:
    """The word, and what is left of it without one letter."""
    return sorted({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def is_slip(typed: str, meant: str) -> bool:
    """Whether one letter more, less, another, or two swapped make the one of the other."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return typed == meant
    at = next((i for i, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return True
    if len(typed) == len(meant):
        is_swap = typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :]
        return is_swap or typed[at + 1 :] == meant[at + 1 :]
    shorter, longer = sorted((typed, meant), key=len)
    return longer[at + 1 :] == shorter[at:]


def is_slip_at_beginning(typed: str, meant: str) -> bool:
    """Whether the word that is still being typed begins so, but for one slip."""
    return any(is_slip(typed, meant[:length]) for length in range(len(typed) - 1, len(typed) + 2))
