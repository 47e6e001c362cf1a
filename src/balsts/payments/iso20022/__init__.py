"""Messages between a customer and its bank in the form of ISO 20022; knows no database and no web."""
