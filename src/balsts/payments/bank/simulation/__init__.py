"""A simulated bank, as a process of its own."""
