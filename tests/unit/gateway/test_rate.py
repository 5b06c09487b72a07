from gateway.access.memory import Memory
from gateway.access.rate import Rate


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_taken_and_then_the_caller_waits() -> None:
    rate = Rate(2, 3, clock=Clock())

    assert [rate.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert rate.take("b") == 0


def test_what_is_waited_for_comes() -> None:
    clock = Clock()
    rate = Rate(2, 1, clock=clock)
    rate.take("a")
    assert rate.is_spent("a")

    clock.now += 0.5

    assert not rate.is_spent("a")
    assert rate.take("a") == 0


def test_retry_after_is_whole_seconds() -> None:
    assert Rate.seconds(0.01) == "1"
    assert Rate.seconds(1.2) == "2"


def test_what_is_remembered_is_forgotten_in_time_or_at_once() -> None:
    clock = Clock()
    memory: Memory[int] = Memory(seconds=5, clock=clock)
    memory.keep("old", 1)
    clock.now += 4
    memory.keep("young", 2)
    memory.keep("gone", 3)
    memory.forget_where(lambda value: value == 3)
    clock.now += 2

    assert memory.get("old") is None
    assert memory.get("young") == 2
    assert memory.get("gone") is None
