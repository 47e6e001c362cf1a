"""Words of codes in published tables: sections and tables of documents, institutions, funds. Files hold codes alone."""

from __future__ import annotations

from balsts.figures.columns import COLUMNS

_ANNEX = ("Gada pārskata {}. pielikums", "Annual report, annex {}")
_TABLE = ("SIVA gada pārskata {}. tabula", "Annual report of SIVA, table {}")


def _numbered(words: tuple[str, str], number: int) -> tuple[str, str]:
    return words[0].format(number), words[1].format(number)


CODES: dict[str, dict[str, tuple[str, str]]] = {
    "institution": {
        "LM": ("Labklājības ministrija", "Ministry of Welfare"),
        "SIVA": ("Sociālās integrācijas valsts aģentūra", "State Social Integration Agency"),
    },
    "fund": {
        "ESF": ("Eiropas Sociālais fonds", "European Social Fund"),
        "ERAF": ("Eiropas Reģionālās attīstības fonds", "European Regional Development Fund"),
    },
    "table": {
        **{f"001_annex{one}": _numbered(_ANNEX, one) for one in (1, 2, 3)},
        **{f"003_table{one}": _numbered(_TABLE, one) for one in (2, 3, 4, 5)},
        "001_summary": ("Gada pārskata teksts", "Annual report, running text"),
        "003_summary": ("SIVA gada pārskata teksts", "Annual report of SIVA, running text"),
    },
    "line": {"income": ("ieņēmumi", "income"), "expenditure": ("izdevumi", "expenditure")},
    "section": {
        # the medium-term budget frame
        "konsolidetais_kopbudzets": ("konsolidētais kopbudžets", "consolidated budget"),
        "izmainas_pret_2025": ("izmaiņas pret 2025. gadu", "changes against 2025"),
        "prioritarie_pasakumi": ("prioritārie pasākumi", "priority measures"),
        "prioritarie_virsraksti": ("prioritāro pasākumu virsraksti", "headings of priority measures"),
        "likumu_grozijumi_izmaksas": ("likumu grozījumu izmaksas", "costs of amendments to laws"),
        "hospiss": ("hospiss", "hospice"),
        "sociala_rehabilitacija_paka": ("sociālās rehabilitācijas paka", "package of social rehabilitation"),
        "vsaoi_personas": ("personas, par kurām veic sociālās apdrošināšanas iemaksas",
                           "persons for whom social insurance contributions are paid"),
        "vecaku_pabalsts": ("vecāku pabalsts", "parental benefit"),
        "projekti": ("projekti", "projects"),
        # the annual report
        "minimalie_ienakumi": ("minimālie ienākumi", "minimum income"),
        "transporta_pabalsts": ("transporta pabalsts", "transport allowance"),
        "hospiss_pilotprojekts": ("hospisa pilotprojekts", "hospice pilot project"),
        "petijumi": ("pētījumi", "research"),
        "personals": ("personāls", "staff"),
        "komunikacija": ("komunikācija", "communication"),
        "revizijas": ("revīzijas", "audits"),
        "ukraina": ("atbalsts Ukrainas civiliedzīvotājiem", "support for civilians of Ukraine"),
        # the agency's annual report
        "tabula1_rezultativie_raditaji": ("rezultatīvie rādītāji (1. tabula)", "performance indicators (table 1)"),
        "profesionala_piemerotiba": ("profesionālās piemērotības noteikšana", "assessment of vocational aptitude"),
        "profesionala_piemerotiba_NVA_ESF": ("profesionālā piemērotība: NVA un ESF projekts",
                                             "vocational aptitude: employment agency and ESF project"),
        "esf_9141_projekts": ("ESF projekts 9.1.4.1", "ESF project 9.1.4.1"),
        "esf_praktika": ("ESF projekta prakse", "practice in the ESF project"),
        "izglitiba_vidusskola": ("izglītība: vidusskola", "education: secondary school"),
        "izglitiba_koledza": ("izglītība: koledža", "education: college"),
        "karjera": ("karjeras atbalsts", "career support"),
        "atkaribas": ("rehabilitācija atkarību gadījumos", "rehabilitation from addictions"),
        "cilveku_tirdznieciba": ("atbalsts cilvēku tirdzniecības upuriem", "support for victims of human trafficking"),
        "sanemeji": ("pakalpojumu saņēmēji", "recipients of services"),
        "rindas_gada_beigas": ("rindas gada beigās", "queues at the end of the year"),
        "lemumi": ("lēmumi", "decisions"),
        "lemumi_pieskirsana": ("lēmumi par piešķiršanu", "decisions on granting"),
        "lemumi_uznemsana_rinda": ("lēmumi par uzņemšanu rindā", "decisions on joining a queue"),
        "lemumi_ilgstosa_aprupe": ("lēmumi par ilgstošu aprūpi", "decisions on long-term care"),
        "pieteikumi": ("pieteikumi", "applications"),
        "apmierinatiba": ("klientu apmierinātība", "satisfaction of clients"),
        "kvalitates_vadiba": ("kvalitātes vadība", "quality management"),
        "finanses": ("finanses", "finance"),
        "transportlidzekli": ("transportlīdzekļi", "vehicles"),
    },
    "unit": {
        "euro": ("EUR", "EUR"), "thousand EUR": ("tūkst. EUR", "thousand EUR"),
        "million EUR": ("milj. EUR", "million EUR"),
    },
}  # fmt: skip
"""By column, what its codes are called (Latvian, English)."""


def code_word(column: str, code: str, lang: str) -> str | None:
    """What a code in a column is called, or None where it is not one that has a word."""
    found = CODES.get(column, {}).get(code) or (COLUMNS[column].choices or {}).get(code)
    return found and found[0 if lang == "lv" else 1]
