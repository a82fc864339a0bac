"""Whose turn it is: in order, in turn among senders, and never for whoever has left."""

import asyncio

import pytest

from comparison.server import lanes
from comparison.server.lanes import Full, Gone, Lane


def run(test):
    asyncio.run(test())


async def stays():
    await asyncio.Event().wait()


def one_thread(most_waiting=9):
    lane = Lane("tests", threads=1, ahead=0, most_waiting=most_waiting)
    assert lane.take()
    return lane


async def waits(lane, sender, came):
    """Wait for a turn and note that it came."""
    await lane.turn(sender, stays)
    came.append(sender)


async def begin(*tasks):
    """Start what waits, each after the other."""
    started = [asyncio.ensure_future(task) for task in tasks]
    await asyncio.sleep(0)
    return started


async def release_all(lane, tasks):
    while not all(task.done() for task in tasks):
        lane.release()
        await asyncio.sleep(0)


def test_as_many_are_taken_as_there_are_threads_and_places_at_them():
    lane = Lane("tests", threads=2, ahead=1, most_waiting=1)
    assert [lane.take() for _ in range(4)] == [True, True, True, False]
    lane.release()
    assert lane.take()


def test_senders_take_turns_however_much_one_asks_for():
    async def test():
        lane, came = one_thread(), []
        tasks = await begin(*(waits(lane, sender, came) for sender in "aaaabcb"))
        await release_all(lane, tasks)
        assert came == list("abcabaa")
        assert lane.waiting == 0

    run(test)


def test_where_the_line_is_full_the_last_of_whoever_has_most_is_sent_away():
    async def test():
        lane, came = one_thread(most_waiting=3), []
        greedy = await begin(*(waits(lane, "greedy", came) for _ in range(3)))
        modest = await begin(waits(lane, "modest", came))
        await asyncio.sleep(0)
        assert isinstance(greedy[2].exception(), Full)
        with pytest.raises(Full):
            await lane.turn("greedy", stays)
        await release_all(lane, [*greedy, *modest])
        assert came == ["greedy", "modest", "greedy"]

    run(test)


def test_whoever_leaves_while_they_wait_is_not_worked_for(monkeypatch):
    monkeypatch.setattr(lanes, "SHORT", 0.0)

    async def leaves():
        return None

    async def test():
        lane, came = one_thread(), []
        gone = asyncio.ensure_future(lane.turn("gone", leaves))
        (stayed,) = await begin(waits(lane, "stayed", came))
        with pytest.raises(Gone):
            await gone
        assert lane.waiting == 1
        lane.release()
        await stayed
        assert came == ["stayed"] and not lane.take()

    run(test)


def test_a_wait_that_is_given_up_leaves_no_place_behind():
    async def test():
        lane = one_thread()
        (given_up,) = await begin(lane.turn("a", stays))
        given_up.cancel()
        await asyncio.sleep(0)
        assert lane.waiting == 0
        lane.release()
        assert lane.take()

    run(test)


def test_a_turn_that_comes_as_its_request_is_given_up_goes_to_the_next():
    async def test():
        lane, came = one_thread(), []
        (given_up,) = await begin(lane.turn("a", stays))
        (stays_there,) = await begin(waits(lane, "b", came))
        lane.release()  # to the first, which is given up before it hears of it
        given_up.cancel()
        await stays_there
        assert came == ["b"] and lane.waiting == 0
        lane.release()
        assert lane.take() and not lane.take()

    run(test)


def test_a_turn_is_not_given_to_a_request_that_was_given_up_a_moment_ago():
    async def test():
        lane, came = one_thread(), []
        (given_up,) = await begin(lane.turn("a", stays))
        (stays_there,) = await begin(waits(lane, "b", came))
        given_up.cancel()
        lane.release()
        await stays_there
        assert came == ["b"] and lane.waiting == 0

    run(test)
