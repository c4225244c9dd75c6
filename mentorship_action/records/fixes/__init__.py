"""What was probably meant, and the corrected lines that are known to be right."""
