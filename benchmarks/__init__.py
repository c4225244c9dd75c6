"""Measurements against the goals: `python -m benchmarks [NAME]...`."""
