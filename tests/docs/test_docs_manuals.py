"""The manuals: built from today's sources, without a dead link, in two languages alike, each task with a test."""

from __future__ import annotations

import filecmp
import re
import struct
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest

from bot.web.manuals.site import SITE, pages
from bot.web.shared.access import PUBLIC
from tests.docs.carried_out import named_in_tasks
from tests.docs.manuals import LANGUAGES, ROOT, SOURCES, build
from tests.talks.talk_file import TalkFile

TASK = re.compile(r"^\(([a-z-]+)\)=\n## ", re.MULTILINE)
MARK = re.compile(r"@pytest\.mark\.manual\(([^)]*)\)")
PICTURES = SOURCES / "pictures"
LARGEST_SITE = 2_000_000
"""Bytes; it is in every wheel."""
LARGEST_PICTURE = 60_000


class Links(HTMLParser):
    """What a page leads to, loads and can be led to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.found |= {named[name] for name in ("href", "src", "action") if name in named}
        self.ids |= {named["id"]} if "id" in named else set()
        assert "style" not in named, f"the service's policy forbids it: {named}"
        assert not any(name.startswith("on") for name in named), f"the service's policy forbids it: {named}"


def tasks_of(language: str) -> list[str]:
    """The tasks of all manuals, by page and in their order."""
    return [
        f"{page.stem}: {task}"
        for page in sorted((SOURCES / language).glob("*.md"))
        for task in TASK.findall(page.read_text("utf-8"))
    ]


def carried_out() -> set[str]:
    """Every task that a test or a talk names."""
    marks = (mark for file in (ROOT / "tests").rglob("test_*.py") for mark in MARK.findall(file.read_text("utf-8")))
    talks = (TalkFile.read(file).settings.manual for file in (ROOT / "tests" / "conversations").glob("*.txt"))
    return {name for named in (*marks, *talks) for name in re.findall(r"[a-z-]+", named)}


@pytest.mark.thorough
def test_the_pages_are_of_todays_sources(tmp_path: Path) -> None:
    build(tmp_path)
    built = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()}
    kept = {file.relative_to(SITE).as_posix() for file in SITE.rglob("*") if file.is_file()}
    other = filecmp.cmpfiles(tmp_path, SITE, built & kept, shallow=False)[1]
    assert (sorted(built ^ kept), other) == ([], []), "run .venv/bin/python -m tests.docs.manuals"
    assert built == pages().keys()


def test_no_link_and_no_anchor_leads_nowhere() -> None:
    read = {name: Links(file.read_text("utf-8")) for name, file in pages().items() if file.suffix == ".html"}
    dead = [
        f"{name}: {link}"
        for name, links in read.items()
        for link in links.found
        if not leads_somewhere(name, link, read)
    ]
    assert dead == []


def leads_somewhere(page: str, link: str, read: dict[str, Links]) -> bool:
    """Whether a link finds a page of ours, and in it its anchor; nothing of another host is asked for."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    path, anchor = urldefrag(link)
    path = path.partition("?")[0]
    if path.startswith("/static/"):
        return (ROOT / "bot" / "web" / path[1:]).is_file()
    if path.startswith("/"):
        return f"GET {path}" in PUBLIC or path in {"/desk", "/trainer"}
    target = (SITE / page).parent / path if path else SITE / page
    name = target.resolve().relative_to(SITE.resolve()).as_posix()
    return name in pages() and (not anchor or anchor in read[name].ids)


def test_both_languages_have_the_same_tasks() -> None:
    assert tasks_of("id") == tasks_of("en")
    assert [task for task, times in Counter(tasks_of("id")).items() if times > 1] == []


def test_both_languages_name_the_same_buttons_in_each_task() -> None:
    """Then what is shown in the tests of a task, which talk Indonesian mostly, holds for the English manual as well."""
    assert named_in_tasks("id") == named_in_tasks("en")


def test_every_task_says_which_page_it_is_of() -> None:
    assert [task for task in tasks_of("id") if not task.split(": ")[1].startswith(task.split(":")[0] + "-")] == []


def test_every_task_is_carried_out_by_a_test() -> None:
    tasks = {task.split(": ")[1] for task in tasks_of("id")}
    named = carried_out()
    assert sorted(tasks - named) == [], "mark a test that does it: @pytest.mark.manual(…), or '# manual: …' in a talk"
    assert sorted(named - tasks) == [], "no manual has this task"


def test_every_section_is_a_task() -> None:
    for language in LANGUAGES:
        for page in (SOURCES / language).glob("*.md"):
            text = page.read_text("utf-8")
            assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(TASK.findall(text)), page


def test_pictures_are_small_used_and_the_same_in_both_languages() -> None:
    for language in LANGUAGES:
        texts = "".join(page.read_text("utf-8") for page in (SOURCES / language).glob("*.md"))
        files = sorted((PICTURES / language).iterdir())
        assert [file.name for file in files] == sorted(re.findall(rf"pictures/{language}/([\w.-]+)\)", texts))
        assert [file.name for file in files if file.stat().st_size > LARGEST_PICTURE] == []
        assert all(struct.unpack("<4sI4s", file.read_bytes()[:12])[2] == b"WEBP" for file in files)


def test_the_site_is_small_enough_for_a_wheel() -> None:
    assert sum(file.stat().st_size for file in pages().values()) < LARGEST_SITE


def test_no_button_is_written_by_hand() -> None:
    """What is pressed is named by its key, so that a button of another name changes the manual."""
    bare = {page: re.sub(r"\{(?:ui|office)\}`[^`]*`", "", page.read_text("utf-8")) for page in SOURCES.rglob("*.md")}
    by_hand = {page: re.findall(r"`[^/`][^`\n]*`", text) for page, text in bare.items()}
    assert {page: words for page, words in by_hand.items() if words and page.stem != "operator"} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_manual_is_on_the_list(language: str) -> None:
    listed = set(re.findall(r'href="([a-z]+)\.html"', (SITE / language / "index.html").read_text("utf-8")))
    assert {page.stem for page in (SOURCES / language).glob("*.md")} - {"index"} == listed - {"index", "search"}
