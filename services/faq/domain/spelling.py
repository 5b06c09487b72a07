"""What was meant where something else was typed: a slip of one letter, or the other keyboard layout.

Slips are found by symmetric deletion (W. Garbe's SymSpell): two words one slip apart have a deletion in
common, so an ordinary index finds them (docs/decisions/0031).
"""

from __future__ import annotations

_SHORTEST, _LONGEST = 4, 24
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = dict(zip('~{}:"<>', "ёхъжэбю", strict=True))
_SWAPPED = str.maketrans({**_SHIFTED, **dict(zip(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN, strict=True))})
# As capitals, as which such names are written.
_ALIKE = ("abcehkmoptxy", "авсенкмортху")
_OTHER_ALPHABET = str.maketrans("".join(_ALIKE), "".join(reversed(_ALIKE)))


def other_layout(text: str) -> str:
    """The same keys pressed with the other layout on: «ghbynth» is «принтер»."""
    return text.lower().translate(_SWAPPED)


def look_alikes(word: str) -> list[str]:
    """A name with a digit in the other alphabet, where it looks the same: «1C» and «1С», «A4» and «А4»."""
    letters = "".join(letter for letter in word if letter.isalpha())
    if len(letters) == len(word) or not any(set(letters) and set(letters) <= set(one) for one in _ALIKE):
        return []
    return [word.translate(_OTHER_ALPHABET)]


def deletions(word: str) -> list[str]:
    """The word and what is left of it without one letter; nothing for words in which a slip says nothing."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return []
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
