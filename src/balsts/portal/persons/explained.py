"""An explanation of the law as nested lists: written here, not in a template, since a page may hold many hundreds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.law.engine.explaining.explain import Tree
from balsts.portal.words import day_words


def explained(tree: Tree) -> SafeString:
    """A tree as an item of a list: result, article, formula, reasons; below it facts, values and what it rests on."""
    if tree.get("told_above"):
        return format_html("<li>{}: {} ({})</li>", tree["title"], _measured(tree, "result"), _("explained above"))
    whose = "" if tree["who"] == "household" else tree["who"]
    below = [*_facts(tree), *_values(tree), *map(explained, tree.get("from", ()))]
    return format_html(
        "<li>{}{}: {}{}{}{}</li>", tree["title"], f" ({whose})" if whose else "", _measured(tree, "result"),
        format_html(' <span class="balsts-small">[{}]</span>', tree["cited"]) if "cited" in tree else "",
        format_html_join("", '<br><span class="balsts-small">{}</span>', ((one,) for one in _reasons(tree))),
        format_html('<ul class="balsts-tree">{}</ul>', SafeString("".join(below))) if below else "",
    )  # fmt: skip


def _measured(tree: Tree, key: str) -> SafeString:
    """A result or value with the word for its unit."""
    return format_html("<strong>{}{}</strong>", tree[key], f" {tree['unit']}" if "unit" in tree else "")


def _reasons(tree: Tree) -> Iterator[str]:
    if tree.get("calculation") and tree["calculation"] != tree["result"]:
        yield f"{tree['formula']} = {tree['calculation']}"
    yield from (f"{_('because')} {one}" for one in tree.get("because", ()))
    yield from (f"? {one}" for one in tree.get("open_questions", ()))


def _facts(tree: Tree) -> Iterator[SafeString]:
    not_known = _("not known, the law's default")
    for one in tree.get("inputs", ()):
        whose = f" ({one['who']})" if one.get("who") else ""
        default = "" if one.get("stated", True) else f" ({not_known})"
        yield format_html('<li>{}{}: {}<span class="balsts-small">{}</span></li>', one["title"], whose,
                          _measured(one, "value"), default)  # fmt: skip


def _values(tree: Tree) -> Iterator[SafeString]:
    for one in tree.get("parameters", ()):
        since = day_words(date.fromisoformat(one["valid_from"]))
        source = _("from %(day)s; %(reference)s") % {"day": since, "reference": one["reference"]}
        yield format_html('<li>{}: {} <span class="balsts-small">{}</span></li>', one["title"],
                          _measured(one, "value"), source)  # fmt: skip
