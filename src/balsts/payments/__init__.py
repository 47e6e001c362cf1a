"""From decision to money: what is paid to whom, in which file, and what the bank answered."""
