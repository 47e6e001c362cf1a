"""A letter with everything that a letter can hold: to see how letters look, and that they can be sealed and checked.

Office, people, act and amounts are invented.
"""

from __future__ import annotations

from datetime import date

from balsts.documents.charts import Frame, bars
from balsts.documents.letter import (
    Calculation,
    Column,
    Fact,
    Items,
    Language,
    Letter,
    Paragraph,
    Party,
    Picture,
    Section,
    Signatory,
    Step,
    Table,
)
from balsts.law.engine.quantities import euro_words

_ON = date(2026, 3, 3)
_MONTHS = {"lv": ("Janvāris", "Februāris", "Marts"), "en": ("January", "February", "March")}
_CENTS = (8700, 8700, 11450)


def sample_letter(language: Language = "lv", *, is_draft: bool = False) -> Letter:
    """The sample in a language."""

    def say(latvian: str, english: str) -> str:
        return latvian if language == "lv" else english

    return Letter(
        language=language,
        sender=Party(
            say("Paraugu pilsētas Sociālais dienests", "Social Service of the Town of Samples"),
            (say("Parauga iela 1, Paraugi, LV-0000", "Parauga iela 1, Paraugi, LV-0000"),),
            (say("tālrunis 00000000", "telephone 00000000"), "paraugs@example.org"),
        ),
        addressee=Party("Žanete Ķirsone-Šļūka", ("Ģertrūdes iela 2, dz. 3", "Paraugi, LV-0000")),
        place=say("Paraugos", "Paraugi"),
        on=_ON,
        number="2026-000417",
        title=say("Lēmums par parauga pabalstu", "Decision on the sample benefit"),
        summary=(
            say("Jums piešķirts parauga pabalsts: 114,50 € mēnesī no 2026. gada 1. marta.",
                "You are granted the sample benefit: 114.50 € a month from 1 March 2026."),
            say("Pirmo reizi naudu ieskaitīsim Jūsu kontā līdz 10. martam. Jums nekas nav jādara.",
                "The money will first be in your account by 10 March. You do not need to do anything."),
            say("Ja lēmumam nepiekrītat, varat to apstrīdēt mēneša laikā.",
                "If you do not agree, you can contest the decision within a month."),
        ),
        sections=(_facts(language), _calculation(language), _appeal(language)),
        signatory=Signatory(say("Sociālā darba speciāliste", "Social work specialist"), "Ilze Bērziņa"),
        verification=say(
            "Dokuments ir elektroniski apzīmogots. Zīmogu pārbauda ar komandu balsts documents verify.",
            "This document is sealed electronically. The seal is checked with balsts documents verify.",
        ),
        is_draft=is_draft,
    )  # fmt: skip


def _facts(language: Language) -> Section:
    if language == "lv":
        return Section("Uz kā lēmums balstīts", (
            Paragraph("Ņēmām vērā šos datus. Ja kāds no tiem nav pareizs, paziņojiet mums."),
            Table("Mājsaimniecības dati", (Column("Dati"), Column("Avots"), Column("Vērtība", is_amount=True)), (
                ("Cilvēku skaits mājsaimniecībā", "Iedzīvotāju reģistrs, 02.03.2026.", "3"),
                ("Alga pēc nodokļiem, vidēji mēnesī", "Nodokļu administrācija, 01.03.2026.", "264,50 €"),
                ("Uzturlīdzekļi", "Jūsu deklarācija, 27.02.2026.", "70,00 €"),
            )),
        ))  # fmt: skip
    return Section("What the decision rests on", (
        Paragraph("We took these facts into account. If one of them is not right, tell us."),
        Table("Facts of the household", (Column("Fact"), Column("Source"), Column("Value", is_amount=True)), (
            ("Persons in the household", "Population register, 2 March 2026", "3"),
            ("Wage after taxes, monthly average", "Tax authority, 1 March 2026", "264.50 €"),
            ("Maintenance", "Your declaration, 27 February 2026", "70.00 €"),
        )),
    ))  # fmt: skip


