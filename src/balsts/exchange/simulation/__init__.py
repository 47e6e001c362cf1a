"""A state made up: every register, spoken to as the real one is, over a synthetic population."""
