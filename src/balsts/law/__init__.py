"""The law as code: a country-neutral engine and, beside it, the law of one country a folder."""
