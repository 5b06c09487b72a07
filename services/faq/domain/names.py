"""Names of programs, makers and things, each with the ways in which people here write it.

A house's own names are tags of the articles that are about them (docs/decisions/0135).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from services.faq.domain.search import stem
from services.faq.domain.spelling import is_slip

# A line for each name, the way it is mostly written first. In two words: as people part it. No spelling that
# is a word of its own («офис», «окна»), but for those that nobody here means otherwise («опера», «контур»).
_NAMES = """
outlook, аутлук, оутлук, аутлок, аутлоок, out look, аут лук
excel, эксель, ексель, иксель
word, ворд
powerpoint, пауэрпоинт, паверпоинт, поверпоинт, power point, пауэр поинт, павер поинт, повер поинт
onenote, ваннот, ванноут, one note, ван ноут
onedrive, вандрайв, one drive, ван драйв
sharepoint, шарепоинт, шарпоинт, шерпоинт, share point
teams, тимс, тимз
skype, скайп
zoom, зум
discord, дискорд
telegram, телеграм, телеграмм, телега
whatsapp, ватсап, ватсапп, вотсап, вацап, воцап, уотсап, whats app
viber, вайбер
exchange, эксчендж, эксчейндж
thunderbird, тандерберд, сандерберд
gmail, гмейл, гмайл, джимейл, джимайл
email, e-mail, емейл, е-мейл, емайл, имейл, э-мейл
windows, виндовс, виндоус, виндус, виндоуз, винда
linux, линукс
ubuntu, убунту
macos, макос, mac os, мак ос
macbook, макбук
android, андроид, андройд
iphone, айфон
ipad, айпад
chrome, хром
chromium, хромиум
firefox, файрфокс, файерфокс, фаерфокс, fire fox
mozilla, мозилла, мозила
opera, опера
safari, сафари
explorer, эксплорер
google, гугл
yandex, яндекс
youtube, ютуб, ютюб
adobe, адоб, адобе
acrobat, акробат
photoshop, фотошоп
autocad, автокад
corel, корел
bitrix, битрикс, bitrix24, битрикс24
sbis, сбис
kontur, контур
diadoc, диадок
cryptopro, криптопро, крипто-про, крипто, crypto pro
rutoken, рутокен, ру токен
jacarta, джакарта
kaspersky, касперский, каспер
keepass, кипас
anydesk, энидеск, анидеск, any desk, эни деск
teamviewer, тимвьювер, тимвьюер, тимвивер, team viewer, тим вьювер, тим вивер
rustdesk, растдеск, rust desk, раст деск
winrar, винрар
dropbox, дропбокс, drop box
libreoffice, либреофис, libre office, либре офис
openvpn, опенвпн
vpn, впн, випиэн
wi-fi, wifi, вайфай, вайфая, вай-фай, вай-фая, wi fi, вай фай
bluetooth, блютуз, блютус, блутус
usb, юсб, юэсби
rdp, рдп
pdf, пдф
hdmi, хдми
ssd, ссд
bios, биос
ip, айпи, ай-пи, ай пи
router, роутер, рутер
mikrotik, микротик
keenetic, кинетик
cisco, циско
zyxel, зиксель
d-link, dlink, дилинк, д-линк, d link, ди линк
tp-link, tplink, тплинк, тп-линк, tp link, тп линк
lenovo, леново
asus, асус
acer, эйсер
dell, делл
samsung, самсунг
huawei, хуавей
xiaomi, сяоми, ксиаоми
canon, кэнон, канон
epson, эпсон
brother, бразер
kyocera, киосера, куосера
pantum, пантум
laserjet, лазерджет, laser jet
hp, эйчпи, хп
"""
NAMES: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.replace("ё", "е").split(", ")) for line in _NAMES.strip().splitlines()
)
_SHORTEST_BEGUN, _SHORTEST_SLIPPED = 3, 6


def _in_one_word(name: tuple[str, ...]) -> list[str]:
    return [one for one in name if " " not in one]


_STEMS: Mapping[str, tuple[str, ...]] = {
    one: tuple(map(stem, _in_one_word(name))) for name in NAMES for one in _in_one_word(name)
}
_NAMESAKES: Mapping[str, tuple[str, ...]] = {stem(one): stems for one, stems in _STEMS.items()}
_PARTED: Mapping[tuple[str, ...], str] = {
    tuple(map(stem, one.split())): name[0] for name in NAMES for one in name if " " in one
}


def with_namesakes(stems: Iterable[str]) -> list[str]:
    """These, and those under which the same things may be written."""
    return list(dict.fromkeys(one for stem in stems for one in (stem, *_NAMESAKES.get(stem, ()))))


def is_name(stem: str) -> bool:
    return stem in _NAMESAKES


def names_begun(letters: str) -> list[str]:
    """Stems of the names that may be being typed."""
    return _stems(lambda one: one.startswith(letters)) if len(letters) >= _SHORTEST_BEGUN else []


def names_near(word: str) -> list[str]:
    """Stems of the names of which a spelling is one slip away."""
    return _stems(lambda one: len(one) >= _SHORTEST_SLIPPED and is_slip(word, one))


def _stems(is_meant: Callable[[str], bool]) -> list[str]:
    return list(dict.fromkeys(stem for one, stems in _STEMS.items() if is_meant(one) for stem in stems))


def parted(words: Iterable[str]) -> list[str]:
    """The names that are said in two words there, in one: «вай фай» is «wi-fi»."""
    return [name for pair in pairwise(map(stem, words)) if (name := _PARTED.get(pair))]


def put_together(words: list[str]) -> list[str]:
    """The words with each such name in one."""
    found: list[str] = []
    for word in words:
        name = _PARTED.get((stem(found[-1]), stem(word))) if found else None
        if name:
            found[-1] = name
        else:
            found.append(word)
    return found
