"""The kinds of relation that are stated between published figures, by their code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of relation, in words.

    Attributes:
        lv: what ought to hold, in Latvian.
        en: the same in English.
    """

    lv: str
    en: str

    def name(self, lang: str) -> str:
        """What ought to hold."""
        return self.lv if lang == "lv" else self.en


KINDS: dict[str, Kind] = {
    "women-and-men": Kind("sievietes un vīrieši kopā ir visi", "women and men together are all"),
    "rate-between-sexes": Kind(
        "visu rādītājs ir starp sieviešu un vīriešu rādītāju", "the rate of all lies between those of women and of men"
    ),
    "parts-and-whole": Kind("daļas kopā ir viss", "the parts add up to the whole"),
    "part-within-whole": Kind("«tai skaitā» nav vairāk par visu", "what is «of which» is no more than the whole"),
    "channels": Kind("kanāli kopā ir visi gadījumi", "the channels add up to all cases"),
    "criteria": Kind("kritēriju punkti kopā ir kopvērtējums", "the points of criteria add up to the total"),
    "percent-of-plan": Kind("procenti ir izpilde pret plānu", "the percentage is what was done against the plan"),
    "plan-behind-percentages": Kind("plāni, kas izriet no daļu procentiem, kopā ir plāns",
                                    "the plans behind the percentages of the parts add up to the plan"),
    "percent-of-whole": Kind("procenti ir daļa no visa", "the percentage is the part of the whole"),
    "shares-of-whole": Kind("daļu procenti kopā ir simts", "the percentages of all parts add up to a hundred"),
    "balance": Kind("bilance ir ieņēmumi bez izdevumiem un tās finansējums",
                    "the balance is income less expenditure, and what finances it"),
    "change": Kind("izmaiņas ir jaunais bez vecā", "the change is the new less the old"),
    "ratio": Kind("pieaugums reizēs ir jaunais pret veco", "the growth in times is the new against the old"),
    "one-base": Kind("daļas no viena lieluma ir tā procentos", "shares of one amount are its percentages"),
    "printed-twice": Kind("divreiz publicēts fakts ir viens", "a fact printed twice is one"),
    "text-and-annex": Kind("tekstā ir pielikuma summa", "the text has the amount of the annex"),
    "read-twice": Kind("no vienas vietas nolasīts divās ailēs ir viens", "one place read into two cells is one"),
    "gross-and-consolidated": Kind(
        "bruto nav mazāk par konsolidēto", "the gross amount is no less than the consolidated one"
    ),
    "transfers": Kind("ieņēmumos un izdevumos izslēgts viens un tas pats",
                      "the same transfers are taken out of income and of expenditure"),
    "count": Kind("skaits ir uzskaitīto rindu skaits", "the number is that of the rows listed"),
}  # fmt: skip
"""Every kind by its code."""
