"""What a failed condition would have needed, in words: bounds, the other members of a choice, something stated."""

from __future__ import annotations

import ast

from balsts.law.engine.inputs import Choice

Sign = type[ast.cmpop]
OPPOSITE: dict[Sign, Sign] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
TURNED: dict[Sign, Sign] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq,
}  # fmt: skip
_BOUNDS: dict[str, dict[Sign, str]] = {
    "lv": {ast.Lt: "mazāk nekā {}", ast.LtE: "ne vairāk kā {}", ast.Gt: "vairāk nekā {}", ast.GtE: "vismaz {}",
           ast.Eq: "{}", ast.NotEq: "kaut kas cits, nevis {}"},
    "en": {ast.Lt: "less than {}", ast.LtE: "at most {}", ast.Gt: "more than {}", ast.GtE: "at least {}",
           ast.Eq: "{}", ast.NotEq: "anything but {}"},
}  # fmt: skip
_BOUNDS_OF_TIME: dict[str, dict[Sign, str]] = {
    "lv": {ast.Lt: "agrāk nekā {}", ast.LtE: "ne vēlāk kā {}", ast.Gt: "vēlāk nekā {}", ast.GtE: "ne agrāk kā {}"},
    "en": {ast.Lt: "before {}", ast.LtE: "no later than {}", ast.Gt: "after {}", ast.GtE: "no earlier than {}"},
}
_STATED = {
    "lv": {"day": ("norādīts", "nav norādīts"), "link": ("vismaz viena persona", "neviens")},
    "en": {"day": ("stated", "not stated"), "link": ("at least one person", "nobody")},
}
_NOT_STATED = {"lv": {"day": "nenorādīts", "link": "neviens"}, "en": {"day": "not stated", "link": "nobody"}}


def compared(sign: Sign, bound: str, unit: str, lang: str) -> str:
    """A bound in words: `mazāk nekā 24 gadi`; of days and months `ne vēlāk kā 2026. gada februāris`."""
    by_sign = _BOUNDS[lang] | (_BOUNDS_OF_TIME[lang] if unit in ("day", "month") else {})
    return by_sign[sign].format(bound)


def others(member: Choice, lang: str) -> str:
    """What is left of a choice without one member, as a list."""
    names = [one.lv if lang == "lv" else one.en for one in type(member) if one is not member]
    return (" vai " if lang == "lv" else " or ").join([", ".join(names[:-1]), names[-1]] if names[:-1] else names)


def stated_name(node: ast.expr) -> str | None:
    """The day or link of which a condition asks whether it is stated; None for any other condition."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return None
    if node.func.id not in ("is_known", "is_someone") or not isinstance(node.args[0], ast.Name):
        return None
    return node.args[0].id


def stated_words(unit: str, lang: str, *, wanted: bool) -> tuple[str, str]:
    """Of something that should be stated, or should not: what is needed, and how it is told that nothing is."""
    needed, missing = _STATED[lang]["link" if unit == "link" else "day"]
    return needed if wanted else _NOT_STATED[lang]["link" if unit == "link" else "day"], missing
