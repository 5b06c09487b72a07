"""More of the demo's clients, made up by rule: as many as an outsourcer really looks after."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from services.clients.demo.client import Client

_NAMES = (
    ("ООО «Торговый дом „Кедр“»", "Кедр", "kedr", "495"),
    ("АО «Вологодские сыры»", "Вологодские сыры", "vsyr", "8172"),
    ("ООО «Клиника „Здоровая семья“»", "Здоровая семья", "zdsem", "863"),
    ("ООО «Автоцентр „Магистраль“»", "Магистраль", "magistral", "846"),
    ("ООО «Юридическое бюро „Аргумент“»", "Аргумент", "argument", "812"),
    ("АО «Уралметиз»", "Уралметиз", "uralmetiz", "343"),
    ("ООО «Типография „Литера“»", "Литера", "litera", "831"),
    ("ООО «Гостиница „Волга“»", "Гостиница «Волга»", "volga-hotel", "8442"),
    ("ООО «СтройПроект-Юг»", "СтройПроект-Юг", "spyug", "861"),
    ("ООО «Рыбозавод „Прибой“»", "Прибой", "priboy", "4012"),
    ("ООО «Аптеки „Ромашка“»", "Аптеки «Ромашка»", "romashka", "383"),
    ("ООО «Фитнес-клуб „Форма“»", "Форма", "forma-fit", "351"),
    ("АО «Сибирский лён»", "Сибирский лён", "siblen", "3822"),
    ("ООО «Бюро переводов „Глагол“»", "Глагол", "glagol", "843"),
    ("ООО «Мебельная фабрика „Дубрава“»", "Дубрава", "dubrava", "8412"),
    ("ООО «Логистический парк „Восток“»", "Восток", "vostok-park", "423"),
    ("ООО «Детский центр „Радуга“»", "Радуга", "raduga", "473"),
    ("АО «Тверской хлебозавод»", "Тверской хлебозавод", "tverhleb", "4822"),
    ("ООО «Архив-Сервис»", "Архив-Сервис", "arhiv", "342"),
    ("ООО «Агентство недвижимости „Порог“»", "Порог", "porog", "391"),
    ("ООО «Охранное предприятие „Щит-2“»", "Щит-2", "schit2", "4212"),
    ("ООО «Ветеринарная клиника „Барсук“»", "Барсук", "barsuk", "472"),
)
_SURNAMES = (
    "Агапов", "Баранов", "Виноградов", "Галкин", "Дьяков", "Егоров", "Жаров", "Захаров", "Игнатов",
    "Калинин", "Лебедев", "Макаров", "Некрасов", "Орехов", "Поляков", "Рогов", "Семёнов", "Титов",
    "Ульянов", "Филиппов", "Харитонов", "Цветков", "Чернов", "Шестаков", "Щукин", "Юдин", "Яшин",
)  # fmt: skip
_MEN = (
    "Алексей", "Борис", "Виктор", "Григорий", "Евгений", "Иван", "Кирилл", "Леонид", "Николай", "Олег",
    "Пётр", "Руслан", "Фёдор", "Юрий",
)  # fmt: skip
_WOMEN = (
    "Алла", "Белла", "Вероника", "Дарья", "Елена", "Жанна", "Инна", "Ксения", "Лидия", "Марина", "Нина",
    "Полина", "Раиса", "Юлия",
)  # fmt: skip
_FATHERS = ("Андреев", "Борисов", "Викторов", "Иванов", "Леонидов", "Петров", "Сергеев", "Юрьев")
_POSITIONS = (
    "директор", "главный бухгалтер", "бухгалтер", "менеджер", "менеджер", "администратор", "кладовщик",
    "специалист по закупкам", "инженер", "юрист", "кадровик", "оператор", "маркетолог", "секретарь",
)  # fmt: skip
_FEWEST, _STEP, _SPREAD = 20, 5, 11


def town() -> Iterator[tuple[Client, str]]:
    """Each client with its people, a line each."""
    for number, (name, short_name, domain, area) in enumerate(_NAMES):
        client = Client(
            name,
            short_name,
            f"{7_700_100_000 + 137 * number}",
            f"{domain.upper()}-26",
            f"{domain}.example",
            f"+7 ({area}) 01-{number:02}",
            "",
        )
        yield client, "\n".join(_people(number))


def _people(number: int) -> Iterator[str]:
    """Nobody shares a surname and an initial: addresses are made of them."""
    first = cycle(zip(_MEN, _WOMEN, strict=True))
    for index in range(_FEWEST + number * _STEP % _SPREAD):
        surname = _SURNAMES[(number * 5 + index) % len(_SURNAMES)]
        man, woman = next(first)
        father = _FATHERS[(number + index) % len(_FATHERS)]
        who = f"{surname} {man} {father}ич" if index % 2 else f"{surname}а {woman} {father}на"
        yield f"{who}, {_POSITIONS[index % len(_POSITIONS)]}"
