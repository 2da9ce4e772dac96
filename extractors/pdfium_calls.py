"""Step "read PDF", beneath it: pdfium's functions without ctypes' checks of every argument.

A page asks pdfium some four hundred questions of its characters. With its arguments declared a call takes 0.6 microseconds,
two thirds of them for checking what is always the same; without, 0.2. Whoever calls a bare function passes whole numbers that
fit a C `int` and pointers that pypdfium2 or `ctypes.byref` made, and nothing else.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def bare(function: Any) -> Callable[..., Any]:
    """One of pypdfium2's raw functions -> the same without declared arguments."""
    called = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    called.restype = function.restype
    return called  # type: ignore[no-any-return]
