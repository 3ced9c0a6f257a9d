"""Builds the manuals of `docs/manuals/` as the pages under `/panduan`: `.venv/bin/python -m tests.docs.manuals`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

import snowballstemmer
from docutils import nodes
from docutils.languages import en as english
from docutils.nodes import Node, system_message
from docutils.parsers.rst.languages import en as english_rst
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.search import SearchLanguage, languages

from actions.regency.files import load
from bot.conversation.screen import line
from bot.services.declared_words import DeclaredWords
from bot.texts.words import Texts
from bot.understanding.answers import read_answers
from bot.web.manuals.site import SITE

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ROOT / "docs" / "manuals"
LANGUAGES: Final = ("id", "en")
OFFICE: Final = "office"
UNUSED: Final = (
    "_static/*.png",
    "_static/basic.css",
    "_static/pygments.css",
    "_static/*-stemmer.js",
    "_static/translations.js",
    ".buildinfo",
    "objects.inv",
)
"""What Sphinx writes, and no page of ours asks for."""


class SearchIndonesian(SearchLanguage):
    """Finds a word in its other forms: *periksa* also where *memeriksa* stands."""

    lang = "id"
    language_name = "Indonesian"
    js_stemmer_rawcode = "indonesian-stemmer.js"

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._stemmer = snowballstemmer.stemmer("indonesian")

    def stem(self, word: str) -> str:
        return str(self._stemmer.stemWord(word.lower()))


def words_role(
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Inliner,
    options: dict[str, Any] | None = None,
    content: list[str] | None = None,
) -> tuple[list[Node], list[system_message]]:
    """A role for the name of a button or page: ``{ui}`button-send``` says it as the text files do.

    `{office}` says it in the office's language, in which the bot writes to officers. Arguments follow the key as
    `name=value`, with a `;` between. A key that is in no text file is an error.
    """
    key, _, rest = text.partition(" ")
    given = dict(one.strip().split("=", 1) for one in rest.split(";") if one.strip())
    texts = project_texts()
    language = LANGUAGES[0] if name == OFFICE else inliner.document.settings.env.config.language
    if not texts.has(language, key):
        return [], [inliner.reporter.error(f"no text {key!r} in {language}.ftl", line=lineno)]
    said = texts.say(language, line(key, **given))
    return [nodes.inline(rawtext, said, classes=["button"])], []


@cache
def project_texts() -> Texts:
    """The project's own texts, over its own regency."""
    data = ROOT / "data"
    regency = load(data, data)
    answers = read_answers(data, data, regency.languages)
    return Texts(dict.fromkeys(LANGUAGES, ""), DeclaredWords(regency, answers), regency.time_zone)


def setup(app: Sphinx) -> dict[str, bool]:
    """What these manuals add to Sphinx; it calls this as its extension."""
    app.add_role("ui", words_role)
    app.add_role(OFFICE, words_role)
    return {"parallel_read_safe": True}


def build_language(language: str, folder: Path) -> None:
    """Builds the pages of one language; warnings are errors, a link that leads nowhere among them."""
    words = tomllib.loads((SOURCES / language / "words.toml").read_text("utf-8"))
    languages["id"] = SearchIndonesian
    # docutils has no Indonesian, and warns: what it would say of its own (labels of remarks) stands in no manual.
    sys.modules.setdefault("docutils.languages.id", english)
    sys.modules.setdefault("docutils.parsers.rst.languages.id", english_rst)
    with tempfile.TemporaryDirectory() as trees:
        app = Sphinx(
            srcdir=SOURCES / language,
            confdir=None,
            outdir=folder,
            doctreedir=trees,
            buildername="html",
            confoverrides={
                "extensions": ["myst_parser", "tests.docs.manuals"],
                "project": words["title"],
                "language": language,
                "html_theme": "theme",
                "html_theme_path": [str(SOURCES)],
                "html_context": {"words": words},
                "html_copy_source": False,
                "html_use_index": False,
                "html_show_search_summary": False,
                "html_permalinks": False,
                "smartquotes": False,
                "nitpicky": True,
                "myst_enable_extensions": ["attrs_inline"],
            },
            status=None,
            warningiserror=True,
            exception_on_warning=True,
        )
        app.build()
    for pattern in UNUSED:
        for file in folder.glob(pattern):
            file.unlink()


def build(folder: Path) -> None:
    """Builds all of it into a folder; each language in a process of its own, for Sphinx keeps what it once registered.

    Raises:
        subprocess.CalledProcessError: a build found something wrong, and has said what.
    """
    commands = [
        [sys.executable, "-m", "tests.docs.manuals", language, str(folder / language)] for language in LANGUAGES
    ]
    running = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    for process in running:
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, process.args)


if __name__ == "__main__":
    if sys.argv[1:]:
        build_language(sys.argv[1], Path(sys.argv[2]))
    else:
        shutil.rmtree(SITE, ignore_errors=True)
        build(SITE)
