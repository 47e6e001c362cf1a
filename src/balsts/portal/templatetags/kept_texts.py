"""Django's tags for texts (`{% load i18n %}`), with one that is faster.

A page has a hundred texts that are written in its template; each is looked up once for a language, and then kept.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags import i18n
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class KeptText(template.Node):
    """A text that depends on nothing but the language."""

    def __init__(self, node: template.Node) -> None:
        self._node: Any = node
        self._kept: dict[tuple[str | None, bool], SafeString] = {}

    def render(self, context: Any) -> SafeString:
        """The text in the language of the page."""
        key = get_language(), context.autoescape
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._node.render(context)
        return found


@register.tag
def translate(parser: Any, token: Any) -> template.Node:
    """As Django's own; `{% translate "…" %}` is kept, one with a variable, a filter or `as` is not."""
    node: Any = i18n.do_translate(parser, token)
    text = node.filter_expression
    is_alike = not (node.asvar or node.message_context or text.filters) and text.var.literal is not None
    return KeptText(node) if is_alike else node
