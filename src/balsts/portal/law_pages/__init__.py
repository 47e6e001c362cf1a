"""The law for everybody: acts, benefits, rules and values over time, open questions, what changes when."""
