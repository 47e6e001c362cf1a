"""Mutation testing of the law: changes on purpose, each of which a golden case must notice."""
