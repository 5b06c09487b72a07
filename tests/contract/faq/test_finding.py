"""Search as one types, and suggestions."""

from __future__ import annotations

import pytest

from chassis.clock import new_id
from tests.contract.faq.conftest import DEVICE, SPECIALIST, Faq


@pytest.fixture
async def shelf(faq: Faq) -> Faq:
    await faq.article(
        "Принтер печатает полосами", "Почистите барабан.", category="Печать", visibility="public"
    )
    await faq.article("Замена картриджа", "Откройте крышку принтера, выньте картридж.", category="Печать")
    await faq.article("VPN не подключается: ошибка 809", "Перезагрузите роутер.", category="Сеть")
    await faq.article("Черновик о принтере", "Потом.", status="draft")
    return faq


@pytest.mark.parametrize("query", ["Принтер не печатает", "принтер не печ"])
async def test_a_title_that_says_just_this_comes_first(shelf: Faq, query: str) -> None:
    await shelf.article("Принтер не печатает: очередь стоит")
    assert (await shelf.titles(query))[0] == "Принтер не печатает: очередь стоит"
    assert (await shelf.titles("принтер печатает"))[0] == "Принтер печатает полосами"


@pytest.mark.parametrize(
    "query",
    [
        "принтером",
        "прин",
        "принтр",
        "рпинтер",
        "ghbynth",
        "ghby",
        "ПРИНТЕРЫ",
        "не печатает принтер",
        "приннтеры",
    ],
)
async def test_titles_come_before_bodies_however_it_is_typed(shelf: Faq, query: str) -> None:
    found = await shelf.titles(query)
    assert found[0] in ("Принтер печатает полосами", "Черновик о принтере")
    if "печатает" not in query:
        assert found[-1] == "Замена картриджа"


@pytest.mark.parametrize("typed", ["1C", "1С", "1c тормозит", "1с тормозит"])
async def test_a_name_is_found_in_either_alphabet(shelf: Faq, typed: str) -> None:
    titles = ["1С тормозит", "Тормозит сервер 1C"]
    for title in titles:
        await shelf.article(title)
    assert sorted(await shelf.titles(typed)) == titles
    suggested = (await shelf("POST", "/suggestions", {"title": typed})).body["items"]
    assert sorted(one["title"] for one in suggested) == titles


@pytest.mark.parametrize(
    ("typed", "title", "hits"),
    [
        ("аутлук не открывается", "Outlook не открывается", ["Outlook", "открывается"]),
        ("аутл", "Outlook не открывается", ["Outlook"]),
        ("аутлоком", "Outlook не открывается", ["Outlook"]),
        ("аутлкук", "Outlook не открывается", ["Outlook"]),
        ("fenker", "Outlook не открывается", ["Outlook"]),
        ("outlook", "Outlook не открывается", ["Outlook"]),
        ("вайфай", "Нет Wi-Fi в переговорной", ["Wi-Fi"]),
        ("вай фай", "Нет Wi-Fi в переговорной", ["Wi-Fi"]),
        ("wifi", "Нет Wi-Fi в переговорной", ["Wi-Fi"]),
        ("windows не грузится", "Винда не грузится", ["Винда", "грузится"]),
    ],
)
async def test_a_name_is_found_however_it_is_spelled(
    shelf: Faq, typed: str, title: str, hits: list[str]
) -> None:
    for other in ("Outlook не открывается", "Нет Wi-Fi в переговорной", "Винда не грузится"):
        await shelf.article(other)
    (item,) = (await shelf("GET", f"/articles?q={typed}")).body["items"]
    assert item["title"] == title
    assert [piece["text"] for piece in item["marked"] if piece["hit"]] == hits


@pytest.mark.parametrize("said", ["Аутлук", "Аутлкук", "fenker", "вай фай", "вай-фаем", "WINDOWS"])
async def test_an_article_is_suggested_however_its_name_is_spelled(shelf: Faq, said: str) -> None:
    titles = {"WINDOWS": "Винда просит обновиться", "вай фай": "Гостевой Wi-Fi", "вай-фаем": "Гостевой Wi-Fi"}
    for title in ("Outlook просит пароль", "Винда просит обновиться", "Гостевой Wi-Fi"):
        await shelf.article(title)
    found = (await shelf("POST", "/suggestions", {"title": f"Что делать: {said}"})).body["items"]
    assert [one["title"] for one in found] == [titles.get(said, "Outlook просит пароль")]


async def test_a_name_that_no_article_has_is_no_slip(shelf: Faq) -> None:
    await shelf.article("Корд не вставляется")
    assert await shelf.titles("борд") == ["Корд не вставляется"]
    assert await shelf.titles("ворд") == []
    assert (await shelf("GET", "/articles?q=ворд+вставляется")).body["query"] is None


