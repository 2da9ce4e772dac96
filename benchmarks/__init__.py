"""What the project costs beside others, at any size, and how well it reads: `python -m benchmarks` and its neighbours."""
