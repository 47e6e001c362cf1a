"""The line to a bank: files go there, messages come from it."""
