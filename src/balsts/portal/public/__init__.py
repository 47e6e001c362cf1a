"""Pages for everybody: what support there is, and what if; they stand on the law alone and store nothing."""
