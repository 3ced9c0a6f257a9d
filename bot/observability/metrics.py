"""What Prometheus is told. Labels hold channels, kinds and names of log events: nothing of a citizen's or a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from actions.store.messages.costs import BilledUnits
from actions.store.messages.messages import Backlog

BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 5.0, 10.0, 30.0)
RESULTS_OF_MESSAGES = ("sent", "later", "failed", "unreachable", "held")
RESULTS_OF_FILES = ("kept", "later", "refused")


class Metrics:
    """The counters and gauges of one process, and a meter for whoever has something to count."""

    def __init__(self) -> None:
        """A registry of its own: two services in one process do not mix."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._turn_seconds = self._timed("lapor_turn_seconds", "Time of a turn, from taken up to committed", "channel")
        self._failed_turns = self._counted("lapor_turns_failed_total", "Tries of a turn that failed", "channel")
        self._given_up = self._counted("lapor_turns_set_aside_total", "Turns given up and set aside", "channel")
        self._messages_in = self._counted("lapor_messages_in_total", "Messages and presses worked", "channel")
        self._messages_out = self._counted(
            "lapor_messages_out_total", "Messages by what became of the try", "channel", "result"
        )
        self._cases = self._counted("lapor_cases_filed_total", "Cases filed", "channel")
        self._files = self._counted("lapor_files_total", "Files by what became of the try", "channel", "result")
        self._read_seconds = self._timed("lapor_understanding_seconds", "Time until a text was read", "by")
        self._not_read = self._counted("lapor_understanding_failures_total", "Texts the model did not read", "why")
        self._errors = self._counted("lapor_errors_total", "Warnings and errors in the log", "level", "event")
        self._sign_in_floods = Counter(
            "lapor_sign_in_floods_total",
            "Times that failed tries to sign in by one name reached 10, 100, 1000",
            registry=self.registry,
        )
        self._inbox = self._shown("lapor_inbox_waiting", "Messages that wait to be worked")
        self._inbox_age = self._shown("lapor_inbox_oldest_seconds", "Age of the oldest unworked message")
        self._set_aside = self._shown("lapor_inbox_set_aside", "Messages that could not be worked")
        self._outbox = self._shown("lapor_outbox_waiting", "Messages that wait to be sent")
        self._database = self._shown("lapor_database_up", "1 when the database answers")
        self._understanding = self._shown("lapor_understanding_up", "1 when what was set up answers")
        self._units = self._shown(
            "lapor_billed_units", "What messages of this month took of what is billed", "channel", "kind"
        )
        self._held = self._shown(
            "lapor_held_messages", "Messages that wait for their reader's next word or the next month", "channel"
        )
        self._exchanged = self._counted(
            "lapor_sp4n_exchanged_total", "What went to SP4N-LAPOR! or came, by what became of it", "kind", "result"
        )
        self._transcribed = self._counted(
            "lapor_recordings_transcribed_total", "Recordings by what became of putting them into words", "result"
        )
        self._sp4n_waiting = self._shown("lapor_sp4n_waiting", "What waits to be sent to SP4N-LAPOR!")
        self._channel = self._shown("lapor_channel_up", "1 when the channel works", "channel")

    def _counted(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(name, words, labels, registry=self.registry)

    def _shown(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(name, words, labels, registry=self.registry)

    def _timed(self, name: str, words: str, *labels: str) -> Histogram:
        return Histogram(name, words, labels, registry=self.registry, buckets=BUCKETS_SECONDS)

    # What happens (the meters of delivery and of understanding) -----------------------------------------------

    def turn_worked(self, channel: str, *, rows: int, cases: int, seconds: float) -> None:
        """A turn is committed."""
        self._turn_seconds.labels(channel).observe(seconds)
        self._messages_in.labels(channel).inc(rows)
        if cases:
            self._cases.labels(channel).inc(cases)

    def case_filed(self, channel: str) -> None:
        """A case came without a turn."""
        self._cases.labels(channel).inc()

    def exchanged(self, kind: str, result: str) -> None:
        """Something went to SP4N-LAPOR!, or came from there, or should have."""
        self._exchanged.labels(kind, result).inc()

    def turn_failed(self, channel: str, *, is_given_up: bool) -> None:
        """A turn could not be worked."""
        self._failed_turns.labels(channel).inc()
        if is_given_up:
            self._given_up.labels(channel).inc()

    def message_out(self, channel: str, result: str) -> None:
        """A message was tried."""
        self._messages_out.labels(channel, result).inc()

    def file_in(self, channel: str, result: str) -> None:
        """A file was fetched, or not."""
        self._files.labels(channel, result).inc()

    def transcribed(self, result: str) -> None:
        """A recording was put into words, or not."""
        self._transcribed.labels(result).inc()

    def read(self, by: str, texts: int, seconds: float) -> None:
        """Texts were read."""
        for _ in range(texts):
            self._read_seconds.labels(by).observe(seconds)

    def not_read(self, why: str, texts: int) -> None:
        """The model read nothing of these."""
        self._not_read.labels(why).inc(texts)

    def sign_in_flooded(self) -> None:
        """Very many tries to sign in by one name have failed."""
        self._sign_in_floods.inc()

    def logged(self, level: str, event: str) -> None:
        """Something went into the log as a warning or an error."""
        self._errors.labels(level, event).inc()

    # How it stands ---------------------------------------------------------------------------------------------

    def open_channels(self, channels: tuple[str, ...]) -> None:
        """Show these from the start, at nought: what was never counted cannot be told from what is missing."""
        for channel in channels:
            self._turn_seconds.labels(channel)
            for counter in (self._failed_turns, self._given_up, self._messages_in, self._cases):
                counter.labels(channel)
            for result in RESULTS_OF_MESSAGES:
                self._messages_out.labels(channel, result)
            for result in RESULTS_OF_FILES:
                self._files.labels(channel, result)

    def backlog(self, waiting: Backlog, now: datetime) -> None:
        """What waits now."""
        self._inbox.set(waiting.inbox)
        self._outbox.set(waiting.outbox)
        self._set_aside.set(waiting.set_aside)
        self._inbox_age.set(max((now - waiting.oldest).total_seconds(), 0.0) if waiting.oldest else 0.0)

    def sp4n_waiting(self, waiting: int) -> None:
        """How much is still to be sent to SP4N-LAPOR!."""
        self._sp4n_waiting.set(waiting)

    def billed(self, this_month: Sequence[BilledUnits]) -> None:
        """What messages have taken since the month began; another month begins at nought."""
        self._units.clear()
        for one in this_month:
            self._units.labels(one.channel, one.kind).set(one.units)

    def held(self, waiting: Mapping[str, int]) -> None:
        """How many messages wait for their reader, by channel."""
        self._held.clear()
        for channel, count in waiting.items():
            self._held.labels(channel).set(count)

    def set_health(self, *, database: bool, understanding: bool, channels: dict[str, bool]) -> None:
        """What answers now."""
        self._database.set(database)
        self._understanding.set(understanding)
        for channel, is_up in channels.items():
            self._channel.labels(channel).set(is_up)
