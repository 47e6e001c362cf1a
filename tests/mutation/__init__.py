"""Mutation testing: changes on purpose of the law and of payments, each of which a case or test must notice."""
