"""Addresses for other institutions' systems, not for people: no page, no session; each request proves who asks."""
