"""What a column of a published table means: one meaning for a name, in whatever table it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "number", "year", "date", "choice", "line"]
"""`code` is text that may look like a number; `line` is a place in a source document; `year` may be a span of years."""


@dataclass(frozen=True)
class Column:
    """A column: its heading in both languages, what its cells hold, and the words of a choice.

    Attributes:
        kind: what a cell is checked to be.
        choices: the codes that a cell of a choice may hold, with their words (Latvian, English).
        is_wording: its texts are those of a document, in Latvian.
    """

    name: str
    kind: Kind
    lv: str
    en: str
    choices: dict[str, tuple[str, str]] | None = None

    @property
    def is_wording(self) -> bool:
        """Whether its texts are a document's own words, which are Latvian."""
        return self.kind == "text"

    def heading(self, lang: str) -> str:
        """The heading of the column."""
        return self.lv if lang == "lv" else self.en

    def word(self, code: str, lang: str) -> str:
        """How a code of a choice is called; any other text is itself."""
        found = (self.choices or {}).get(code)
        return code if found is None else found[0 if lang == "lv" else 1]


_SEXES = {"female": ("sievietes", "women"), "male": ("vīrieši", "men")}
_KINDS = {
    "POLRR": ("politikas rezultatīvais rādītājs", "policy outcome"),
    "RDRR/DRR": ("resursu un darbības rezultatīvais rādītājs", "result of resources and activity"),
    "KV/DRR": ("kvalitātes rādītājs", "quality"),
    "DRR": ("darbības rezultatīvais rādītājs", "result of activity"),
    "PPDRR": ("prioritārā pasākuma darbības rezultatīvais rādītājs", "result of a priority measure"),
    "PPDRR/DRR": (
        "prioritārā pasākuma un darbības rezultatīvais rādītājs", "result of a priority measure and of activity"
    ),
    "PPIzd": ("prioritārā pasākuma izdevumi", "spending on a priority measure"),
}  # fmt: skip
_ROW_TYPES = {
    "benefit": ("pabalsts", "benefit"), "law_cost": ("likuma izmaksas", "cost of a law"),
    "measure": ("pasākums", "measure"), "group_total": ("grupas kopsumma", "total of a group"),
    "fund_total": ("fonda kopsumma", "total of a fund"), "total": ("kopā", "total"),
    "total_consolidated_text": ("konsolidēta kopsumma tekstā", "consolidated total in the text"),
    "text_group": ("summa tekstā", "sum in the text"), "criterion": ("kritērijs", "criterion"),
    "result": ("rezultāts", "result"), "result_figure": ("rezultāta skaitlis", "figure of a result"),
    "kpi": ("galvenais snieguma rādītājs", "key performance indicator"),
    "kpi_figure": ("snieguma rādītāja skaitlis", "figure of a key performance indicator"),
    "goal_assessment": ("mērķa vērtējums", "assessment of a goal"),
    "annex6_figure": ("6. pielikuma skaitlis", "figure of annex 6"),
    "goal_values_matrix": ("mērķi un vērtības", "goals and values"),
    "priority_values_matrix": ("prioritātes un vērtības", "priorities and values"),
}  # fmt: skip
_MEASURES = {"applications": ("pieteikumi", "applications"), "complaints": ("sūdzības", "complaints"),
             "delays": ("kavējumi", "delays")}  # fmt: skip
_CHANNELS = {
    "total": ("kopā", "total"), "in_person": ("klātienē", "in person"),
    "remote_total": ("attālināti kopā", "remote, total"), "post": ("pa pastu", "by post"),
    "electronic": ("elektroniski", "electronically"), "phone": ("pa tālruni", "by telephone"),
}  # fmt: skip

