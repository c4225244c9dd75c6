"""What people and machines read of a run: text, JSON, workflow commands, job summaries."""
