"""What the catalogue of open data says of each table beside what its declaration says: a sentence, words, themes."""

from __future__ import annotations

from dataclasses import dataclass

from balsts.statistics.open_data.codes import Names

SOCIETY, GOVERNMENT, ECONOMY, HEALTH = "SOCI", "GOVE", "ECON", "HEAL"
"""Themes of the European list `data-theme`."""
YEARLY, UNKNOWN = "ANNUAL", "UNKNOWN"
"""How often a table is renewed, of the European list `frequency`: yearly where a yearly report prints it."""


@dataclass(frozen=True)
class About:
    """What is told of a table.

    Attributes:
        keywords: words to find it by, by language.
    """

    names: Names
    keywords: dict[str, tuple[str, ...]]
    themes: tuple[str, ...] = (SOCIETY,)
    frequency: str = UNKNOWN


def about(code: str) -> About:
    """What is told of a table; of one that nobody described, what holds for all."""
    return _ABOUT.get(code, _OTHER)


def _of(lv: str, en: str, words_lv: str, words_en: str, themes: tuple[str, ...] = (SOCIETY,),
        frequency: str = UNKNOWN) -> About:  # fmt: skip
    words = {lang: tuple(one.split(", ")) for lang, one in (("lv", words_lv), ("en", words_en))}
    return About({"lv": lv, "en": en}, words, themes, frequency)


_OTHER = _of("Labklājības nozares publicētie skaitļi.", "Published figures of the welfare sector.",
             "labklājība, statistika", "welfare, statistics")  # fmt: skip
