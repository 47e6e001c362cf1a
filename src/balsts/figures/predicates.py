"""Who may take in published tables."""

from __future__ import annotations

import rules

from balsts.access.predicates import has_ability

rules.add_rule("figures.load", has_ability("publish_figures"))
