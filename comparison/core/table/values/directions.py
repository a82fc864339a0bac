"""Which way better is, on a criterion of numbers: said by its name ("price", "lower is better",
"FID ↓") or by its unit ("ms", "requests/s").

Says nothing where both or neither are said: "memory" may be what a plan gives or what a program
takes, and a guess would turn the verdict round.
"""

import re

from comparison.core.document.schema import Direction
from comparison.core.spelling.units import known

_LOWER = (
    r"price|pricing|cost|costs|fee|fees|tco|latency|delay|lag|ping|overhead|footprint|"
    r"response time|parse time|build time|boot time|load time|start time|startup time|"
    r"cold start|warm-?up|time to|runtime|run time|duration|elapsed|time|seconds|"
    r"size|memory usage|memory use|memory consumption|ram usage|peak memory|cpu usage|cpu load|"
    r"power consumption|power draw|energy consumption|consumption|loss|error|errors|error rate|"
    r"failures|failure rate|bugs|vulnerabilities|cves|noise|emissions?|co2|perplexity|wer|cer|"
    r"fid|rmse|mae|mse|dependencies|disk usage|disk space|bundle|weight|thickness|allocations?"
)
_HIGHER = (
    r"throughput|speed|requests per second|req/s|rps|qps|tps|ops/s|fps|frames per second|"
    r"accuracy|precision|recall|f1|f-score|auc|bleu|rouge|score|rating|stars?|downloads|"
    r"battery life|battery|bandwidth|storage limit|limit|limits|quota|uptime|availability|"
    r"coverage|contributors|performance|points|pass rate|success rate|free tier|included|"
    r"max|maximum|warranty|efficiency|throughputs|wins"
)
_PER_TIME = re.compile(
    r"(?:/|\bper\s?)\s?(?:s|sec|second|min|minute|h|hour)s?\b|\b[frqt]ps\b", re.I
)
_LASTING = re.compile(r"battery|uptime|warranty|retention|support|lifetime|life\b|range", re.I)
_MONEY = re.compile(r"[$€£¥₹₩₽]|\b(?:USD|EUR|GBP|INR|CHF|JPY)\b")
_NOT_SO = re.compile(r"\b(?:market|user|install|population|revenue|salary|salaries)\b", re.I)


def direction_of(name: str, unit: str = "") -> Direction | None:
    """Return which way better is, or None where name and unit do not say so."""
    words = " ".join(name.casefold().split())
    if stated := _stated(words):
        return stated
    if _NOT_SO.search(words):
        return None
    lower = bool(re.search(rf"(?<![\w-])(?:{_LOWER})(?![\w-])", words))
    higher = bool(re.search(rf"(?<![\w-])(?:{_HIGHER})(?![\w-])", words))
    by_unit = _by_unit(words, unit)
    if lower == higher:
        return None if lower else by_unit
    by_name = Direction.LOWER if lower else Direction.HIGHER
    return by_name if by_unit in (None, by_name) else None


def _stated(words: str) -> Direction | None:
    lower = re.search(r"\b(?:lower|less|smaller|fewer|faster) is better\b|[↓⬇▼⇓]", words)
    higher = re.search(r"\b(?:higher|more|bigger|larger|greater) is better\b|[↑⬆▲⇑]", words)
    if bool(lower) == bool(higher):
        return None
    return Direction.LOWER if lower else Direction.HIGHER


def _by_unit(words: str, unit: str) -> Direction | None:
    if _PER_TIME.search(unit) and not _MONEY.search(unit):
        return Direction.HIGHER
    if _MONEY.search(unit):
        return Direction.LOWER
    is_time = known(unit) in ("ns", "us", "µs", "μs", "ms", "s", "min", "h") and unit != "M"
    return Direction.LOWER if is_time and not _LASTING.search(words) else None
