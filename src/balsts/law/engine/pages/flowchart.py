"""The graph of a rule as a flowchart in Mermaid, which the pages' readers draw: what it needs, within its folder."""

from __future__ import annotations

from balsts.law.engine.checks.graph import needs, role_of, within_folder
from balsts.law.engine.explaining.words import title_of
from balsts.law.engine.law import Law

_SHAPES = {
    "right": ('(["', '"])'), "status": ('{{"', '"}}'), "rule": ('["', '"]'), "gathered": ('[["', '"]]'),
    "parameter": ('[("', '")]'), "input": ('[/"', '"/]'), "every": ('(["', '"])'),
}  # fmt: skip
_EVERY_COUNTED = "counted_rights"


def flowchart(law: Law, name: str) -> list[str]:
    """A rule with all it needs: of its own folder in full, of other folders by name (dashed)."""
    inside = within_folder(law, name)
    edges: dict[tuple[str, str], None] = {}
    for reader in inside:
        declared = law.gathered.get(reader)
        is_every = declared is not None and declared.kind == "rights"
        for read in [declared.where] if is_every and declared else needs(law, reader):
            if read and role_of(law, read) != "month":
                edges[read, reader] = None
        if is_every:
            edges[_EVERY_COUNTED, reader] = None
    nodes = list(dict.fromkeys([name, *(read for read, _ in edges), *inside]))
    ids = {node: f"n{number}" for number, node in enumerate(nodes)}
    lines = ["flowchart LR"]
    outside = []
    for node in nodes:
        shape = _shape(law, node)
        if shape in ("right", "status", "rule", "gathered", "every") and node not in inside:
            outside.append(ids[node])
        lines.append(f"  {ids[node]}{_SHAPES[shape][0]}{_label(law, node)}{_SHAPES[shape][1]}")
    lines += [f"  {ids[read]} --> {ids[reader]}" for read, reader in edges]
    if outside:
        lines += ["  classDef outside stroke-dasharray:4 3", f"  class {','.join(outside)} outside"]
    return lines


def _shape(law: Law, name: str) -> str:
    if name == _EVERY_COUNTED:
        return "every"
    role = role_of(law, name)
    if role != "rule":
        return role if role in _SHAPES else "input"
    last = law.rules[name][-1]
    return "right" if last.right else "status" if last.is_status else "rule"


def _label(law: Law, name: str) -> str:
    if name == _EVERY_COUNTED:
        return "all rights that count as income"
    title = title_of(law, name, "en").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    return f"{title}<br/>{law.parameters[name].name if name in law.parameters else name}"
