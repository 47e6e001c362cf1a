"""The published tables: which columns each has, what makes a row its own, what each figure is measured in.

A new year of a table is a file with the same columns. A table is declared here and nowhere else: reading, loading,
pages, downloads and the open data all follow the declaration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from balsts.figures.columns import COLUMNS, Column

DATA = Path(__file__).parent / "data"
OF_ROW = "@unit"
"""The unit of a figure stands in its row, in the column `unit`."""


@dataclass(frozen=True)
class Dataset:
    """A published table.

    Attributes:
        code: its name in addresses and commands.
        file: the file that is part of the product.
        columns: names of its columns, in order.
        key: the columns that together make a row its own.
        units: each column of figures with its unit: `OF_ROW`, or the unit itself.
        period: the column that says which year or span of years a row is about; none: the whole table is about one.
        about_period: that year or span, where no column says it.
        years_before: how many years before the reported one a table may print beside it; None: any.
        required: columns that every row must fill.
        spans: whether a period may be a span of years, or words.
        row_code: the column with a code of the row, where the document leaves rows alike: these are counted.
        choices: which codes of a choice this table has, where it does not have all.
    """

    code: str
    file: str
    lv: str
    en: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    units: dict[str, str]
    period: str = ""
    about_period: str = ""
    years_before: int | None = 0
    required: tuple[str, ...] = ()
    spans: bool = False
    row_code: str = ""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def title(self, lang: str) -> str:
        """The title of the table."""
        return self.lv if lang == "lv" else self.en

    @property
    def has_figures(self) -> bool:
        """Whether it has figures; some tables are of words alone, as what audits concluded."""
        return bool(self.units)

    @property
    def path(self) -> Path:
        """Where its file lies."""
        return DATA / self.file

    @property
    def dimensions(self) -> tuple[Column, ...]:
        """The columns that say what a figure is about: all but figures, places in sources and remarks."""
        return tuple(COLUMNS[one] for one in self.columns if one not in self.units and one not in TOLD_BESIDE
                     and COLUMNS[one].kind != "line")  # fmt: skip

    @property
    def series_key(self) -> tuple[str, ...]:
        """The columns that make a series its own: the key without the period."""
        return tuple(one for one in self.key if one != self.period)


TOLD_BESIDE = ("value_text", "source_file", "source_note")
"""What is told of a figure, beside what it is about and what it is."""


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SOURCE = "source_file source_line source_note"

DATASETS: dict[str, Dataset] = {
    one.code: one
    for one in (
        Dataset(
            "indicators", "indicators_2020.csv",
            "Darbības rezultāti un rezultatīvie rādītāji", "Results and performance indicators",
            _columns("row_id year policy_area policy_area_source policy_card priority_measure_no priority_measure_name "
                     "programme_code programme_name result indicator_kind indicator_parent indicator_name unit value "
                     "female male value_text value_part1 value_part2 source_file source_line source_line_start "
                     "source_note"),
            _columns("year policy_card priority_measure_no priority_measure_name programme_code result indicator_kind "
                     "indicator_parent indicator_name unit"),
            dict.fromkeys(_columns("value female male value_part1 value_part2"), OF_ROW),
            period="year", required=_columns("row_id year indicator_kind"), row_code="row_id",
        ),
        Dataset(
            "budget-execution", "budget_execution.csv", "Budžeta izpilde", "Budget execution",
            _columns(f"table institution year budget programme_code programme_name line_code line plan actual unit "
                     f"percent_published {_SOURCE}"),
            _columns("table institution year budget programme_code programme_name line_code line unit"),
            {"plan": OF_ROW, "actual": OF_ROW, "percent_published": "%"},
            period="year", years_before=2, required=_columns("table institution year budget programme_name line unit"),
            choices={"budget": ("basic", "special")},
        ),
        Dataset(
            "budget-frame", "budget_2026_2028.csv", "Vidēja termiņa budžeta ietvars", "Medium-term budget frame",
            _columns(f"section item year value unit share_percent change_vs_2025 {_SOURCE}"),
            _columns("section item year unit"),
            {"value": OF_ROW, "share_percent": "%", "change_vs_2025": OF_ROW},
            period="year", years_before=None, required=_columns("section item year value unit"), spans=True,
        ),
        Dataset(
            "priority-measures", "priority_measures_2023.csv", "Prioritārie pasākumi", "Priority measures",
            _columns(f"year measure_no row_type measure_name basic_budget_eur special_budget_eur "
                     f"text_amount_million_eur {_SOURCE}"),
            _columns("year row_type measure_no measure_name"),
            {"basic_budget_eur": "EUR", "special_budget_eur": "EUR", "text_amount_million_eur": "million EUR"},
            period="year", required=_columns("year row_type measure_name"),
            choices={"row_type": ("measure", "total", "total_consolidated_text", "text_group")},
        ),
        Dataset(
            "public-services", "public_services_2023.csv", "Publiskie pakalpojumi", "Public services",
            _columns(f"year service stage measure channel value unit {_SOURCE}"),
            _columns("year service stage measure channel"),
            {"value": OF_ROW}, period="year", required=_columns("year service measure value unit"),
            choices={"stage": ("started", "finished"), "measure": ("applications", "complaints", "delays")},
        ),
        Dataset(
            "strategy", "strategy_goals_2020_2023.csv", "Stratēģijas mērķi", "Goals of the strategy",
            _columns(f"row_type priority goal_no goal result indicator status target metric value unit year value_text "
                     f"{_SOURCE}"),
            _columns("row_type priority goal_no goal result indicator metric year unit"),
            {"value": OF_ROW}, period="year", years_before=None, required=_columns("row_type"), spans=True,
            choices={"row_type": _columns("result result_figure kpi kpi_figure goal_assessment annex6_figure "
                                          "goal_values_matrix priority_values_matrix"),
                     "status": ("IZPILDĪTS", "PROCESĀ")},
        ),
        Dataset(
            "report-figures", "report_figures_2023.csv", "Citi pārskata skaitļi", "Other figures of the report",
            _columns(f"section indicator group year value unit {_SOURCE}"),
            _columns("section indicator group year unit"),
            {"value": OF_ROW}, period="year", years_before=1, required=_columns("section indicator year value unit"),
            spans=True,
        ),
        Dataset(
            "siva", "siva_2021.csv", "Sociālās integrācijas valsts aģentūras rādītāji",
            "Figures of the State Social Integration Agency",
            _columns(f"section indicator group sex year unit plan value percent_published {_SOURCE}"),
            _columns("section indicator group sex year unit"),
            {"plan": OF_ROW, "value": OF_ROW, "percent_published": "%"},
            period="year", years_before=1, required=_columns("section indicator year unit value"), spans=True,
            choices={"sex": ("female", "male")},
        ),
        Dataset(
            "eu-funds", "eu_funds_2020.csv", "ES fondu finansējums", "Finance by EU funds",
            _columns("row_type measure_code measure_name fund group_code group_name total_eur invested_eur "
                     "percent_published end_date status as_of source_file source_line title_line source_note"),
            _columns("row_type measure_code fund group_code as_of"),
            {"total_eur": "EUR", "invested_eur": "EUR", "percent_published": "%"},
            period="as_of", required=_columns("row_type measure_name total_eur invested_eur as_of"),
            choices={"row_type": _columns("measure group_total fund_total total"),
                     "status": ("finished", "in_progress")},
        ),
        Dataset(
            "eu-funds-targets", "eu_funds_targets_2020.csv", "ES fondu rādītāju mērķi", "Targets of EU funds",
            _columns("measure_code target unit planned achieved percent_published source_file source_line_planned "
                     "source_line_achieved source_note"),
            _columns("measure_code target unit"),
            {"planned": OF_ROW, "achieved": OF_ROW, "percent_published": "%"},
            about_period="2020", required=_columns("measure_code target unit"),
        ),
        Dataset(
            "amounts", "amounts.csv", "Pabalstu apmēri un sliekšņi", "Amounts and thresholds",
            _columns(f"name group kind amount unit valid_from valid_to validity_basis legal_reference {_SOURCE}"),
            _columns("name group kind unit valid_from valid_to legal_reference source_file source_line"),
            {"amount": OF_ROW}, about_period="2023-2026", required=_columns("name kind unit source_line"),
        ),
        Dataset(
            "benefit-reforms", "benefit_reforms_2026.csv", "Pabalstu reformas", "Reforms of benefits",
            _columns("benefit unit condition old_amount new_amount valid_from recipients_published law "
                     "cost_2026_million_eur cost_2027_million_eur cost_2028_million_eur row_type source_file "
                     "source_line recipients_source_line source_note"),
            _columns("row_type benefit unit condition law"),
            {"old_amount": OF_ROW, "new_amount": OF_ROW, "recipients_published": "personas",
             "cost_2026_million_eur": "million EUR", "cost_2027_million_eur": "million EUR",
             "cost_2028_million_eur": "million EUR"},
            about_period="2026", required=_columns("law row_type"), choices={"row_type": ("benefit", "law_cost")},
        ),
        Dataset(
            "care-models", "ltc_models.csv", "Ilgstošas aprūpes finansēšanas modeļi", "Models of financing care",
            _columns(f"model_family model_variant finance_source period percent {_SOURCE}"),
            _columns("model_family model_variant finance_source period"),
            {"percent": "%"}, period="period", years_before=None, spans=True,
            required=_columns("model_family finance_source period percent"),
        ),
        Dataset(
            "care-criteria", "ltc_criteria.csv", "Aprūpes modeļu vērtējums", "Assessment of models of care",
            _columns("criterion_no criterion model score row_type source_file source_line"),
            _columns("criterion model row_type"), {"score": "punkti"}, about_period="2026",
            required=_columns("criterion model score row_type"), choices={"row_type": ("criterion", "total")},
        ),
        Dataset(
            "programme-headings", "programme_headings_2023.csv", "Budžeta programmu virsraksti",
            "Headings of budget programmes",
            _columns(f"year budget programme_code programme_name {_SOURCE}"),
            _columns("year budget programme_code programme_name"), {},
            period="year", required=_columns("year budget programme_code programme_name"),
            choices={"budget": ("basic", "special")},
        ),
        Dataset(
            "eu-projects", "eu_projects.csv", "ES fondu un citi projekti", "Projects of EU funds and others",
            _columns("year project project_no measure_code fund institution programme_code start_date end_date status "
                     f"{_SOURCE}"),
            _columns("year project project_no"), {},
            period="year", years_before=None, required=_columns("year project"),
            choices={"status": ("finished", "in_progress")},
        ),
        Dataset(
            "recovery-plan", "recovery_plan.csv", "Atveseļošanas un noturības mehānisms",
            "Recovery and Resilience Facility",
            _columns("year element element_code element_name part_of institution status end_date value unit value_text "
                     f"{_SOURCE}"),
            _columns("year element element_code element_name"), {"value": OF_ROW},
            period="year", years_before=None, required=_columns("year element element_name"),
            choices={"status": ("planned", "in_progress", "reached")},
        ),
        Dataset(
            "audits", "audits.csv", "Revīzijas un auditi", "Audits",
            _columns(f"year institution auditor audit conclusion recommendation follow_up term {_SOURCE}"),
            _columns("year institution auditor audit source_line"), {},
            period="year", years_before=2, required=_columns("year institution auditor audit follow_up"),
        ),
        Dataset(
            "research", "research_2023.csv", "Pētījumi", "Research",
            _columns(f"year research aim status {_SOURCE}"), _columns("year research"), {},
            period="year", required=_columns("year research"), choices={"status": ("finished", "in_progress")},
        ),
        Dataset(
            "strategy-evidence", "strategy_evidence_2023.csv", "Stratēģijas rezultātu apliecinājumi",
            "Evidence of results of the strategy",
            _columns(f"year result evidence {_SOURCE}"), _columns("year result evidence"), {},
            period="year", required=_columns("year result evidence"),
        ),
    )
}  # fmt: skip
"""All tables by code."""
