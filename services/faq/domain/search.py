"""The words an article is found by: stems, so that any form of a word finds every other."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from snowballstemmer import stemmer

_WORD = re.compile(r"[^\W_]+(?:[-.@][^\W_]+)*", re.UNICODE)
_PIECE = re.compile(r"[^\W_]+", re.UNICODE)
_LONGEST_WORD = 40
_MOST_WORDS = 3000
_russian, _english = stemmer("russian"), stemmer("english")
# Said in every other sentence, so that they find everything and tell nothing.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """а без бы в во вот все вы да для до если есть же за и из или их к как когда ко ли меня мне мой моя
        мы на над нас наш не нет ни но ну о об он она они от по под при про с со так то только тоже у уже что
        чтобы это эта этот я здравствуйте пожалуйста помогите спасибо
        a an and are as at be by can for from i in is it my no not of on or the to with you""",
    )
)

# What is said of anything that is broken.
_GENERAL = re.findall(
    r"\w+",
    """работает работают работать заработало сломалось сломался сломалась сломан проблема проблемы неполадка
    ошибка ошибки сбой срочно помощь помогите помочь нужно нужна нужен надо вопрос просьба прошу заявка
    обращение добрый день утро вечер привет опять снова сегодня вчера утра плохо случилось разобраться
    посмотрите сделайте
    help problem problems issue broken error errors urgent works working work please hello""",
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """`word` is lower-case and plain (see `spoken`)."""
    stemmed: str = (_english if word.isascii() else _russian).stemWord(word)
    return stemmed


def spoken(text: str) -> list[str]:
    """The words as they stand there, lower-case, «ё» as «е»; host names whole and in pieces."""
    found = []
    for whole in _WORD.findall(text.lower().replace("ё", "е")):
        word = whole[:_LONGEST_WORD]
        found.append(word)
        if not word.isalnum():
            found += [piece for piece in _PIECE.findall(word) if len(piece) > 1]
    return found


def stands(text: str, stems: Container[str]) -> Iterator[slice]:
    """Where words of these stems are in the text: a host name whole, else its pieces that are meant."""
    for whole in _WORD.finditer(_folded(text)):
        word = whole[0]
        if stem(word[:_LONGEST_WORD]) in stems:
            yield slice(*whole.span())
        elif not word.isalnum():
            pieces = _PIECE.finditer(word)
            yield from (_moved(piece.span(), whole.start()) for piece in pieces if stem(piece[0]) in stems)


def _folded(text: str) -> str:
    """As words are kept, and as long as it was: in a few alphabets a small letter takes two."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    return lower.replace("ё", "е")


def _moved(span: tuple[int, int], by: int) -> slice:
    return slice(span[0] + by, span[1] + by)


def asked(text: str) -> list[str]:
    """The words of a query that tell something, each once; all of them where none does."""
    words = list(
        dict.fromkeys(whole[:_LONGEST_WORD] for whole in _WORD.findall(text.lower().replace("ё", "е")))
    )
    return [word for word in words if word not in _EMPTY] or words


def is_said_in(title: str, text: str) -> bool:
    """Whether the words stand there one after another as they were typed; the last may be half a word."""
    words = spoken(text)
    return len(words) > 1 and " " + " ".join(words) in " " + " ".join(spoken(title))


def telling(texts: Iterable[str]) -> list[str]:
    """The different stems of all the texts that tell something, in order of appearance."""
    found: dict[str, None] = {}
    for text in texts:
        for word in spoken(text):
            if word not in _EMPTY:
                found[stem(word)] = None
            if len(found) >= _MOST_WORDS:
                return list(found)
    return list(found)


_GENERAL_STEMS = frozenset(map(stem, _GENERAL))


def is_general(stems: Iterable[str]) -> bool:
    """Whether they would fit any problem, and tell nothing of what it is about."""
    return _GENERAL_STEMS.issuperset(stems)


def forms(texts: Iterable[str]) -> dict[str, str]:
    """Every word as it is written, and every stem, each with its stem."""
    written = {word: stem(word) for text in texts for word in spoken(text) if word not in _EMPTY}
    return {**{stemmed: stemmed for stemmed in written.values()}, **written}
