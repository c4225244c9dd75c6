"""What should be done, worked out from what is and what should be: one policy a file, all pure."""
