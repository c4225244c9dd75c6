"""Mentorship programs that run on a GitHub repository alone."""

__version__ = "0.1.0"
