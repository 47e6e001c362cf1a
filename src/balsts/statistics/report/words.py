"""The few words around what a report says, in both languages."""

from __future__ import annotations

from balsts.statistics.report.form import Report

_WORDS: dict[str, tuple[str, str]] = {
    "contents": ("Saturs", "Contents"),
    "page": ("{page}. lapa no {pages}", "Page {page} of {pages}"),
    "table": ("{number}. tabula.", "Table {number}."),
    "chart": ("{number}. attēls.", "Figure {number}."),
    "same": ("Tie paši skaitļi: {number}. tabulā.", "The same numbers: table {number}."),
    "remarks": ("Piezīmes", "Remarks"),
    "remark": ("Piezīme {number}", "Remark {number}"),
    "computed": ("aprēķināts", "computed"),
    "sources": ("Skaitļu avoti", "Sources of figures"),
    "sources_told": (
        "Katrs pārskata skaitlis ar tā vietu avotā. Kods ir skaitļa adrese portālā, aiz /statistics/tables/.",
        "Each number of the report with its place in the source. The code is its address after /statistics/tables/.",
    ),
    "definitions_told": (
        "Katrs pārskata skaitlis ar definīciju, pēc kuras tas saskaitīts. Definīciju lapas portālā: /statistics/live/.",
        "Each number of the report with the definition by which it was counted. Their pages: /statistics/live/.",
    ),
    "documents": ("Dokumenti un definīcijas", "Documents and definitions"),
    "number": ("Nr.", "No."),
    "figures": ("Skaitļi", "Figures"),
    "figure": ("Skaitlis un tā kods", "Figure and its code"),
    "value": ("Vērtība", "Value"),
    "place": ("Avots un vieta", "Source and place"),
    "back": ("Uz vietu pārskatā", "To its place in the report"),
    "skip": ("Uz saturu", "Skip to the content"),
    "source": ("avots", "source"),
    "scroll": ("Tabula, ko var ritināt", "Table that can be scrolled"),
}


def words(report: Report) -> dict[str, str]:
    """The words in the language of a report; the list of its sources is told by what they are."""
    at = 0 if report.language == "lv" else 1
    said = {name: both[at] for name, both in _WORDS.items()}
    is_live = any(one.code.startswith("live/") for one in report.sources)
    return said | {"sources_told": said["definitions_told"]} if is_live else said
