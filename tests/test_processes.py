import os
import signal

import pytest

from webapp.errors import Unavailable
from webapp.processes import FEW, spread


def is_deaf(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="only where signals are masked")
def test_ctrl_c_goes_to_this_process_alone() -> None:
    many = [(number, number) for number in range(2 * FEW)]
    assert [found for _, found in spread(is_deaf, many, 2)] == [True] * len(many)
    assert [found for _, found in spread(is_deaf, many, 1)] == [False] * len(many)


def dies(_: int) -> None:
    os._exit(1)


def test_a_process_that_is_ended_is_told_in_a_sentence() -> None:
    with pytest.raises(Unavailable, match="ended from outside"):
        list(spread(dies, [(number, number) for number in range(2 * FEW)], 2))
