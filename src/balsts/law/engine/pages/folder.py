"""The page of one folder of law: its rules over time, its parameters with their charts, tests and open questions."""

from __future__ import annotations

from datetime import date
from itertools import chain

from balsts.law.engine.checks.cases import Case
from balsts.law.engine.checks.graph import needs, place_of, role_of
from balsts.law.engine.declare import Gathered, RuleVersion
from balsts.law.engine.explaining.words import title_of
from balsts.law.engine.law import Law
from balsts.law.engine.pages.flowchart import flowchart
from balsts.law.engine.pages.markdown import act_link, article_links, link, plain, rows, slug, source_links
from balsts.law.engine.pages.questions import OpenQuestion, open_questions
from balsts.law.engine.pages.wording import docstring, formula
from balsts.law.engine.parameters import DatedValue, Parameter
from balsts.law.engine.quantities import month_text
from balsts.law.engine.vocabulary import Lookup

_CERTAINTIES = {
    "act": "read in the act", "seen": "seen in a source", "derived": "**derived**", "unverified": "**unverified**",
    "unknown": "**unknown**",
}  # fmt: skip
_PERIODS = {
    "month": "a month", "once": "once", "half_year": "a half-year", "quarter": "a quarter", "week": "a week",
    "hour": "an hour", "day": "a day",
}  # fmt: skip
_MANY = 6


def heading_of(law: Law, folder: str) -> tuple[str, str]:
    """What a folder is about, in Latvian and English: its right of that name, or its only right, or its name."""
    rights = [name for name in law.rights() if law.folder_of[name] == folder]
    name = folder if folder in law.rules else rights[0] if len(rights) == 1 else ""
    words = folder.replace("_", " ").capitalize()
    return (title_of(law, name, "lv"), title_of(law, name, "en")) if name else ("", words)


