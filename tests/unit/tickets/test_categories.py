"""The tree of categories: two levels, no names twice, nothing lost by a rename or a merge."""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from services.tickets.domain.category import CategoryTree
from services.tickets.domain.errors import CategoryNotFoundError, RuleError

PRINT, CARTRIDGES, JAMS, NETWORK, VPN = (new_id() for _ in range(5))


def a_tree() -> CategoryTree:
    tree = CategoryTree()
    tree.add(PRINT, "Печать", None)
    tree.add(CARTRIDGES, "Картриджи", PRINT)
    tree.add(JAMS, "Замятие бумаги", PRINT)
    tree.add(NETWORK, "Сеть", None)
    tree.add(VPN, "VPN", NETWORK)
    tree.take_events()
    return tree


def paths(tree: CategoryTree) -> list[str]:
    return [tree.path(one) for one in tree.in_order()]


def test_groups_come_by_name_each_with_what_is_in_it() -> None:
    assert paths(a_tree()) == [
        "Печать", "Печать / Замятие бумаги", "Печать / Картриджи", "Сеть", "Сеть / VPN",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said", ["Печать / Картриджи", "печать/картриджи", " ПЕЧАТЬ /  Картриджи", "картриджи"]
)
def test_a_category_is_found_by_its_path_or_by_a_name_only_it_has(said: str) -> None:
    found = a_tree().find(said)
    assert found is not None
    assert found.id == CARTRIDGES


def test_a_name_that_two_have_is_not_guessed() -> None:
    tree = a_tree()
    tree.add(new_id(), "Прочее", PRINT)
    tree.add(new_id(), "Прочее", NETWORK)
    assert tree.find("Прочее") is None
    assert tree.closest("Прочее") == ["Печать / Прочее", "Сеть / Прочее"]


def test_a_slip_is_answered_with_what_is_alike() -> None:
    assert a_tree().closest("Печать / Катриджи")[0] == "Печать / Картриджи"
    assert a_tree().closest("zzz") == []


def test_a_rename_of_a_group_unsettles_all_in_it() -> None:
    tree = a_tree()
    tree.change(PRINT, {"name": "Принтеры"})
    assert set(tree.unsettled) == {PRINT, CARTRIDGES, JAMS}
    assert [event.name for event in tree.take_events()] == ["Принтеры"]
    assert tree.path(tree.get(JAMS)) == "Принтеры / Замятие бумаги"


def test_what_is_the_same_as_before_changes_nothing() -> None:
    tree = a_tree()
    before = tree.version
    tree.change(PRINT, {"name": "Печать"})
    assert (tree.take_events(), tree.version, tree.unsettled) == ([], before, [])


def test_a_merge_leaves_no_chains_and_no_ticket_behind() -> None:
    tree = a_tree()
    tree.merge(CARTRIDGES, JAMS)
    tree.merge(JAMS, VPN)
    for source in (CARTRIDGES, JAMS):
        resolved = tree.resolve(source)
        assert resolved is not None
        assert resolved.id == VPN
    assert {one.merged_into for one in tree.categories if not one.is_live} == {VPN}
    assert set(tree.unsettled) == {CARTRIDGES, JAMS}
    with pytest.raises(CategoryNotFoundError):
        tree.get(JAMS)


def test_a_merge_told_twice_is_one() -> None:
    tree = a_tree()
    tree.merge(CARTRIDGES, JAMS)
    tree.take_events()
    tree.merge(CARTRIDGES, JAMS)
    assert tree.take_events() == []


def test_a_group_merged_into_another_brings_along_what_is_in_it() -> None:
    tree = a_tree()
    tree.merge(NETWORK, PRINT)
    assert "Печать / VPN" in paths(tree)
    assert set(tree.unsettled) == {NETWORK, VPN}


@pytest.mark.parametrize(
    ("source", "into"), [(PRINT, PRINT), (PRINT, JAMS), (PRINT, VPN)], ids=["itself", "its own", "a leaf"]
)
def test_a_merge_that_makes_no_sense_is_refused(source: UUID, into: UUID) -> None:
    with pytest.raises(RuleError):
        a_tree().merge(source, into)


@pytest.mark.parametrize(
    ("key", "wanted", "field"),
    [
        (JAMS, {"name": "картриджи"}, "name"),
        (JAMS, {"parent_id": VPN}, "parent_id"),
        (PRINT, {"parent_id": NETWORK}, "parent_id"),
        (NETWORK, {"parent_id": NETWORK}, "parent_id"),
        (JAMS, {"parent_id": new_id()}, "parent_id"),
    ],
)
def test_a_place_that_cannot_be_is_refused(key: UUID, wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        a_tree().change(key, wanted)
    assert refused.value.field == field


def test_what_is_in_an_archived_group_is_not_offered_but_stays() -> None:
    tree = a_tree()
    tree.change(PRINT, {"archived": True})
    assert tree.find("Печать / Картриджи") is None
    assert tree.get(CARTRIDGES).name == "Картриджи"
    with pytest.raises(RuleError):
        tree.add(new_id(), "Ещё", PRINT)


KEYS = [PRINT, CARTRIDGES, JAMS, NETWORK, VPN]
DEEDS = st.one_of(
    st.tuples(
        st.just("change"), st.sampled_from(KEYS), st.fixed_dictionaries({"name": st.sampled_from("абв")})
    ),
    st.tuples(
        st.just("change"),
        st.sampled_from(KEYS),
        st.fixed_dictionaries({"parent_id": st.sampled_from([None, *KEYS])}),
    ),
    st.tuples(st.just("merge"), st.sampled_from(KEYS), st.sampled_from(KEYS)),
)


@given(st.lists(DEEDS, max_size=20))
def test_whatever_is_done_there_are_two_levels_no_twins_and_every_id_leads_somewhere(
    deeds: list[tuple[str, UUID, Any]],
) -> None:
    tree = a_tree()
    for deed, key, wanted in deeds:
        # What was refused has not been kept: each deed is done on a copy, as the use cases do.
        trial = tree.model_copy(deep=True)
        with contextlib.suppress(RuleError, CategoryNotFoundError):
            getattr(trial, deed)(key, wanted)
            tree = trial
    assert len(set(paths(tree))) == len(paths(tree)) == sum(one.is_live for one in tree.categories)
    for key in KEYS:
        resolved = tree.resolve(key)
        assert resolved is not None
        assert resolved.is_live
        assert tree.path(resolved).count(" / ") <= 1
