"""The Action's adapter: event and inputs in; outputs, job summary and exit code out."""
