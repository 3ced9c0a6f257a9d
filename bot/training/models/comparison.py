"""A candidate held against the model in service: both read the same messages. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.training.models.measuring import CategoryPairs, Numbers, Share, Worth, mcnemar, resampled, share_of, worth_of
from bot.understanding.evaluation.evaluation import LabelledText, first_category
from bot.understanding.port import ModelAnswer

MOST_SENTENCES = 200
"""How many sentences of each kind are kept of a set."""
SHIFTED_SENTENCES = 10
"""How many messages of late are kept of each category that would change."""

type Kind = Literal["intent", "category", "act"]
ACT = "act:"
"""What stands before the name of a dialogue act, for some intents are called the same."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Changed(_Kept):
    """A sentence that both read differently, or that a golden rule breaks on."""

    text: str
    kind: Kind
    right: str
    former: str
    candidate: str


class LabelPair(_Kept):
    """F1 of one intent or category, 0 to 1, in all sets together.

    Attributes:
        lost: messages that only the former one tells rightly to be of this label, or not to be.
        gained: those that only the candidate does.
    """

    kind: Kind
    label: str
    rows: int
    former: float
    candidate: float
    lost: int = 0
    gained: int = 0


class GroupPair(LabelPair):
    """The same of neighbouring categories taken for one; `members`: those that occur."""

    members: list[str]


class Shift(_Kept):
    """Messages of the last month by what the model in service says, and how many of them the candidate calls otherwise.

    Attributes:
        sample: some of these: the number of the sample, and what the candidate says. A comparison is kept for ever, so
            it holds no message.
    """

    label: str
    rows: int
    changed: int
    sample: list[tuple[int, str]]


class SetCompared(_Kept):
    """One set.

    Attributes:
        left_out: messages of the set that one of the two has learned from, and that would flatter it.
        difference: of macro-F1, candidate less former, with its interval on the same resamples.
        only_former, only_candidate: messages whose category only this one has right.
        p: McNemar's test of these two.
    """

    name: str
    left_out: int
    former: Worth
    candidate: Worth
    difference: Share | None
    only_former: int
    only_candidate: int
    p: float
    better: list[Changed]
    worse: list[Changed]


class ActsCompared(_Kept):
    """What messages do in the talk, as it is heard with each of the two.

    Attributes:
        former, candidate: shares that are heard rightly.
        lost, gained: messages that only the former one, or only the candidate, hears rightly.
    """

    former: Share
    candidate: Share
    lost: int
    gained: int
    labels: list[LabelPair]
    worse: list[Changed]


class Golden(_Kept):
    """The phrases that must be understood, whatever else changes."""

    phrases: int
    failed: list[Changed]


class Comparison(_Kept):
    """Everything that was found. `milliseconds_a_text`: of processor, in the mean, of the candidate."""

    sets: list[SetCompared]
    labels: list[LabelPair]
    groups: list[GroupPair] = []
    shifts: list[Shift] = []
    acts: ActsCompared | None = None
    golden: Golden
    milliseconds_a_text: float
    bytes: int

    def set_of(self, name: str) -> SetCompared | None:
        """Returns the comparison on the test set with this name."""
        return next((each for each in self.sets if each.name == name), None)


@dataclass(frozen=True, slots=True)
class ReadSet:
    """A set that both have read, row by row."""

    name: str
    rows: Sequence[LabelledText]
    former: Sequence[ModelAnswer]
    candidate: Sequence[ModelAnswer]
    left_out: int = 0


def compare(
    sets: Sequence[ReadSet],
    golden: ReadSet,
    *,
    milliseconds_a_text: float,
    size_bytes: int,
    live: ReadSet | None = None,
    groups: Mapping[str, str] | None = None,
    acts: ActsCompared | None = None,
) -> Comparison:
    """Hold the two against each other.

    Args:
        sets: those that are measured.
        golden: the phrases that must be understood.
        live: messages of late; the text of a row is the number of its sample.
        groups: the group of each category.
        acts: dialogue acts.
        milliseconds_a_text: that the candidate takes.
        size_bytes: of the candidate's file.
    """
    return Comparison(
        sets=[_set(each) for each in sets if each.rows],
        labels=[*_labels("category", sets), *_labels("intent", sets)],
        groups=_groups(sets, groups or {}),
        shifts=_shifts(live) if live else [],
        acts=acts,
        golden=Golden(phrases=len(golden.rows), failed=_failed(golden)),
        milliseconds_a_text=milliseconds_a_text,
        bytes=size_bytes,
    )


def compare_by_act(sentences: Sequence[Changed]) -> ActsCompared:
    """Of one message or more, what each does and how both hear it."""
    right = [(one.former == one.right, one.candidate == one.right) for one in sentences]
    return ActsCompared(
        former=share_of([former for former, _ in right]),
        candidate=share_of([candidate for _, candidate in right]),
        lost=sum(former and not candidate for former, candidate in right),
        gained=sum(candidate and not former for former, candidate in right),
        labels=_pairs("act", sentences),
        worse=[one for one in sentences if one.former == one.right != one.candidate][:MOST_SENTENCES],
    )


