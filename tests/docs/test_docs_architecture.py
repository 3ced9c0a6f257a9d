"""The picture of `docs/architecture.md` is that of the imports as they are now."""

from __future__ import annotations

from tests.docs.architecture import arrows, boxes, documented, picture


def test_the_picture_is_that_of_the_imports() -> None:
    assert documented() == picture(), "draw it anew: .venv/bin/python -m tests.docs.architecture"


def test_what_other_arrows_imply_is_left_out() -> None:
    graph = {"top": {"middle", "low"}, "middle": {"low"}, "low": set[str]()}
    top, middle, low = (frozenset({name}) for name in ("top", "middle", "low"))
    assert arrows(graph) == [(top, middle), (middle, low)]


def test_folders_that_import_each_other_are_one_box() -> None:
    graph = {"top": {"one"}, "one": {"other"}, "other": {"one"}}
    assert boxes(graph) == [frozenset({"top"}), frozenset({"one", "other"})]
    assert arrows(graph) == [(frozenset({"top"}), frozenset({"one", "other"}))]
