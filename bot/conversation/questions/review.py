"""The card at the end of a report: every answer as it stands, what may still be changed, and Kirim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation.catalogue import Catalogue
from bot.conversation.draft import Draft
from bot.conversation.matters import offer_lines, split_button
from bot.conversation.others_cases.nearby import nearby_lines, support_buttons
from bot.conversation.questions.photos import take_back_buttons
from bot.conversation.questions.question import Question
from bot.conversation.screen import Button, Label, LabelSource, Line, Screen, button, line, screen
from bot.understanding.understood import When

A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Review:
    """The card, and Kirim. It ends a flow.

    While an answer is in doubt the card asks for it in the place of Kirim; before that *Pisahkan*, which leaves
    nothing in doubt, where there are several matters.

    Attributes:
        beside: what the card offers besides Ubah, each a question with a button of its own (`Question.option`).
    """

    beside: tuple[Question, ...] = ()
    name: str = "review"
    ends: bool = True

    @property
    def text_keys(self) -> frozenset[str]:
        """What every card shows; its questions name their own."""
        card = {
            "review-card",
            "review-choose",
            "card-day",
            "card-days",
            "card-days-month",
            "card-since",
            "card-consent",
            "card-matters",
            "card-matter",
            "change-ask",
        }
        buttons = {
            f"button-{verb}"
            for verb in ("send", "change", "split", "split-three", "split-many", "join", "support", "cancel", "back")
        }
        return frozenset({*card, *buttons, "card-nearby", "card-nearby-same"})

    def is_done(self, draft: Draft) -> bool:
        """Never: the card stays open until Kirim or Batal."""
        del draft
        return False

    def lines(self, draft: Draft, catalogue: Catalogue, asked: Iterable[Question]) -> Iterator[Line]:
        """The draft as it stands; the last line says what pressing Kirim consents to."""
        for question in asked:
            yield from question.card_lines(draft, catalogue)
        yield from _when_line(draft.meaning.when, draft.touched_at.date())
        for question in self.beside:
            yield from question.card_lines(draft, catalogue)
        yield line("card-consent")

    def screen(self, draft: Draft, catalogue: Catalogue, asked: Sequence[Question]) -> Screen:
        """The card; `asked` are the questions before it."""
        doubts = [row for question in asked for row in question.rows_in_doubt(draft)]
        options = [button("change", "change", draft.key), *self._options(draft)]
        pairs = [options[i : i + 2] for i in range(0, len(options), 2)]
        last = [[button("cancel", "cancel", draft.key)]]
        title = line("review-choose" if doubts else "review-card")
        lines = (title, *offer_lines(draft), *nearby_lines(draft), *self.lines(draft, catalogue, asked))
        card = screen(*lines, rows=[*_decide(draft, doubts), *pairs, *last], files=draft.file_ids)
        return replace(card, file_buttons=take_back_buttons(draft))

    def change_screen(self, draft: Draft, asked: Iterable[Question]) -> Screen:
        """What may be put right: first what is asked, then what is only heard in the story."""
        ordered = sorted(asked, key=lambda question: question.is_only_heard)
        entries = [[entry] for question in ordered if (entry := question.change_button(draft))]
        return screen(line("change-ask"), rows=[*entries, [button("back", "back", draft.key)]])

    def _options(self, draft: Draft) -> list[Button]:
        return [option for question in self.beside if (option := question.option(draft))]


def _when_line(when: When, today: date) -> Iterator[Line]:
    """Since when, as one says it: "Sejak 1987" of a year long past, days of one month with its name once."""
    since, until = when.since, when.until
    if since is None or until is None:
        return
    if since == until:
        yield line("card-day", since=since)
    elif (since.month, since.day) == (1, 1) and until - since > A_YEAR:
        yield line("card-since", since=str(since.year))
    elif (since.year, since.month) == (until.year, until.month):
        month = Label(LabelSource.MONTH, f"{since:%Y-%m}")
        yield line("card-days-month", first=since.day, last=until.day, month=month)
    elif until >= today:
        yield line("card-since", since=since)
    else:
        yield line("card-days", since=since, until=until)


def _decide(draft: Draft, doubts: Sequence[Sequence[Button]]) -> Iterator[Sequence[Button]]:
    """Kirim, or what is in doubt; several matters in one story may be divided, and joined until the first is filed."""
    split = [split_button(draft)] if draft.matters else []
    if doubts:
        yield split
        yield from doubts
    else:
        yield [button("send", "send", draft.key)]
    yield from ([one] for one in support_buttons(draft))
    if not doubts:
        yield split
    if draft.whole is not None:
        yield [button("join", "join", draft.key)]