async def test_what_was_of_use_for_a_name_is_suggested_in_its_other_spelling(shelf: Faq) -> None:
    article = (await shelf("GET", "/articles?q=809")).body["items"][0]
    use = {"kind": "linked", "text": "Тимвивер отвалился"}
    await shelf("POST", f"/articles/{article['id']}/uses", use)
    found = (await shelf("POST", "/suggestions", {"title": "TeamViewer"})).body["items"]
    assert [one["id"] for one in found] == [article["id"]]


async def test_what_is_typed_in_two_words_and_stands_in_two_is_found(shelf: Faq) -> None:
    await shelf.article("Настройка One Drive")
    assert await shelf.titles("one drive") == ["Настройка One Drive"]


async def test_what_was_understood_instead_is_told(shelf: Faq) -> None:
    assert (await shelf("GET", "/articles?q=ghbynth")).body["query"] == "принтер"
    assert (await shelf("GET", "/articles?q=принтре")).body["query"] == "принтер"
    assert (await shelf("GET", "/articles?q=принтер")).body["query"] is None


async def test_half_a_word_is_not_told_as_what_was_understood(shelf: Faq) -> None:
    """Its stem is none that anybody would write."""
    await shelf.article("Ключ от офисного шкафа")
    found = (await shelf("GET", "/articles?q=офис+ключ")).body
    assert [one["title"] for one in found["items"]] == ["Ключ от офисного шкафа"]
    assert found["query"] is None


async def test_hits_are_marked_in_title_and_extract(shelf: Faq) -> None:
    (item,) = (await shelf("GET", "/articles?q=барабаны")).body["items"]
    assert {"text": "барабан", "hit": True} in item["extract"]
    (item,) = (await shelf("GET", "/articles?q=vpn+809")).body["items"]
    assert [piece["text"] for piece in item["marked"] if piece["hit"]] == ["VPN", "809"]


async def test_words_nobody_wrote_do_not_hide_what_the_others_find(shelf: Faq) -> None:
    assert await shelf.titles("картридж зюзябрик") == ["Замена картриджа"]
    assert await shelf.titles("зюзябрик") == []


@pytest.mark.parametrize(
    "query", [".*", "(((((", "$where", "' ' '", "%00", "\U0001f525", "a" * 200, "((a+)+)+$"]
)
async def test_no_query_is_an_operator(shelf: Faq, query: str) -> None:
    answer = await shelf._calling("GET", f"/articles?q={query.replace('%', '%25')}", who=SPECIALIST)
    assert answer.status == 200


async def test_searches_that_found_nothing_are_counted_once_typed_out(shelf: Faq) -> None:
    for query in ("жщц", "жщцк", "жщцкук"):
        await shelf.titles(query)
    await shelf("GET", "/articles?q=жщцкук", who=SPECIALIST)
    await shelf("GET", "/articles?q=шпщжц&counted=false")
    (miss,) = (await shelf("GET", "/articles/misses")).body["items"]
    assert (miss["query"], miss["count"]) == ("жщцкук", 2)


async def test_filters_hold_together_with_a_query(shelf: Faq) -> None:
    found = await shelf("GET", "/articles?q=принтер&status=draft")
    assert [one["title"] for one in found.body["items"]] == ["Черновик о принтере"]
    found = await shelf("GET", "/articles?category=Сеть")
    assert [one["title"] for one in found.body["items"]] == ["VPN не подключается: ошибка 809"]
    assert (await shelf("GET", "/articles?color=red")).status == 422
    categories = (await shelf("GET", "/articles/categories")).body["items"]
    assert categories == [{"name": "Печать", "count": 2}, {"name": "Сеть", "count": 1}]


async def test_an_article_is_suggested_for_a_problem(shelf: Faq) -> None:
    problem = {
        "title": "HP LaserJet печатает с полосами",
        "text": "Полосы на каждой странице",
        "category": "Печать",
    }
    found = (await shelf("POST", "/suggestions", problem)).body["items"]
    assert found[0]["title"] == "Принтер печатает полосами"
    assert found[0]["steps"] == "Почистите барабан."
    assert "Черновик о принтере" not in [one["title"] for one in found]


@pytest.mark.parametrize("title", ["", "Помогите, срочно!", "Не работает", "Мигает зелёная штука"])
async def test_a_category_alone_suggests_what_helped_most_in_it(shelf: Faq, title: str) -> None:
    await shelf.article("Сканер", category="Печать / Сканирование")
    used = await shelf.article("Бумага замялась", category="Печать / Замятие бумаги")
    await shelf.article("Телефон не работает: проблема с линией", category="Телефония")
    for _ in range(2):
        await shelf("POST", f"/articles/{used['id']}/uses", {"kind": "linked"}, Idempotency_Key=str(new_id()))

    async def suggested(category: str) -> list[str]:
        problem = {"title": title, "category": category}
        return [one["title"] for one in (await shelf("POST", "/suggestions", problem)).body["items"]]

    assert (await suggested("Печать / Сканирование"))[:2] == ["Сканер", "Бумага замялась"]
    assert (await suggested("Печать / Замятие бумаги"))[0] == "Бумага замялась"
    assert set(await suggested("Печать")) == {
        *("Сканер", "Бумага замялась", "Принтер печатает полосами", "Замена картриджа")
    }
    assert await suggested("Электричество") == []


