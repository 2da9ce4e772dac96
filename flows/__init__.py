"""The only room that touches disk, network, clock and environment: sources in, snapshots out."""
