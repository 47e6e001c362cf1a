"""The phrases of letters about decisions, in plain Latvian and English."""

from __future__ import annotations

from balsts.cases.types.declaration import Term
from balsts.law.engine.quantities import in_month_words, month_words
from balsts.law.engine.vocabulary import Month

WORDS = {
    "lv": {
        "capital": "Rīgā",
        "title_grant": "Lēmums: {name}",
        "title_refuse": "Lēmums par atteikumu: {name}",
        "title_replace": "Lēmums, kas aizstāj iepriekšējo: {name}",
        "title_end": "Lēmums par izbeigšanu: {name}",
        "title_dismiss": "Lēmums par lietvedības izbeigšanu: {name}",
        "granted": "Jums piešķirts: {right}, {amount}{per}, {months}.",
        "status": "Piešķirts statuss: {status}, {months}.",
        "not_granted": "Nav piešķirts: {right}. Kāpēc, skatiet zemāk.",
        "ended": "Iepriekš piešķirtais tiek izbeigts.",
        "contest_short": "Ja lēmumam nepiekrītat, varat to apstrīdēt {term} laikā. Tas neko nemaksā.",
        "automatic": "Lēmumu automātiski pieņēma sistēma pēc reģistru ziņām. Jautājumi un cilvēka izvērtējums: "
                     "{contact}.",
        "facts": "Uz kādām ziņām lēmums balstīts",
        "facts_intro": "Ja kāda no šīm ziņām nav pareiza, paziņojiet mums; lēmumu izvērtēsim no jauna.",
        "fact": "Ziņa", "source": "No kurienes un kad", "value": "Vērtība", "household": "Mājsaimniecība",
        "none_of": "{name}. Pēc reģistru ziņām nav: {facts}.",
        "calculation": "Kā tas aprēķināts", "by_month": "Pa mēnešiem", "months": "Mēneši", "right": "Kas pienākas",
        "amount": "Summa", "how": "{right}: {month}",
        "refused": "Kas nepienākas un kāpēc", "failed": "{condition}: {found}. Jābūt: {needed}.",
        "one_of": "Jāizpildās vismaz vienam: {ways}",
        "reasons": "Papildu pamatojums", "articles": "Uz kādu likumu pamata",
        "contest": "Ja nepiekrītat",
        "contest_long": "Lēmumu var apstrīdēt {term} laikā no dienas, kad tas stājies spēkā: {contact}. Pēc tam to var "
                        "pārsūdzēt tiesā.",
        "contest_portal": "portālā pie šīs lietas;",
        "contest_office": "klātienē iestādē;",
        "contest_post": "pa pastu vai ar elektronisko parakstu.",
        "verification": "Dokuments ir elektroniski apzīmogots un derīgs bez paraksta uz papīra.",
        "automatic_signatory": "Automātiski pieņemts lēmums",
    },
    "en": {
        "capital": "Rīga",
        "title_grant": "Decision: {name}",
        "title_refuse": "Decision to refuse: {name}",
        "title_replace": "Decision that replaces the earlier one: {name}",
        "title_end": "Decision to end: {name}",
        "title_dismiss": "Decision to close the case: {name}",
        "granted": "You are granted: {right}, {amount}{per}, {months}.",
        "status": "Status granted: {status}, {months}.",
        "not_granted": "Not granted: {right}. The reasons are below.",
        "ended": "What was granted before ends.",
        "contest_short": "If you do not agree, you can contest the decision within {term}. It costs nothing.",
        "automatic": "The system took this decision automatically from register data. For questions, or to have it "
                     "looked at by a person: {contact}.",
        "facts": "Which facts the decision rests on",
        "facts_intro": "If one of these is not right, tell us; we will look at the decision again.",
        "fact": "Fact", "source": "From where, and when", "value": "Value", "household": "Household",
        "none_of": "{name}. Registers say that there is none of: {facts}.",
        "calculation": "How it was worked out", "by_month": "By month", "months": "Months", "right": "What is due",
        "amount": "Amount", "how": "{right}: {month}",
        "refused": "What is not due, and why", "failed": "{condition}: {found}. Needed: {needed}.",
        "one_of": "At least one of these has to hold: {ways}",
        "reasons": "Further reasons", "articles": "On the basis of which law",
        "contest": "If you do not agree",
        "contest_long": "The decision can be contested within {term} of the day it came into force: {contact}. After "
                        "that it can be appealed in court.",
        "contest_portal": "in the portal, at this case;",
        "contest_office": "in person at the office;",
        "contest_post": "by post, or with an electronic signature.",
        "verification": "This document is sealed electronically and valid without a signature on paper.",
        "automatic_signatory": "Automatic decision",
    },
}  # fmt: skip
ENTRY_WORDS = {
    "lv": {
        "enter_short": "{register}: ierakstīts {number}, no {since} līdz {until}.",
        "change_short": "{register}: mainīts {number}, no {since}.",
        "end_short": "{register}: izslēgts {number}, no {since}.",
        "refused_short": "{register}: reģistrācija atteikta.",
        "enter": "Kas ierakstīts reģistrā", "change": "Kas mainīts reģistrā", "end": "Kas izslēgts no reģistra",
        "entry": "Ieraksts", "says": "Ziņas", "ground": "Pamats: {ground}", "from": "No {day}.",
    },
    "en": {
        "enter_short": "{register}: entered {number}, from {since} to {until}.",
        "change_short": "{register}: changed {number}, from {since}.",
        "end_short": "{register}: removed {number}, from {since}.",
        "refused_short": "{register}: registration is refused.",
        "enter": "What is entered in the register", "change": "What is changed in the register",
        "end": "What is removed from the register",
        "entry": "Entry", "says": "What it says", "ground": "Ground: {ground}", "from": "From {day}.",
    },
}  # fmt: skip
_PER = {
    "lv": {"month": " mēnesī", "once": " vienreiz", "half_year": " pusgadā", "quarter": " ceturksnī",
           "week": " nedēļā", "hour": " stundā", "day": " dienā"},
    "en": {"month": " a month", "once": " once", "half_year": " each half-year", "quarter": " a quarter",
           "week": " a week", "hour": " an hour", "day": " a day"},
}  # fmt: skip
_UNITS = {
    "lv": {"days": ("dienas", "dienu"), "working_days": ("darbdienas", "darbdienu"), "months": ("mēneša", "mēnešu")},
    "en": {"days": ("day", "days"), "working_days": ("working day", "working days"), "months": ("month", "months")},
}  # fmt: skip
_FROM = "janvāra februāra marta aprīļa maija jūnija jūlija augusta septembra oktobra novembra decembra".split()
_TO = (
    "janvārim februārim martam aprīlim maijam jūnijam jūlijam augustam septembrim oktobrim novembrim decembrim".split()
)
_MONTHS = 12


def per_words(per: str, lang: str) -> str:
    """How often an amount is due, to stand after it."""
    return _PER[lang].get(per, "")


def term_words(term: Term, lang: str) -> str:
    """A term, to stand before «laikā» or after "within": `viena mēneša`, `10 darbdienu`, `one month`."""
    one, many = _UNITS[lang][term.unit]
    if term.count == 1:
        return f"{'vienas' if lang == 'lv' and term.unit != 'months' else 'viena' if lang == 'lv' else 'one'} {one}"
    return f"{term.count} {many}"


def months_words(first: Month | int, last: Month | int | None, lang: str) -> str:
    """A span of months: `no 2026. gada februāra līdz aprīlim`; without a last one it goes on."""
    if last == first:
        return in_month_words(first, lang)
    if lang == "en":
        until = f" to {month_words(last, lang)}" if last is not None else " on"
        return f"from {month_words(first, lang)}{until}"
    begins = f"no {first // _MONTHS}. gada {_FROM[first % _MONTHS]}"
    if last is None:
        return begins
    year = "" if last // _MONTHS == first // _MONTHS else f"{last // _MONTHS}. gada "
    return f"{begins} līdz {year}{_TO[last % _MONTHS]}"
