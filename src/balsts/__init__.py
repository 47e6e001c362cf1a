"""Balsts: an open platform for a country's social protection."""
