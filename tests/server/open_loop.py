"""Readers who come when they come, however long others wait: so many a second, from a thousand
networks, each over a connection of its own.
"""

import asyncio
import random
import resource
import time
from collections import Counter
from dataclasses import dataclass, field

WEIGHTED = {
    "": 20,
    "-/results/": 60,
    "-/view.json": 4,
    "sensitivity/": 2,
    "sources/": 6,
    "-/card.png": 4,
    "freshness/": 4,
}
NETWORKS = 1_000
AT_ONCE = 3_000  # what waits for an answer; whoever comes beyond it is not counted
PATIENCE = 60.0  # seconds


@dataclass
class Answers:
    """What came of them."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wordless: list[bytes] = field(default_factory=list)  # refusals that do not say what to do
    broken: Counter[str] = field(default_factory=Counter)  # no answer at all
    passed_over: int = 0

    def add(self, head: bytes, body: bytes, seconds: float) -> None:
        status = int(head.split(None, 2)[1])
        self.statuses[status] += 1
        self.seconds.append(seconds)
        if status >= 400 and not (b"\nretry-after:" in head.lower() and body.strip()):
            self.wordless.append(head)


async def _ask(port: int, path: str, network: str, answers: Answers) -> None:
    begun = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(
                    f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {network}\r\n"
                    "X-Forwarded-Proto: http\r\nConnection: close\r\n\r\n".encode()
                )
                head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
            finally:
                writer.close()
        answers.add(head, body, time.perf_counter() - begun)
    except (OSError, TimeoutError, IndexError, ValueError) as error:
        answers.broken[type(error).__name__] += 1


def _path(chance: random.Random, criteria: dict[str, list[str]]) -> str:
    """Return an address with a selection of a reader's own."""
    slug = chance.choice(list(criteria))
    (page,) = chance.choices(list(WEIGHTED), list(WEIGHTED.values()))
    chosen = chance.sample(criteria[slug], chance.randrange(1, 6))
    weights = ",".join(f"{one}:{chance.randrange(6)}" for one in chosen)
    return f"/{slug}/{page}?w={weights}&off={chance.choice(criteria[slug])}"


async def _level(port: int, criteria: dict[str, list[str]], rate: float, seconds: float) -> Answers:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    answers, chance, waiting = Answers(), random.Random(7), set[asyncio.Task[None]]()
    begun = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        if len(waiting) >= AT_ONCE:
            answers.passed_over += 1
            continue
        network = f"198.51.{number % NETWORKS // 250}.{number % 250}"
        task = asyncio.create_task(_ask(port, _path(chance, criteria), network, answers))
        waiting.add(task)
        task.add_done_callback(waiting.discard)
    await asyncio.gather(*waiting)
    return answers


def level(port: int, criteria: dict[str, list[str]], rate: float, seconds: float) -> Answers:
    """Let so many a second come, for so long; return what they were answered."""
    return asyncio.run(_level(port, criteria, rate, seconds))


async def _peak(port: int, criteria: dict[str, list[str]], at_once: int, seconds: float) -> float:
    answers, end = Answers(), time.perf_counter() + seconds

    async def ask_on(seed: int) -> None:
        chance = random.Random(seed)
        while time.perf_counter() < end:
            await _ask(port, _path(chance, criteria), f"203.0.113.{seed}", answers)

    await asyncio.gather(*(ask_on(seed) for seed in range(at_once)))
    assert set(answers.statuses) <= {200, 302} and not answers.broken, answers
    return answers.statuses.total() / seconds


def peak(port: int, criteria: dict[str, list[str]], at_once: int, seconds: float) -> float:
    """Return how many are answered in a second while so many always wait."""
    return asyncio.run(_peak(port, criteria, at_once, seconds))
