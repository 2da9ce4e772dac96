"""Step text -> mentions: a value that an object finds when it is first asked for, and then keeps.

What `functools.cached_property` does, without its lock: in Python 3.11 that costs more than many of the values do, and a
reading process has one thread that reads.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class asked_once(Generic[Value]):  # noqa: N801 - used as `property` is
    """Turns a method into an attribute that is worked out once; it is kept in the object's `__dict__`."""

    def __init__(self, find: Callable[[Any], Value]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> asked_once[Value]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> Value: ...

    def __get__(self, owner: object | None, kind: type) -> asked_once[Value] | Value:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._find(owner)
        return value