async def test_a_problem_that_says_more_than_its_category_is_answered_by_what_it_says(shelf: Faq) -> None:
    found = await shelf("POST", "/suggestions", {"title": "Не работает VPN", "category": "Печать"})
    assert [one["title"] for one in found.body["items"]] == ["VPN не подключается: ошибка 809"]


@pytest.mark.parametrize(
    ("title", "fits"),
    [
        ("Не работает VPN", ["VPN не подключается: ошибка 809"]),
        ("Помогите, не работает", []),
        ("Не работает чайник", []),
    ],
)
async def test_a_problem_is_answered_by_what_it_is_about_and_not_by_being_one(
    shelf: Faq, title: str, fits: list[str]
) -> None:
    await shelf.article("Клавиатура или мышь не работает")
    found = (await shelf("POST", "/suggestions", {"title": title})).body["items"]
    assert [one["title"] for one in found] == fits


@pytest.mark.parametrize(
    "title", ["приннтер", "Прнтер печтает полсами", "ghbynth", "ghbynth gtxfnftn gjkjcfvb"]
)
async def test_a_slip_or_the_wrong_layout_does_not_hide_what_fits(shelf: Faq, title: str) -> None:
    found = (await shelf("POST", "/suggestions", {"title": title}, who=DEVICE)).body["items"]
    assert [one["title"] for one in found] == ["Принтер печатает полосами"]


async def test_an_employee_is_suggested_what_is_public(shelf: Faq) -> None:
    found = await shelf("POST", "/suggestions", {"title": "Принтер, картридж, полосы"}, who=DEVICE)
    assert [one["title"] for one in found.body["items"]] == ["Принтер печатает полосами"]


async def test_nothing_is_suggested_for_nothing(shelf: Faq) -> None:
    assert (await shelf("POST", "/suggestions", {"title": "и в на"})).body["items"] == []
    assert (await shelf("POST", "/suggestions", {})).body["items"] == []


async def test_a_use_is_counted_once_and_announced(shelf: Faq) -> None:
    article = (await shelf("GET", "/articles?q=809")).body["items"][0]
    key, path = str(new_id()), f"/articles/{article['id']}/uses"
    use = {"kind": "inserted", "ticket": 5, "text": "Удалёнка отвалилась"}
    for _ in range(2):
        assert (await shelf("POST", path, use, who=SPECIALIST, Idempotency_Key=key)).status == 201
    assert (await shelf("POST", path, {"kind": "linked"}, who=SPECIALIST, Idempotency_Key=key)).status == 409
    after = (await shelf("GET", f"/articles/{article['id']}")).body
    assert (after["uses"], after["version"]) == (1, article["version"])
    (event,) = await shelf.events("uses", key)
    assert event["type"] == "helpdesk.article.used.v1"
    assert (event["data"]["ticket"], event["data"]["by"]["full_name"]) == (5, "Орлов Пётр")


async def test_what_was_of_use_is_found_by_the_words_it_was_good_for(shelf: Faq) -> None:
    problem = {"title": "Удалёнка отвалилась"}
    assert (await shelf("POST", "/suggestions", problem)).body["items"] == []
    article = (await shelf("GET", "/articles?q=809")).body["items"][0]
    await shelf("POST", f"/articles/{article['id']}/uses", {"kind": "linked", "text": problem["title"]})
    found = (await shelf("POST", "/suggestions", {"title": "Опять отвалилась удаленка"})).body["items"]
    assert [one["id"] for one in found] == [article["id"]]


async def test_an_employee_says_that_it_helped_and_nothing_else(shelf: Faq) -> None:
    public = (await shelf("GET", "/articles?q=полосами")).body["items"][0]
    internal = (await shelf("GET", "/articles?q=809")).body["items"][0]
    helped = {"kind": "helped", "text": "полосит"}
    assert (await shelf("POST", f"/articles/{public['id']}/uses", helped, who=DEVICE)).status == 201
    assert (await shelf("POST", f"/articles/{internal['id']}/uses", helped, who=DEVICE)).status == 404
    for other in ({"kind": "inserted"}, {"kind": "helped", "ticket": 3}):
        assert (await shelf("POST", f"/articles/{public['id']}/uses", other, who=DEVICE)).status == 403
    assert (await shelf("GET", f"/articles/{public['id']}")).body["helped"] == 1
