"""`/trainer/words`: words that the model does not know, each with "artinya …", and the table that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from bot.conversation.screen import Line, line
from bot.messaging.records import storable
from bot.training.corpus.spelling_table import (
    LONGEST_WORD,
    MOST_ROWS,
    MOST_WORDS,
    SpelledWord,
    WordFault,
    WordRefused,
)
from bot.training.models.taught_words import TaughtWord, TaughtWords
from bot.web.shared.access import guarded, person_of
from bot.web.trainer.context import PostedFields, posted
from bot.web.trainer.models.context import ModelsContext

MOST_SHOWN = 200
LONGEST_SOUGHT = 100
LONGEST_MEANING = LONGEST_WORD * MOST_WORDS
NOTHING = SpelledWord("", "")
WORDS: Mapping[str, Line] = {
    "about": line("words-about"),
    "word": line("words-word"),
    "meaning": line("words-meaning"),
    "add": line("words-add"),
    "add_title": line("words-add-title"),
    "add_all_the_same": line("words-add-all-the-same"),
    "unknown": line("words-unknown"),
    "unknown_about": line("words-unknown-about"),
    "unknown_none": line("words-unknown-none"),
    "open": line("words-open"),
    "table": line("words-table"),
    "table_about": line("words-table-about"),
    "table_none": line("words-table-none"),
    "seek": line("words-seek"),
    "seek_button": line("words-seek-button"),
    "found_none": line("words-found-none"),
    "shipped": line("words-shipped"),
    "who": line("words-who"),
    "state": line("words-state"),
    "read": line("words-read"),
    "waits": line("words-waits"),
    "remove": line("words-remove"),
    "undo": line("inbox-undo"),
}
REFUSED: Mapping[WordFault, str] = {
    WordFault.WORD: "words-refused-word",
    WordFault.LONG: "words-refused-long",
    WordFault.MEANING: "words-refused-meaning",
    WordFault.SAME: "words-refused-same",
    WordFault.THERE: "words-refused-there",
    WordFault.SPELLED: "words-refused-spelled",
    WordFault.KNOWN: "words-refused-known",
    WordFault.UNSURE: "words-refused-unsure",
    WordFault.FULL: "words-refused-full",
    WordFault.UNREADABLE: "words-refused-unreadable",
}


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """What came of a press.

    Attributes:
        said: the sentence.
        typed: what was refused, so that it need not be typed again.
        added, removed: what was done, and can be undone.
        may_insist: whether it may be added all the same.
    """

    said: Line | None = None
    typed: SpelledWord = NOTHING
    added: SpelledWord | None = None
    removed: SpelledWord | None = None
    may_insist: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether nothing was done."""
        return self.said is not None and not self.added and not self.removed


def words_router(context: ModelsContext) -> APIRouter:
    """The page, adding to the table, and taking out of it."""
    router = guarded(context.trainer.sign_in)

    @router.get("/trainer/words")
    async def words(request: Request) -> Response:
        return await _page(context, request, FormOutcome())

    @router.post("/trainer/words")
    async def add(request: Request) -> Response:
        return await _add(context, request, await posted(request))

    @router.post("/trainer/words/remove")
    async def remove(request: Request) -> Response:
        word = (await posted(request)).fields.get("word", "")
        gone = await _taught(context).remove(word, person_of(request))
        said = line("words-removed", word=gone.word) if gone else line("words-removed-already")
        return await _page(context, request, FormOutcome(said, removed=gone))

    return router


def _taught(context: ModelsContext) -> TaughtWords:
    return TaughtWords(context.bench, context.trainer.zone)


async def _add(context: ModelsContext, request: Request, form: PostedFields) -> Response:
    fields = form.fields
    typed = SpelledWord(fields.get("word", "").strip(), (fields.get("near") or fields.get("meaning", "")).strip())
    try:
        added = await _taught(context).add(typed, person_of(request), sure="sure" in fields)
    except WordRefused as refused:
        short = SpelledWord(typed.word[: LONGEST_WORD + 1], typed.meaning[: LONGEST_MEANING + 1])
        outcome = FormOutcome(_why(refused), short, may_insist=refused.why == WordFault.UNSURE)
        return await _page(context, request, outcome, 422)
    said = line("words-added", word=added.word, meaning=added.meaning)
    return await _page(context, request, FormOutcome(said, added=added))


def _why(refused: WordRefused) -> Line:
    word, meaning = (*refused.words, "", "")[:2]
    unknown = ", ".join(refused.words)
    return line(
        REFUSED[refused.why],
        word=word,
        meaning=meaning,
        unknown=unknown,
        letters=LONGEST_WORD,
        words=MOST_WORDS,
        rows=MOST_ROWS,
    )


async def _page(context: ModelsContext, request: Request, outcome: FormOutcome, status: int = 200) -> Response:
    sought = storable(request.query_params.get("kata", "")).strip().lower()[:LONGEST_SOUGHT]
    taught = _taught(context)
    at_work = await taught.at_work()
    return context.trainer.answer(
        request,
        "trainer/words/words.html",
        line("words-title"),
        WORDS,
        status,
        outcome=outcome,
        unknown=at_work.unknown,
        sought=sought,
        is_empty=not at_work.taught,
        found=[one for one in at_work.taught if _has(one, sought)][:MOST_SHOWN],
        shipped=taught.table.shipped(sought) if sought else [],
        longest_word=LONGEST_WORD,
        longest_meaning=LONGEST_MEANING,
    )


def _has(one: TaughtWord, sought: str) -> bool:
    return sought in one.word.word or sought in one.word.meaning or sought in one.word.about.lower()
