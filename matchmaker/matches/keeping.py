"""Answers that hold for one state of the index."""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from matchmaker.engine.generation import Generation

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """The latest `most` answers; all are forgotten as soon as the index is another, or is no longer open."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, threading.Lock()
        self.now: weakref.ref[Generation] | None = None
        self.answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def get(self, now: Generation, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """What was answered to `key` before, or what `make` says; two that ask at once may both make it."""
        with self.lock:
            if self.now is None or self.now() is not now:
                self.now, self.answers = weakref.ref(now, self._forget), OrderedDict()
            answers = self.answers
            if key in answers:
                answers.move_to_end(key)
                return answers[key]
        answer = make()
        with self.lock:
            answers[key] = answer
            if len(answers) > self.most:
                answers.popitem(last=False)
        return answer

    def _forget(self, _gone: weakref.ref[Generation]) -> None:
        # without the lock: the collector may call from within `get`, and whoever loses an answer here makes it again
        self.answers = OrderedDict()
