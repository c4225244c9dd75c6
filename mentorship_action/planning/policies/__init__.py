"""One policy a file, each pure: what should be on the forge, and what is missing."""
