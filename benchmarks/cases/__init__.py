"""Measures of cases at size."""
