"""A whole season played offline: invented people, a simulated clock, the real planner and executor."""
