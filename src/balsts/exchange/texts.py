"""Texts shown to people, in Latvian and English, and the reasons why a fact is not simply known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One text in both languages."""

    lv: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `lv` or `en`."""
        return self.lv if language == "lv" else self.en


TIMED_OUT = Text("reģistrs laikus neatbildēja", "the register did not answer in time")
UNREACHABLE = Text("ar reģistru nevar sazināties", "the register cannot be reached")
FAILED = Text("reģistrs ziņoja par kļūdu", "the register reported an error of its own")
REFUSED = Text("reģistrs jautājumu noraidīja", "the register refused the question")
PAUSED = Text(
    "reģistrs nupat vairākkārt neatbildēja; tam brīdi nejautā",
    "the register has just failed several times; it is not asked for a while",
)
UNSIGNED = Text("atbildes paraksts nav derīgs", "the signature of the answer does not hold")
MALFORMED = Text("atbilde neatbilst līgumam", "the answer does not keep to the contract")
ALTERED = Text(
    "reģistrs ar vienu numuru sūtījis divas dažādas ziņas", "the register sent two different messages under one number"
)
OTHER_QUESTION = Text("atbilde ir uz citu jautājumu", "the answer is to another question")
NOT_FOUND = Text("reģistrā šādas personas nav", "the register does not hold this person")
NOT_STATED = Text("reģistrs to nenorāda", "the register does not state it")
NOT_REPORTED_YET = Text("par šo laiku vēl nav ziņots", "this time has not been reported on yet")
TOO_OLD = Text("reģistra dati ir vecāki, nekā solīts", "the register's data are older than promised")
DISAGREES_WITH_ITSELF = Text("reģistra ieraksti ir pretrunā", "entries of the register contradict each other")
MERGED = Text("ieraksts ir apvienots ar citu", "the entry was merged into another one")
OTHER_PERSON = Text(
    "reģistrs atbild par citu personas kodu; vispirms jāpārbauda identitāte",
    "the register answers for another personal code; the identity must be settled first",
)
NO_ENTRIES = Text("šajā reģistrā ierakstu nav", "no entries in this register")
NO_COUNTERPART = Text(
    "reģistra vērtībai nav atbilstošas likuma ievades", "the register's value has no counterpart in the law's inputs"
)
ONLY_A_PART = Text(
    "reģistrs zina tikai daļu; pārējais jāprasa personai", "the register knows a part only; the person must be asked"
)
