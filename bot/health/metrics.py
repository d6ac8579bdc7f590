"""The figures, as Prometheus reads them: no id, no name, no chat."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.figures import BOUNDS, Figures, Times
from bot.storage.measures import Measures
from flows.rules.case import Status


def text(figures: Figures, measures: Measures, now: datetime) -> bytes:
    """Write all figures in the text form of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Told([*_process(figures), *_database(measures, now)]))
    return generate_latest(registry)


class _Told(Collector):
    """Metrics that were made elsewhere, as the library asks for them."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _process(figures: Figures) -> Iterator[Metric]:
    counters = {
        "sends": ("Calls that Telegram carried out.", figures.sends),
        "retries": ("Calls that are made again later.", figures.retries),
        "failed_sends": ("Calls that were given up.", figures.failed_sends),
        "possible_doubles": (
            "Messages that may have arrived twice.",
            figures.possible_doubles,
        ),
        "unusable": ("Messages of a kind that is no answer.", figures.unusable),
        "failed_turns": (
            "Turns given up after every try, and cases left out by the daily batch.",
            figures.failed_turns,
        ),
    }
    yield _times("turn_seconds", "Time of a turn, commit included.", figures.turns)
    for name, (tells, value) in counters.items():
        yield CounterMetricFamily(f"konfliktraad_{name}", tells, value=value)
    silence = figures.silence()
    if silence is not None:
        yield _gauge("silence_seconds", "Since Telegram last answered.", silence)


def _database(measures: Measures, now: datetime) -> Iterator[Metric]:
    since = measures.waiting_since
    age = max(0.0, (now - since).total_seconds()) if since else 0.0
    yield _gauge("outbox_rows", "Messages on their way.", measures.waiting)
    yield _gauge("outbox_age_seconds", "Age of the oldest of them.", age)
    yield _gauge("blocked_chats", "Chats that have blocked the bot.", measures.blocked)
    cases = GaugeMetricFamily(
        "konfliktraad_cases", "Cases by where they stand.", labels=["status"]
    )
    for status in Status:
        cases.add_metric([status], measures.cases.get(status, 0))
    yield cases


def _gauge(name: str, tells: str, value: float) -> Metric:
    return GaugeMetricFamily(f"konfliktraad_{name}", tells, value=value)


def _times(name: str, tells: str, times: Times) -> Metric:
    """Write times as Prometheus wants them: each class holds those below it too."""
    labels, within, so_far = [*map(str, BOUNDS), "+Inf"], [], 0
    for number in times.classes:
        so_far += number
        within.append(so_far)
    return HistogramMetricFamily(
        f"konfliktraad_{name}",
        tells,
        buckets=list(zip(labels, within, strict=True)),
        sum_value=times.seconds,
    )
