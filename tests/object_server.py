"""An S3 server on loopback for tests: buckets, listings and conditional writes as S3 has them, kept in memory."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

PARTS = {"s3fs": "s3", "moto": "test", "flask": "test", "flask_cors": "test"}


def need_s3() -> None:
    """Skip the test where the parts that play S3 or reach it are not installed."""
    for part, extra in PARTS.items():
        if find_spec(part) is None:
            pytest.skip(f"{part} is not installed (the extra `{extra}`)")


def has_s3() -> bool:
    """Whether all of them are."""
    return all(find_spec(part) for part in PARTS)


@contextmanager
def s3_server() -> Iterator[Mapping[str, str]]:
    """A server for as long as the context lasts; the environment that leads to it."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
    finally:
        server.stop()


def new_bucket() -> str:
    """A bucket that nobody has used, made on the server that the environment leads to; its address."""
    from fsspec.core import url_to_fs

    name = f"kpi-{uuid.uuid4().hex[:12]}"
    store, _ = url_to_fs(f"s3://{name}", use_listings_cache=False, skip_instance_cache=True)
    store.mkdir(name)
    return f"s3://{name}"