def _calculation(language: Language) -> Section:
    if language == "lv":
        tree = Step(
            "Parauga pabalsts", "114,50 €", "sliekšņu summa − ienākumi", "449,00 − 334,50",
            citations=("Paraugu likuma 5. panta otrā daļa",),
            steps=(
                Step("Sliekšņu summa", "449,00 €", "pirmajai personai 187,00, katrai nākamajai 131,00",
                     "187,00 + 2 × 131,00", citations=("Paraugu likuma 4. pants",)),
                Step("Ienākumi", "334,50 €", "alga + uzturlīdzekļi", "264,50 + 70,00", facts=(
                    Fact("Alga pēc nodokļiem", "264,50 €", "Nodokļu administrācija", date(2026, 3, 1)),
                    Fact("Uzturlīdzekļi", "70,00 €", "Jūsu deklarācija", date(2026, 2, 27)),
                ), notes=("Ģimenes valsts pabalsts ienākumos nav ieskaitīts.",)),
            ),
        )  # fmt: skip
        table = Table("Pabalsts pa mēnešiem", (Column("Mēnesis"), Column("Summa", is_amount=True)), _rows(language),
                      has_total=True)  # fmt: skip
        return Section("Kā aprēķināta summa", (Calculation((tree,)), table, _picture(language)))
    tree = Step(
        "Sample benefit", "114.50 €", "sum of thresholds − income", "449.00 − 334.50",
        citations=("Samples Act, article 5(2)",),
        steps=(
            Step("Sum of thresholds", "449.00 €", "187.00 for the first person, 131.00 for each other",
                 "187.00 + 2 × 131.00", citations=("Samples Act, article 4",)),
            Step("Income", "334.50 €", "wage + maintenance", "264.50 + 70.00", facts=(
                Fact("Wage after taxes", "264.50 €", "Tax authority", date(2026, 3, 1)),
                Fact("Maintenance", "70.00 €", "Your declaration", date(2026, 2, 27)),
            ), notes=("The family state benefit was not counted as income.",)),
        ),
    )  # fmt: skip
    table = Table("Benefit by month", (Column("Month"), Column("Amount", is_amount=True)), _rows(language),
                  has_total=True)  # fmt: skip
    return Section("How the amount was worked out", (Calculation((tree,)), table, _picture(language)))


def _rows(language: Language) -> tuple[tuple[str, str], ...]:
    rows = [(month, euro_words(cents, language)) for month, cents in zip(_MONTHS[language], _CENTS, strict=True)]
    return (*rows, ("Kopā" if language == "lv" else "Total", euro_words(sum(_CENTS), language)))


def _picture(language: Language) -> Picture:
    alternative = "; ".join(f"{month}: {amount}" for month, amount in _rows(language)[:-1])
    title, upwards = ("Pabalsts pa mēnešiem", "€ mēnesī") if language == "lv" else ("Benefit by month", "€ a month")
    frame = Frame(title, alternative, "", upwards, language=language, tone="paper", height=120)
    values = [(month, cents / 100) for month, cents in zip(_MONTHS[language], _CENTS, strict=True)]
    return Picture(bars(values, frame), alternative, title)


def _appeal(language: Language) -> Section:
    if language == "lv":
        return Section("Ja nepiekrītat", (
            Paragraph("Lēmumu varat apstrīdēt mēneša laikā no dienas, kad to saņēmāt. Iesniegumu var iesniegt:"),
            Items(("portālā, sadaļā „Mani lēmumi”;", "klātienē vai pa pastu mūsu adresē;",
                   "ar elektronisko parakstu pa e-pastu.")),
            Paragraph("Apstrīdēšana ir bez maksas.", is_strong=True),
        ))  # fmt: skip
    return Section("If you do not agree", (
        Paragraph("You can contest the decision within a month of the day you received it:"),
        Items(("in the portal, under “My decisions”;", "in person or by post, at our address;",
                   "by e-mail with an electronic signature.")),
        Paragraph("Contesting costs nothing.", is_strong=True),
    ))  # fmt: skip