_ABOUT = {
    "indicators": _of(
        "Politikas un darbības rezultatīvie rādītāji pa budžeta programmām, arī pēc dzimuma.",
        "Indicators of policy and activity by budget programme, by sex too.",
        "rezultatīvie rādītāji, budžeta programmas, labklājība", "performance indicators, budget programmes, welfare",
        (SOCIETY, GOVERNMENT), YEARLY),
    "budget-execution": _of(
        "Budžeta plāns un izpilde pa programmām, budžetiem un ekonomiskajām kategorijām.",
        "Budget plan and execution by programme, budget and economic category.",
        "budžets, budžeta izpilde, izdevumi, ieņēmumi", "budget, budget execution, expenditure, revenue",
        (GOVERNMENT, ECONOMY), YEARLY),
    "budget-frame": _of(
        "Vidēja termiņa budžeta ietvars: politikas jomas, budžeti un izmaiņas.",
        "Medium-term budget frame: policy areas, budgets and changes.",
        "budžets, vidēja termiņa budžets, prognoze", "budget, medium-term budget, plan", (GOVERNMENT, ECONOMY), YEARLY),
    "priority-measures": _of(
        "Prioritārie pasākumi un to finansējums pa budžetiem.", "Priority measures and their money by budget.",
        "prioritārie pasākumi, finansējums", "priority measures, funding", (SOCIETY, GOVERNMENT), YEARLY),
    "public-services": _of(
        "Publisko pakalpojumu pieteikumi pa kanāliem, sūdzības un kavējumi.",
        "Applications for public services by channel, complaints and delays.",
        "publiskie pakalpojumi, pieteikumi, sūdzības", "public services, applications, complaints", (GOVERNMENT,),
        YEARLY),
    "strategy": _of(
        "Ministrijas stratēģijas mērķi, rezultāti un snieguma rādītāji ar to statusu.",
        "Goals, results and performance indicators of the ministry's strategy, with their status.",
        "stratēģija, mērķi, snieguma rādītāji", "strategy, goals, performance indicators", (GOVERNMENT,)),
    "report-figures": _of(
        "Citi gada pārskata skaitļi: personāls, studijas, komunikācija, atbalsts Ukrainas iedzīvotājiem.",
        "Other figures of the annual report: staff, studies, communication, support for people from Ukraine.",
        "gada pārskats, personāls, Ukraina", "annual report, staff, Ukraine", (SOCIETY, GOVERNMENT), YEARLY),
    "siva": _of(
        "Sociālās integrācijas valsts aģentūras darba rezultāti: rehabilitācija, izglītība, saņēmēji, personāls.",
        "Results of the State Social Integration Agency: rehabilitation, education, recipients, staff.",
        "sociālā rehabilitācija, profesionālā rehabilitācija, invaliditāte",
        "social rehabilitation, vocational rehabilitation, disability", (SOCIETY, HEALTH), YEARLY),
    "eu-funds": _of(
        "Eiropas Savienības fondu finansējums un ieguldītais pa pasākumiem un fondiem.",
        "Finance by European Union funds and what was invested, by measure and fund.",
        "ES fondi, ESF, ERAF, ieguldījumi", "EU funds, ESF, ERDF, investments", (SOCIETY, ECONOMY)),
    "eu-funds-targets": _of(
        "Eiropas Savienības fondu pasākumu plānotie un sasniegtie rādītāji.",
        "Planned and reached targets of measures of European Union funds.",
        "ES fondi, rādītāji, mērķi", "EU funds, targets, results", (SOCIETY, ECONOMY)),
    "amounts": _of(
        "Pabalstu apmēri, sliekšņi, koeficienti, vecumi un termiņi ar to spēkā esību.",
        "Amounts of benefits, thresholds, coefficients, ages and terms, with their validity.",
        "pabalsti, sliekšņi, minimālie ienākumi", "benefits, thresholds, minimum income"),
    "benefit-reforms": _of(
        "Pabalstu izmaiņas 2026. gadā: līdzšinējie un jaunie apmēri, saņēmēji, izmaksas.",
        "Changes of benefits in 2026: amounts before and after, recipients, costs.",
        "pabalsti, reformas, izmaksas", "benefits, reforms, costs", (SOCIETY, GOVERNMENT)),
    "care-models": _of(
        "Ilgstošas sociālās aprūpes finansēšanas modeļi pa finansējuma avotiem un periodiem.",
        "Models of financing long-term social care by source of finance and period.",
        "ilgstoša sociālā aprūpe, finansēšana", "long-term care, financing", (SOCIETY, ECONOMY)),
    "care-criteria": _of(
        "Ilgstošas sociālās aprūpes finansēšanas modeļu vērtējums pa kritērijiem.",
        "Assessment of models of financing long-term social care by criterion.",
        "ilgstoša sociālā aprūpe, vērtējums", "long-term care, assessment", (SOCIETY, ECONOMY)),
    "programme-headings": _of(
        "Budžeta programmu kodi un nosaukumi, kā tie publicēti virsrakstos.",
        "Codes and names of budget programmes as headings print them.",
        "budžeta programmas, budžets", "budget programmes, budget", (GOVERNMENT, ECONOMY), YEARLY),
    "eu-projects": _of(
        "Projekti, ko nosauc labklājības nozares dokumenti: numuri, fondi, termiņi.",
        "Projects that documents of the welfare sector name: numbers, funds, terms.",
        "projekti, ES fondi", "projects, EU funds", (SOCIETY, ECONOMY)),
    "recovery-plan": _of(
        "Kas publicēts par Atveseļošanas un noturības mehānismu: investīcijas, atskaites punkti, projekti.",
        "What is printed of the Recovery and Resilience Facility: investments, milestones, projects.",
        "Atveseļošanas un noturības mehānisms, investīcijas", "Recovery and Resilience Facility, investments",
        (SOCIETY, ECONOMY)),
    "audits": _of(
        "Revīzijas un auditi labklājības nozarē: secinājumi, ieteikumi, termiņi.",
        "Audits in the welfare sector: conclusions, recommendations, terms.",
        "revīzijas, auditi, ieteikumi", "audits, recommendations", (GOVERNMENT,), YEARLY),
    "research": _of(
        "Labklājības ministrijas pabeigtie pētījumi un to nolūki.",
        "Studies that the Ministry of Welfare finished, and their aims.",
        "pētījumi, izvērtējumi", "studies, evaluations", (SOCIETY, GOVERNMENT), YEARLY),
    "strategy-evidence": _of(
        "Kas paveikts stratēģijas rezultātu sasniegšanai, dokumenta vārdiem.",
        "What was done to reach results of the strategy, in the document's words.",
        "stratēģija, rezultāti", "strategy, results", (GOVERNMENT,)),
}  # fmt: skip
