"""Bytes in, values out: pure readers and finders, which touch no disk, network, clock or environment."""