COLUMNS: dict[str, Column] = {
    one.name: one
    for one in (
        # What a figure is about.
        Column("row_id", "code", "rindas kods", "code of the row"),
        Column("year", "year", "gads", "year"),
        Column("period", "year", "periods", "period"),
        Column("as_of", "date", "stāvoklis uz", "as of"),
        Column("sex", "choice", "dzimums", "sex", _SEXES),
        Column("section", "code", "sadaļa", "section"),
        Column("table", "code", "tabula", "table"),
        Column("institution", "code", "iestāde", "institution"),
        Column("budget", "choice", "budžets", "budget", {
            "basic": ("valsts pamatbudžets", "basic state budget"),
            "special": ("speciālais budžets", "special budget"),
        }),
        Column("policy_area", "text", "politikas joma", "policy area"),
        Column("policy_area_source", "choice", "kā joma zināma", "how the area is known", {
            "published": ("publicēta", "published"), "derived": ("izsecināta", "derived"),
            "assigned": ("noteikta pēc nosaukuma", "assigned by title"),
        }),
        Column("policy_card", "text", "politikas un resursu vadības karte", "policy and resource management card"),
        Column("priority_measure_no", "code", "prioritārā pasākuma numurs", "number of the priority measure"),
        Column("priority_measure_name", "text", "prioritārais pasākums", "priority measure"),
        Column("programme_code", "code", "programmas kods", "code of the programme"),
        Column("programme_name", "text", "programma", "programme"),
        Column("result", "text", "rezultāts", "result"),
        Column("indicator_kind", "choice", "rādītāja veids", "kind of indicator", _KINDS),
        Column("indicator_parent", "text", "tai skaitā no", "part of"),
        Column("indicator_name", "text", "rādītājs", "indicator"),
        Column("indicator", "text", "rādītājs", "indicator"),
        Column("group", "text", "grupa", "group"),
        Column("row_type", "choice", "rindas veids", "kind of row", _ROW_TYPES),
        Column("line_code", "code", "rindas numurs", "number of the line"),
        Column("line", "text", "rinda", "line"),
        Column("measure_no", "code", "pasākuma numurs", "number of the measure"),
        Column("measure_code", "code", "pasākuma kods", "code of the measure"),
        Column("measure_name", "text", "pasākums", "measure"),
        Column("fund", "code", "fonds", "fund"),
        Column("group_code", "code", "grupas kods", "code of the group"),
        Column("group_name", "text", "pasākumu grupa", "group of measures"),
        Column("end_date", "date", "beigu datums", "end date"),
        Column("status", "choice", "statuss", "status", {
            "finished": ("pabeigts", "finished"), "in_progress": ("īstenošanā", "in progress"),
            "IZPILDĪTS": ("izpildīts", "reached"), "PROCESĀ": ("procesā", "in progress"),
            "reached": ("sasniegts", "reached"), "planned": ("plānots", "planned"),
        }),
        Column("project", "text", "projekts", "project"),
        Column("project_no", "code", "projekta numurs", "number of the project"),
        Column("start_date", "date", "sākuma datums", "start date"),
        Column("element", "choice", "plāna daļa", "part of the plan", {
            "investment": ("investīcija", "investment"), "milestone": ("atskaites punkts", "milestone"),
            "project": ("projekts", "project"),
        }),
        Column("element_code", "code", "plāna daļas numurs", "number of the part"),
        Column("element_name", "text", "nosaukums", "name"),
        Column("part_of", "code", "daļa no", "part of"),
        Column("auditor", "text", "revidents", "auditor"),
        Column("audit", "text", "revīzija", "audit"),
        Column("conclusion", "text", "secinājums", "conclusion"),
        Column("recommendation", "text", "ieteikums un tā izpilde", "recommendation and what came of it"),
        Column("follow_up", "choice", "ieteikumu izpilde", "state of recommendations", {
            "none_issued": ("ieteikumi nav izteikti", "none were made"), "done": ("izpildīts", "carried out"),
            "open": ("tiek izpildīts", "under way"), "not_stated": ("nav pateikts", "not said"),
        }),
        Column("term", "date", "termiņš", "term"),
        Column("research", "text", "pētījums", "study"),
        Column("aim", "text", "nolūks", "aim"),
        Column("evidence", "text", "kas paveikts", "what was done"),
        Column("target", "text", "mērķis", "target"),
        Column("service", "text", "pakalpojums", "service"),
        Column("stage", "choice", "posms", "stage", {
            "started": ("uzsākti", "started"), "finished": ("pabeigti", "finished"),
        }),
        Column("measure", "choice", "ko skaita", "what is counted", _MEASURES),
        Column("channel", "choice", "kanāls", "channel", _CHANNELS),
        Column("item", "text", "postenis", "item"),
        Column("priority", "text", "prioritāte", "priority"),
        Column("goal_no", "code", "mērķa numurs", "number of the goal"),
        Column("goal", "text", "mērķis", "goal"),
        Column("metric", "text", "ko mēra", "what is measured"),
        Column("name", "text", "nosaukums", "name"),
        Column("kind", "choice", "veids", "kind", {
            "amount": ("summa", "amount"), "threshold": ("slieksnis", "threshold"),
            "coefficient": ("koeficients", "coefficient"), "age": ("vecums", "age"),
            "deadline": ("termiņš", "term"),
        }),
        Column("valid_from", "date", "spēkā no", "valid from"),
        Column("valid_to", "date", "spēkā līdz", "valid to"),
        Column("validity_basis", "choice", "kā spēkā esība zināma", "how validity is known", {
            "printed": ("publicēta", "printed"), "reporting_year": ("pārskata gads", "year of the report"),
            "inferred": ("izsecināta", "inferred"),
        }),
        Column("legal_reference", "text", "tiesību akts", "legal act"),
        Column("benefit", "text", "pabalsts", "benefit"),
        Column("condition", "text", "nosacījums", "condition"),
        Column("law", "text", "likums", "law"),
        Column("criterion_no", "code", "kritērija numurs", "number of the criterion"),
        Column("criterion", "text", "kritērijs", "criterion"),
        Column("model", "text", "modelis", "model"),
        Column("model_family", "text", "modelis", "model"),
        Column("model_variant", "code", "variants", "variant"),
        Column("finance_source", "text", "finansējuma avots", "source of finance"),
        Column("unit", "text", "mērvienība", "unit"),
        # Figures.
        Column("value", "number", "vērtība", "value"),
        Column("female", "number", "sievietes", "women"),
        Column("male", "number", "vīrieši", "men"),
        Column("value_part1", "number", "vērtības 1. daļa", "first part of the value"),
        Column("value_part2", "number", "vērtības 2. daļa", "second part of the value"),
        Column("plan", "number", "plāns", "plan"),
        Column("planned", "number", "plānots", "planned"),
        Column("actual", "number", "izpilde", "execution"),
        Column("achieved", "number", "sasniegts", "reached"),
        Column("percent_published", "number", "procenti, kā publicēts", "percent as published"),
        Column("percent", "number", "procenti", "percent"),
        Column("share_percent", "number", "īpatsvars, %", "share, %"),
        Column("change_vs_2025", "number", "izmaiņas pret 2025. gadu", "change against 2025"),
        Column("total_eur", "number", "finansējums, EUR", "finance, EUR"),
        Column("invested_eur", "number", "ieguldīts, EUR", "invested, EUR"),
        Column("basic_budget_eur", "number", "pamatbudžets, EUR", "basic budget, EUR"),
        Column("special_budget_eur", "number", "speciālais budžets, EUR", "special budget, EUR"),
        Column("text_amount_million_eur", "number", "summa tekstā, milj. EUR", "amount in the text, million EUR"),
        Column("amount", "number", "lielums", "amount"),
        Column("old_amount", "number", "līdz šim", "before"),
        Column("new_amount", "number", "turpmāk", "from then on"),
        Column("recipients_published", "number", "saņēmēji, kā publicēts", "recipients as published"),
        Column("cost_2026_million_eur", "number", "izmaksas 2026, milj. EUR", "cost in 2026, million EUR"),
        Column("cost_2027_million_eur", "number", "izmaksas 2027, milj. EUR", "cost in 2027, million EUR"),
        Column("cost_2028_million_eur", "number", "izmaksas 2028, milj. EUR", "cost in 2028, million EUR"),
        Column("score", "number", "punkti", "points"),
        # What is told of a figure.
        Column("value_text", "text", "vērtība tekstā", "value as text"),
        Column("source_file", "code", "avota dokuments", "source document"),
        Column("source_line", "line", "rinda avotā", "line of the source"),
        Column("source_line_start", "line", "ieraksta pirmā rinda avotā", "first line of the record in the source"),
        Column("source_line_planned", "line", "plāna rinda avotā", "line of the plan in the source"),
        Column("source_line_achieved", "line", "sasniegtā rinda avotā", "line of what was reached in the source"),
        Column("recipients_source_line", "line", "saņēmēju rinda avotā", "line of the recipients in the source"),
        Column("title_line", "line", "nosaukuma rinda avotā", "line of the title in the source"),
        Column("source_note", "text", "piezīme", "note"),
    )
}  # fmt: skip
"""Every column by its name."""
