"""An explanation of the law as nested lists: written here, not in a template, since a page may hold many hundreds.

Every text is escaped where it is put in; nothing else makes it part of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.law.engine.explaining.explain import Tree
from balsts.portal.words import day_words

_SMALL = '<span class="balsts-small">'


def explained(tree: Tree) -> SafeString:
    """A tree as an item of a list: result, article, formula, reasons; below it facts, values and what it rests on."""
    return SafeString(_item(tree))


def _item(tree: Tree) -> str:
    if tree.get("told_above"):
        return f"<li>{escape(tree['title'])}: {_measured(tree, 'result')} ({escape(_('explained above'))})</li>"
    whose = "" if tree["who"] == "household" else f" ({escape(tree['who'])})"
    cited = f" {_SMALL}[{escape(tree['cited'])}]</span>" if "cited" in tree else ""
    reasons = "".join(f"<br>{_SMALL}{escape(one)}</span>" for one in _reasons(tree))
    below = "".join((*_facts(tree), *_values(tree), *map(_item, tree.get("from", ()))))
    listed = f'<ul class="balsts-tree">{below}</ul>' if below else ""
    return f"<li>{escape(tree['title'])}{whose}: {_measured(tree, 'result')}{cited}{reasons}{listed}</li>"


def _measured(tree: Mapping[str, Any], key: str) -> str:
    """A result or value with the word for its unit."""
    unit = f" {escape(tree['unit'])}" if "unit" in tree else ""
    return f"<strong>{escape(str(tree[key]))}{unit}</strong>"


def _reasons(tree: Tree) -> Iterator[str]:
    if tree.get("calculation") and tree["calculation"] != tree["result"]:
        yield f"{tree['formula']} = {tree['calculation']}"
    yield from (f"{_('because')} {one}" for one in tree.get("because", ()))
    yield from (f"? {one}" for one in tree.get("open_questions", ()))


def _facts(tree: Tree) -> Iterator[str]:
    default_words = _("not known, the law's default")
    for one in tree.get("inputs", ()):
        whose = f" ({escape(one['who'])})" if one.get("who") else ""
        default = "" if one.get("stated", True) else f" ({escape(default_words)})"
        yield f"<li>{escape(one['title'])}{whose}: {_measured(one, 'value')}{_SMALL}{default}</span></li>"


def _values(tree: Tree) -> Iterator[str]:
    for one in tree.get("parameters", ()):
        since = day_words(date.fromisoformat(one["valid_from"]))
        source = _("from %(day)s; %(reference)s") % {"day": since, "reference": one["reference"]}
        yield f"<li>{escape(one['title'])}: {_measured(one, 'value')} {_SMALL}{escape(source)}</span></li>"
