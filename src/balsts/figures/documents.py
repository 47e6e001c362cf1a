"""The documents that published figures were read in, by the name of their text as `source_file` has it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A document: who published it, what it is called, which year it reports."""

    code: str
    file: str
    institution: str
    year: int
    lv: str
    en: str

    def title(self, lang: str) -> str:
        """What it is called."""
        return self.lv if lang == "lv" else self.en


DOCUMENTS: dict[str, Document] = {
    one.file: one
    for one in (
        Document("000", "000_c909d0d3b13b7a5d.txt", "LM", 2020,
                 "Labklājības ministrija: budžeta programmu rezultātu un rezultatīvo rādītāju analīze par 2020. gadu",
                 "Ministry of Welfare: analysis of results and performance indicators of budget programmes for 2020"),
        Document("001", "001_0b68bd778686cea5.txt", "LM", 2023,
                 "Labklājības ministrijas publiskais gada pārskats par 2023. gadu",
                 "Ministry of Welfare: public annual report for 2023"),
        Document("002", "002_1eaa717d2a7e4e07.txt", "LM", 2020,
                 "Labklājības nozares ES fondu SAM un pasākumi 2014.–2020. gada periodā, stāvoklis 31.12.2020.",
                 "EU-funded measures of the welfare sector in the period 2014–2020, as of 31 December 2020"),
        Document("003", "003_23c3621636a7b144.txt", "SIVA", 2021,
                 "Sociālās integrācijas valsts aģentūras publiskais gada pārskats par 2021. gadu",
                 "State Social Integration Agency: public annual report for 2021"),
        Document("004", "004_8117f23c3d4d9e39.txt", "LM", 2026,
                 "Par plānotajiem pasākumiem labklājības nozarē 2026.–2028. gada budžeta ietvarā",
                 "Planned measures of the welfare sector within the budget frame of 2026–2028"),
    )
}  # fmt: skip
"""All documents by the name of their text."""
