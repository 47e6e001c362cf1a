"""State registers: questions out, messages in, and the facts that a message stands for."""
