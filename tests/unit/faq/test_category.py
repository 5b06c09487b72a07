"""What a category is called by now, however its events come."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.categories import CategorySaved
from services.faq.domain.category import Categories, Category, Place

PRINT, JAM, OTHER = (UUID(int=n) for n in (1, 2, 3))
PAST = (
    CategorySaved(id=PRINT, version=1, name="Печать"),
    CategorySaved(id=JAM, version=1, name="Замятие", parent_id=PRINT),
    CategorySaved(id=OTHER, version=1, name="Бумага", parent_id=PRINT),
    CategorySaved(id=JAM, version=2, name="Замятие бумаги", parent_id=PRINT),
    CategorySaved(id=PRINT, version=2, name="Принтеры"),
    CategorySaved(id=OTHER, version=2, name="Бумага", parent_id=PRINT, merged_into=JAM),
)


def heard(events: list[CategorySaved]) -> Categories:
    """As the store keeps it: the newest of each, and every name that was remembered."""
    versions: dict[UUID, CategorySaved] = {}
    paths: dict[UUID, set[str]] = {}

    def known() -> Categories:
        return Categories(
            Category(
                **one.model_dump(include={"id", "name", "parent_id", "merged_into"}), paths=paths[one.id]
            )
            for one in versions.values()
        )

    for said in events:
        paths.setdefault(said.id, set())
        if said.id not in versions or versions[said.id].version < said.version:
            versions[said.id] = said
        for key, more in known().unremembered(said).items():
            paths[key] |= more
    return known()


@given(st.permutations(PAST * 2))
def test_it_is_the_same_in_any_order_however_often(events: list[CategorySaved]) -> None:
    categories = heard(events)
    now = Place(JAM, "Принтеры / Замятие бумаги")
    assert categories.place(PRINT) == Place(PRINT, "Принтеры")
    assert categories.place(JAM) == categories.place(OTHER) == now
    assert categories.meant("Принтеры / Замятие бумаги") == now


def test_what_it_was_called_before_is_understood() -> None:
    categories = heard(list(PAST))
    for text in ("Печать / Замятие", "Печать / Замятие бумаги", "Печать / Бумага"):
        assert categories.meant(text) == Place(JAM, "Принтеры / Замятие бумаги"), text
    assert categories.meant("Печать") == Place(PRINT, "Принтеры")
    assert categories.meant("Кофе") is None


def test_a_name_in_use_is_never_taken_for_one_from_before() -> None:
    fresh = CategorySaved(id=UUID(int=9), version=1, name="Печать")
    assert heard([*PAST, fresh]).meant("Печать") == Place(fresh.id, "Печать")


def test_a_name_that_two_had_before_says_nothing() -> None:
    one, two = (CategorySaved(id=UUID(int=n), version=1, name="Разное") for n in (7, 8))
    renamed = [one.model_copy(update={"version": 2, "name": name}) for name in ("Прочее",)]
    other = two.model_copy(update={"version": 2, "name": "Иное"})
    assert heard([one, *renamed, two, other]).meant("Разное") is None


def test_a_group_may_come_after_what_is_in_it() -> None:
    assert heard([PAST[1]]).place(JAM) is None
    assert heard([PAST[1], PAST[0]]).place(JAM) == Place(JAM, "Печать / Замятие")


def test_those_merged_into_each_other_are_nowhere_and_nobody_waits() -> None:
    one = CategorySaved(id=PRINT, version=1, name="А", merged_into=JAM)
    other = CategorySaved(id=JAM, version=1, name="Б", merged_into=PRINT)
    assert heard([one, other]).place(PRINT) is None
