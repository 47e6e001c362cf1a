"""Finding rules, values and acts by words of their titles and articles, with or without diacritics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from balsts.law.engine.explaining.words import title_of
from balsts.law.latvia import latvia
from balsts.portal.folding import folded, looked_for

MOST_FOUND = 60


@dataclass(frozen=True)
class Hit:
    """Something found: its kind of page, its name, both titles, its article."""

    kind: str
    name: str
    lv: str
    en: str
    article: str


@lru_cache(maxsize=1)
def _index() -> tuple[tuple[str, Hit], ...]:
    law = latvia()
    hits = []
    for name, versions in law.rules.items():
        last = versions[-1]
        hits.append(Hit("rule", name, last.lv, last.en, f"{last.act} {last.article}"))
    for name in law.gathered:
        hits.append(Hit("rule", name, title_of(law, name, "lv"), title_of(law, name, "en"), ""))
    for name, parameter in law.parameters.items():
        hits.append(Hit("parameter", name, parameter.lv, parameter.en, parameter.article))
    for code, act in law.acts.items():
        hits.append(Hit("act", code, act.get("lv", ""), act.get("en", ""), code))
    return tuple((folded(f"{one.lv} {one.en} {one.article} {one.name.replace('_', ' ')}"), one) for one in hits)


def search(words: str) -> list[Hit]:
    """What holds all of the words, wherever; rights and rules before values, shorter titles before longer ones."""
    wanted = looked_for(words)
    if not wanted:
        return []
    order = {"act": 0, "rule": 1, "parameter": 2}
    found = [hit for text, hit in _index() if all(one in text for one in wanted)]
    return sorted(found, key=lambda hit: (order[hit.kind], len(hit.lv), hit.name))
