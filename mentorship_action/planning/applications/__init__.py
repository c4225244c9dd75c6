"""Applications: who may propose what, what mentors answered, whose seat it is, and our reply."""
