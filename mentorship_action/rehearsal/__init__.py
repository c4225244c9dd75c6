"""A season played offline: invented people, a turned clock, the real planner and executor."""