class FolderPage:
    """Writes the page of one folder."""

    def __init__(
        self, law: Law, folder: str, *, users: dict[str, list[str]], golden: list[Case], charts: dict[str, str]
    ) -> None:
        self.law = law
        self.folder = folder
        self.users = users
        self.golden = golden
        self.charts = charts
        names = [name for name, owner in law.folder_of.items() if owner == folder and name in law.rules]
        self.rules = sorted(
            names, key=lambda name: (_rank(law.rules[name][-1]), place_of(law, law.rules[name][0]).line)
        )
        self.gathered = [name for name in law.gathered if law.folder_of[name] == folder]
        self.parameters = [one for one in law.parameters.values() if one.name.split(".")[0] == folder]

    def text(self) -> str:
        """The page."""
        lv, en = heading_of(self.law, self.folder)
        parts = [
            [f"# {plain(en)}", ""],
            [f"*{plain(lv)}*", ""] if lv else [],
            [(f"`{self.law.folders[self.folder].relative_to(self.law.root).as_posix()}` · [all of the law](index.md) · "
             "[what changes when](changes.md)"), ""],
            self.contents(),
            *(self.graph(name) for name in self.drawn()),
            *(self.rule(name) for name in self.rules),
            *(self.gathered_value(name) for name in self.gathered),
            ["## Parameters", ""] if self.parameters else [],
            *(self.parameter(one) for one in self.parameters),
            self.questions(),
        ]  # fmt: skip
        return "\n".join(chain.from_iterable(parts)).rstrip("\n") + "\n"

    def contents(self) -> list[str]:
        """The rules in a table."""
        return rows(
            ["rule", "Latvian", "English", "act", "since", "until"],
            [
                [self.to(name), plain(last.lv), plain(last.en), act_link(self.law, last.act, last.article),
                 str(self.law.rules[name][0].since), _end(last.until)]
                for name in self.rules for last in [self.law.rules[name][-1]]
            ],
        )  # fmt: skip

    def drawn(self) -> list[str]:
        """The rules whose graphs are drawn: what is owed, and what nothing else of the folder needs."""
        owed = [name for name in self.rules if _rank(self.law.rules[name][-1]) < _PLAIN]
        inside = {*self.rules, *self.gathered}
        ends = [name for name in (*self.rules, *self.gathered) if not inside & set(self.users.get(name, ()))]
        return list(dict.fromkeys([*owed, *(ends if not owed else [])]))

    def graph(self, name: str) -> list[str]:
        """The graph of a rule."""
        title = plain(title_of(self.law, name, "en"))
        return [f"## Graph: {title}", "", "```mermaid", *flowchart(self.law, name), "```", ""]

    # -- rules -----------------------------------------------------------------------------------------------------

    def rule(self, name: str) -> list[str]:
        """A rule with its wordings, its neighbours and its golden tests."""
        versions = self.law.rules[name]
        last = versions[-1]
        lines = [f"## `{name}`", "", f"**{plain(last.lv)}** · {plain(last.en)}", "", _terms(last), ""]
        for version in versions:
            lines += self.wording(version)
        lines += self.neighbours(name)
        return lines + self.tests(name)

    def wording(self, version: RuleVersion) -> list[str]:
        """One wording: when, where it stands, what it says."""
        until = f" until {version.until}" if version.until else ""
        enacted = f", known from {version.enacted}" if version.enacted else ""
        cited = act_link(self.law, version.act, version.article)
        lines = [f"### From {version.since}{until}", "", f"{cited}{enacted}. {plain(docstring(version.function))}", ""]
        if version.rounding is not None:
            how = "to the nearest, halves up" if version.rounding.mode == "half_up" else "down"
            to = "cent" if version.rounding.to_cents == 1 else "euro"
            lines += [f"Rounded to the {to}, {how} ({plain(version.rounding.article)}).", ""]
        lines += ["```python", *formula(version.function).splitlines(), "```", ""]
        for question in version.questions:
            asked = f"> **Open:** {plain(question.en)} {source_links(self.law, question.rests_on.split(', '))}"
            lines += [asked, ">", f"> {plain(question.lv)}", ""]
        return lines

    def neighbours(self, name: str) -> list[str]:
        """What it needs, and what needs it."""
        read = [one for one in needs(self.law, name) if one != "month"]
        users = self.users.get(name, [])
        lines = [f"Needs: {', '.join(self.to(one) for one in read)}.", ""] if read else []
        return lines + ([f"Needed by: {', '.join(self.to(one) for one in users)}.", ""] if users else [])

    def to(self, name: str) -> str:
        """A name, linked to where it is told of."""
        if role_of(self.law, name) == "parameter":
            path = self.law.parameters[name].name
            folder = path.split(".")[0]
            return link(f"`{path}`", f"{'' if folder == self.folder else f'{folder}.md'}#{slug(path)}")
        if name not in self.law.folder_of:
            return f"{plain(title_of(self.law, name, 'en'))} (`{name}`)"
        folder = self.law.folder_of[name]
        return link(f"`{name}`", f"{'' if folder == self.folder else f'{folder}.md'}#{slug(name)}")

    def tests(self, name: str) -> list[str]:
        """The golden tests that expect a figure of a name."""
        found = sorted((case for case in self.golden if name in case.names), key=lambda case: case.month)
        body = rows(
            ["month", "expected", "case", "where the figure comes from"],
            [[month_text(case.month), plain(_expected(case, name)), plain(case.name), plain(case.source)]
             for case in found],
        )  # fmt: skip
        if len(found) <= _MANY:
            return [f"Golden tests: {len(found)}.", "", *body] if found else []
        return ["<details>", f"<summary>Golden tests: {len(found)}</summary>", "", *body, "</details>", ""]

    def gathered_value(self, name: str) -> list[str]:
        """A gathered value in words."""
        declared = self.law.gathered[name]
        lines = [f"## `{name}`", "", f"**{plain(declared.lv)}** · {plain(declared.en)}", "", self.gathers(declared), ""]
        return lines + self.neighbours(name) + self.tests(name)

    def gathers(self, declared: Gathered) -> str:
        """What a gathered value gathers."""
        of = self.to(declared.of) if declared.of else ""
        where = f", of those for whom {self.to(declared.where)} holds" if declared.where else ""
        over = {"household": "of the household", "family": "of the family"}.get(
            declared.over, f"who point to this person as `{declared.over}`")  # fmt: skip
        return {
            "count": f"How many members {over} fulfil {of}{where}.",
            "total": f"The sum of {of} over the members {over}{where}.",
            "any": f"Whether any member {over} fulfils {of}{where}.",
            "largest": f"The largest {of} among the members {over}{where}.",
            "linked": f"{of} of the person that `{declared.over}` points to; {declared.otherwise} without one.",
            "earlier": f"{of} of {declared.months} months before, under the law of then.",
            "rights": f"The sum of all rights that count as income, over the members {over}{where}.",
        }[declared.kind]

    # -- parameters ------------------------------------------------------------------------------------------------

    def parameter(self, one: Parameter) -> list[str]:
        """A parameter with its values, their references and its chart."""
        kind = one.type if one.of == one.type else f"{one.type} of {one.of}" + (f" by {one.by}" if one.by else "")
        lines = [f"### `{one.name}`", "", f"**{plain(one.lv)}** · {plain(one.en)}", "",
                 (f"{article_links(self.law, one.article)}; {one.unit}, per {one.per.replace('_', ' ')}; "
                 f"{kind.replace('_', ' ')}."), ""]  # fmt: skip
        if one.name in self.charts:
            lines += [f"![{plain(one.en)} over time]({self.charts[one.name]})", ""]
        lines += rows(
            ["from", "value", "set by", "how certain", "rests on"], [self.value(value) for value in one.values]
        )
        for value in one.values:
            if value.question is not None:
                asked = f"> **Open, from {value.since}:** {plain(value.question[1])}"
                lines += [asked, ">", f"> {plain(value.question[0])}", ""]
        users = self.users.get(one.argument, [])
        return lines + ([f"Read by: {', '.join(self.to(user) for user in users)}.", ""] if users else [])

    def value(self, value: DatedValue) -> list[str]:
        """One value as a row."""
        written = (
            plain(value.written).replace(", ", "<br>") if isinstance(value.value, Lookup) else plain(value.written)
        )
        enacted = f" (known from {value.enacted})" if value.enacted else ""
        certainty = "" if value.repealed else _CERTAINTIES[value.certainty]
        latvian, english = (plain(text) for text in value.reference)
        reference = english if latvian == english else f"{english}<br>*{latvian}*"
        return [str(value.since), written, f"{reference}{enacted}", certainty,
                source_links(self.law, value.rests_on)]  # fmt: skip

    def questions(self) -> list[str]:
        """All that is open in this folder."""
        found = open_questions(self.law, self.folder)
        if not found:
            return []
        return ["## Open questions", "", *rows(
            ["what", "of", "from", "question", "Latvian"], [self.question(one) for one in found])]  # fmt: skip

    def question(self, one: OpenQuestion) -> list[str]:
        """One open question as a row."""
        sort = "reading" if one.sort == "rule" else f"{one.sort} value"
        lv, en = one.question or ("", "")
        return [sort, self.to(one.name.replace(".", "_")), str(one.since), plain(en), plain(lv)]


_PLAIN = 2


def _rank(version: RuleVersion) -> int:
    """Rights first, then statuses, then the rules they need."""
    return 0 if version.right else 1 if version.is_status else _PLAIN


def _end(until: date | None) -> str:
    return str(until) if until else ""


def _terms(version: RuleVersion) -> str:
    """What sort of rule it is, in a sentence."""
    if version.is_status:
        return "A status of the household."
    if version.right is None:
        return f"A rule of a {version.entity}."
    terms = version.right
    told = [f"A right of a {version.entity}", f"paid by {terms.payer}", _PERIODS[terms.per]]
    told.append("in the month after" if terms.paid == "arrears" else "in the month it is for")
    told.append("counts as income in the means test" if terms.counted else "does not count as income")
    if terms.payee:
        told.append(f"paid to `{terms.payee}`")
    if terms.starts_on_application:
        told.append("only on application")
    if terms.after_death:
        told.append("due after death too")
    return ", ".join(told) + "."


def _expected(case: Case, name: str) -> str:
    if name in case.expect:
        return case.expect[name]
    return ", ".join(f"{who} {value}" for who, value in case.expect_rule[name].items())
