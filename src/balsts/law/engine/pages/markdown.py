"""Pieces of Markdown: tables, links, headings that can be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from balsts.law.engine.explaining.words import article_words
from balsts.law.engine.law import Law

_CODE = re.compile(r"[A-ZĀ-Ž][A-Za-z0-9]*")


def plain(text: str) -> str:
    """Text as it is: nothing in it is markup."""
    return " ".join(re.sub(r"([\\*_`\[\]|<>#~])", r"\\\1", text).split())


def slug(heading: str) -> str:
    """The anchor of a heading, as readers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link(text: str, address: str, title: str = "") -> str:
    """A link; without an address, the text alone."""
    if not address:
        return text
    shown = f"<{address}>" if re.search(r"[()\s]", address) else address
    quoted = title.replace('"', "”").replace("|", "/")
    return f'[{text}]({shown} "{quoted}")' if quoted else f"[{text}]({shown})"


def rows(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """A table and an empty line, or nothing where it would be empty."""
    found = [f"| {' | '.join(row)} |" for row in body]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *found, ""] if found else []


def act_link(law: Law, act: str, article: str) -> str:
    """An act and its article, linked to the act's address when it is known."""
    known = law.acts.get(act, {})
    return link(plain(f"{act} {article_words(law, article, 'en')}"), known.get("address", ""), known.get("lv", ""))


def article_links(law: Law, article: str) -> str:
    """A parameter's article, with every act in it linked to its address."""
    article = article_words(law, article, "en")
    parts, last = [], 0
    for match in _CODE.finditer(article):
        if match[0] in law.acts:
            known = law.acts[match[0]]
            linked = link(match[0], known.get("address", ""), known.get("lv", ""))
            parts += [plain(article[last : match.start()]), linked]
            last = match.end()
    parts.append(plain(article[last:]))
    return " ".join(part for part in parts if part).replace(" ,", ",").replace(" ;", ";").replace(" (", "(")


def source_links(law: Law, keys: Iterable[str]) -> str:
    """Sources by their keys, linked to their addresses."""
    found = []
    for key in keys:
        known = law.sources.get(key, {})
        title, address = known.get("title", ""), known.get("address", "")
        found.append(link(plain(key), address, title) if address else plain(f"{key} ({title})" if title else key))
    return ", ".join(found)
