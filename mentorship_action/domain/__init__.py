"""The rules of a mentorship program: pure values and functions, standard library only."""