def failed_golden(rows: Sequence[LabelledText], readings: Sequence[ModelAnswer]) -> list[Changed]:
    """The golden phrases that a model alone gets wrong."""
    return _failed(ReadSet("golden", rows, readings, readings))


def _set(each: ReadSet) -> SetCompared:
    sentences = [*_sentences(each, "category"), *_sentences(each, "intent")]
    better = [one for one in sentences if one.candidate == one.right != one.former]
    worse = [one for one in sentences if one.former == one.right != one.candidate]
    only_former, only_candidate = (sum(one.kind == "category" for one in some) for some in (worse, better))
    return SetCompared(
        name=each.name,
        left_out=each.left_out,
        former=worth_of(each.rows, each.former),
        candidate=worth_of(each.rows, each.candidate),
        difference=_difference(_sentences(each, "category")),
        only_former=only_former,
        only_candidate=only_candidate,
        p=mcnemar(only_former, only_candidate),
        better=better[:MOST_SENTENCES],
        worse=worse[:MOST_SENTENCES],
    )


def _failed(golden: ReadSet) -> list[Changed]:
    sentences = [*_sentences(golden, "category"), *_sentences(golden, "intent")]
    return [one for one in sentences if one.candidate != one.right]


def _sentences(each: ReadSet, kind: Kind) -> list[Changed]:
    """Every row whose category (or intent) is known, and what both made of it."""
    return [
        Changed(text=row.text, kind=kind, right=right, former=_said(former, kind), candidate=_said(candidate, kind))
        for row, former, candidate in zip(each.rows, each.former, each.candidate, strict=True)
        if (right := row.category if kind == "category" else row.intent)
    ]


def _said(reading: ModelAnswer, kind: Kind) -> str:
    return (first_category(reading)[0] or "") if kind == "category" else reading.intent.name


def _difference(sentences: Sequence[Changed]) -> Share | None:
    """Of macro-F1; both are measured on the same resamples, so that what is hard for both does not count."""
    if not sentences:
        return None
    former = CategoryPairs([(one.right, one.former) for one in sentences])
    candidate = CategoryPairs([(one.right, one.candidate) for one in sentences])

    def gained(places: Numbers | None = None) -> float:
        return candidate.macro_f1(places) - former.macro_f1(places)

    low, high = resampled(len(sentences), gained)
    return Share(value=gained(), low=low, high=high, rows=len(sentences))


def _labels(kind: Kind, sets: Sequence[ReadSet]) -> list[LabelPair]:
    """Each label that occurs, those with most messages first."""
    return _pairs(kind, [one for each in sets for one in _sentences(each, kind)])


def _pairs(kind: Kind, sentences: Sequence[Changed]) -> list[LabelPair]:
    if not sentences:
        return []
    former = _f1_of(CategoryPairs([(one.right, one.former) for one in sentences]))
    candidate = _f1_of(CategoryPairs([(one.right, one.candidate) for one in sentences]))
    rows = Counter(one.right for one in sentences)
    lost, gained = _told_apart(sentences, "former"), _told_apart(sentences, "candidate")
    return [
        LabelPair(
            kind=kind,
            label=label,
            rows=count,
            former=former[label],
            candidate=candidate[label],
            lost=lost[label],
            gained=gained[label],
        )
        for label, count in rows.most_common()
    ]


def _told_apart(sentences: Sequence[Changed], by: Literal["former", "candidate"]) -> Counter[str]:
    """Of how many sentences only one of the two says rightly whether they are of a label."""
    found = Counter[str]()
    for one in sentences:
        mine, others = (one.former, one.candidate) if by == "former" else (one.candidate, one.former)
        for label in {one.right, mine, others}:
            is_of = label == one.right
            if (mine == label) == is_of != (others == label):
                found[label] += 1
    return found


def _groups(sets: Sequence[ReadSet], groups: Mapping[str, str]) -> list[GroupPair]:
    """Neighbouring categories as if they were one."""
    sentences = [one for each in sets for one in _sentences(each, "category") if one.right in groups]
    named = [
        one.model_copy(
            update={
                name: groups.get(getattr(one, name), getattr(one, name)) for name in ("right", "former", "candidate")
            }
        )
        for one in sentences
    ]
    occurring = {one.right for one in sentences}
    return [
        GroupPair(**pair.model_dump(), members=sorted(slug for slug in occurring if groups[slug] == pair.label))
        for pair in _pairs("category", named)
    ]


def _shifts(live: ReadSet) -> list[Shift]:
    """By what the model in service says, most messages first."""
    by = defaultdict[str, list[tuple[int, str]]](list)
    for row, former, candidate in zip(live.rows, live.former, live.candidate, strict=True):
        by[_said(former, "category")].append((int(row.text), _said(candidate, "category")))
    found = []
    for label, said in sorted(by.items(), key=lambda item: (-len(item[1]), item[0])):
        changed = [one for one in said if one[1] != label]
        found.append(Shift(label=label, rows=len(said), changed=len(changed), sample=changed[:SHIFTED_SENTENCES]))
    return found


def _f1_of(pairs: CategoryPairs) -> Mapping[str, float]:
    return dict(zip(pairs.names, pairs.f1().tolist(), strict=True))
