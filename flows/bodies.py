"""Step fetch: the body of an answer -> its bytes, unpacked, in pieces of bounded size and never more than allowed."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Caps:
    """What one answer may cost: bytes, unpacked; seconds on the clock for all of it, and for any wait in between."""

    most_bytes: int = 200 * MEGABYTE
    seconds: float = 600.0
    wait_seconds: float = 30.0


class TooLargeError(Exception):
    """More bytes than allowed, declared or sent."""


class BrokenError(Exception):
    """An answer that is not whole, or not what it says it is: worth another try."""


def body_of(response: httpx.Response, caps: Caps) -> Iterator[bytes]:
    """The bytes of an answer as they come. Raises TooLargeError and BrokenError, and httpx's own errors."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > caps.most_bytes:
        raise TooLargeError(
            f"the server declares {_in_words(int(declared))}; the limit is {_in_words(caps.most_bytes)}"
        )
    until = time.monotonic() + caps.seconds
    size = 0
    for piece in _unpacked(response):
        size += len(piece)
        if size > caps.most_bytes:
            raise TooLargeError(f"the server sends more than {_in_words(caps.most_bytes)}")
        if time.monotonic() > until:
            raise BrokenError(f"it was not whole after {caps.seconds:.0f} seconds")
        yield piece


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """Only gzip is unpacked, and once: a bomb packed twice would burst in one piece."""
    packing = response.headers.get("content-encoding", "").strip().casefold()
    if packing in ("", "identity"):
        yield from response.iter_raw()  # as they come: to wait for a full piece would hide one that drips
        return
    if packing not in ("gzip", "x-gzip"):
        raise BrokenError(f"it is packed in a way that was not asked for ({packing})")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for packed in response.iter_raw():
            while packed:
                yield unpack.decompress(packed, MEGABYTE)
                packed = unpack.unconsumed_tail
        yield unpack.flush()
    except zlib.error as error:
        raise BrokenError("it is packed, but cannot be unpacked") from error
    if not unpack.eof:
        raise BrokenError("it was cut short")


def _in_words(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"
