"""The examples of a category that is not offered any more: learned as another one, or not learned. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.training.corpus.blocks import head_of
from bot.training.corpus.corpus import OWN, Corpus, fold
from bot.training.corpus.edits import Addition, CorpusChange
from bot.training.corpus.examples import Example, read
from bot.training.samples.labels import SampleLabel


def moved(corpus: Corpus, slug: str, into: str, who: str, why: str, at: datetime) -> CorpusChange:
    """The change by which every example of one category is learned as another; with no other, it is not learned.

    Its marks, and who labelled it, stay; what stands as the other category already, with another intent, is left as it
    stands there.
    """
    gone = [one for one in corpus.examples if one.category == slug]
    additions = tuple(_as(corpus, slug, gone, into)) if into else ()
    return CorpusChange(who, why, at, additions, tuple(gone))


def _as(corpus: Corpus, slug: str, gone: Sequence[Example], into: str) -> Iterator[Addition]:
    known = {fold(one.text): one.kind for one in corpus.examples if one.category != slug}
    for one in gone:
        text, marks = read(one.written)
        kind = known.setdefault(fold(text), (one.intent, into))
        if kind == (one.intent, into):
            head = head_of(corpus.files[one.place.layer, one.place.file].content, one.place.line)
            label = SampleLabel(one.intent, into, marks=marks, type_known=head.type_known)
            yield Addition(text, label, head.by if one.place.layer == OWN else "")
