"""All indicators, with the families in which they are counted."""

from __future__ import annotations

from balsts.statistics.definitions.declared import Definition, Family, Split, Version, Words
from balsts.statistics.definitions.published import RECIPIENTS_2020

_FIRST = "2020-01"
_OFFICE = Split("office")

FAMILIES = {
    one.code: one
    for one in (
        Family("paid", "statistics_paid", "payments", "right",
               (Split("sex"), Split("age"), Split("municipality"), Split("kind", adds=False)), adds_over_months=False,
               is_large=True),
        Family("claimed", "statistics_claimed", "payments", "right", adds_over_months=False),
        Family("applied", "statistics_applied", "cases", "case_type", (_OFFICE, Split("channel"))),
        Family("decided", "statistics_decided", "cases", "case_type", (_OFFICE, Split("decision"), Split("way"))),
        Family("days", "statistics_days_to_decide", "cases", "case_type", protection="middle"),
        Family("overdue", "statistics_overdue", "cases", "case_type", (_OFFICE,), has_year=False, only_now=True),
        Family("contested", "statistics_contested", "cases", "case_type"),
        Family("heard", "statistics_heard", "cases", "case_type", (Split("outcome"),)),
        Family("registered", "statistics_registered", "services", "register",
               (Split("service", adds=False), Split("municipality", adds=False)), protection="public", has_year=False),
        Family("places", "statistics_places", "services", "register", (Split("service"), Split("municipality")),
               protection="public", has_year=False),
        Family("complained", "statistics_complained", "services", ""),
    )
}  # fmt: skip
"""By their codes."""


def _one(lv: str, en: str) -> tuple[Version, ...]:
    return (Version(1, _FIRST, Words(lv, en)),)


INDICATORS = {
    one.code: one
    for one in (
        Definition(
            "recipients", Words("Pabalsta saņēmēji", "Recipients of a benefit"), "persons", "paid", "number",
            _one("Dažādas personas, kurām mēnesī nodoti izmaksai pabalsta maksājumi: saņēmējs, kuram pienākas, arī ja "
                 "naudu saņem pārstāvis. Vienas personas divi ieraksti ir viena persona. Aizturētas rindas neskaita; "
                 "maksājumus, ko banka atgriezusi, skaita. Gadā katru saņēmēju skaita vienu reizi. Dzimums un vecums "
                 "– kā zināms pārrēķina brīdī, vecums un deklarētā pašvaldība – mēneša pēdējā dienā.",
                 "Different persons for whom payments of the benefit were released in the month: the payee to whom it "
                 "is owed, also where a representative gets the money. Two entries of one person are one person. Held "
                 "lines are not counted; payments that the bank returned are. In a year each is counted once. Sex and "
                 "age are as known when counted, age and declared municipality those of the last day of the month."),
            outside=RECIPIENTS_2020,
        ),
        Definition(
            "paid_amount", Words("Izmaksātais pabalsts", "Amount of a benefit paid"), "EUR", "paid", "cents",
            _one("Summa, kas mēnesī nodota izmaksai par pabalstu, ieskaitot pārrēķinus un ieturēto; aizturētas rindas "
                 "neskaita, bankas atgriezto neatņem. Pēc veida: kārtējā izmaksa, pārrēķins vai nokavēta izmaksa, "
                 "atkārtota izmaksa.",
                 "The amount released for the benefit in the month, with arrears and with what was withheld; held "
                 "lines are not counted, and what the bank returned is not taken off. By kind: current, arrears, paid "
                 "again."),
        ),
        Definition(
            "overpayments_claimed", Words("Pieprasītās pārmaksas", "Overpayments claimed"), "EUR", "claimed", "cents",
            _one("Pārmaksu summa prasījumos, kuriem mēnesī piekrists; atsauktus prasījumus neskaita.",
                 "The amount of overpayments in claims that were agreed to in the month; withdrawn claims are not "
                 "counted."),
        ),
        Definition(
            "overpayments_debtors", Words("Pārmaksu parādnieki", "Debtors of overpayments"), "persons", "claimed",
            "number",
            _one("Dažādas personas, no kurām pārmaksu pieprasa prasījumi, kam mēnesī piekrists.",
                 "Different persons from whom claims that were agreed to in the month claim an overpayment."),
        ),
        Definition(
            "applications", Words("Iesniegumi", "Applications"), "applications", "applied", "number",
            _one("Iesniegumi, kas saņemti mēnesī, arī iestādes ierosināti; pēc iestādes un kanāla.",
                 "Applications received in the month, with those begun by the office; by office and channel."),
        ),
        Definition(
            "decisions", Words("Lēmumi", "Decisions"), "decisions", "decided", "number",
            _one("Lēmumi, kas mēnesī parakstīti; pēc iestādes, veida, un vai lēmums pieņemts automātiski.",
                 "Decisions signed in the month; by office, kind, and whether taken automatically."),
        ),
        Definition(
            "automatic_share", Words("Automātisko lēmumu daļa", "Share of automatic decisions"), "percent", "decided",
            "share",
            _one("Automātisko lēmumu daļa no mēnesī parakstītajiem lēmumiem, veselos procentos; aprēķināta no "
                 "noapaļotajiem skaitļiem, kas publicēti.",
                 "The share of automatic decisions in those signed in the month, in whole percent; worked out from the "
                 "rounded numbers that are published."),
            split="way", part="automatic",
        ),
        Definition(
            "days_to_decide", Words("Dienas līdz lēmumam", "Days to a decision"), "days", "days", "number",
            _one("Vidējā vērtība (mediāna) kalendāra dienās no iesnieguma saņemšanas līdz lēmuma parakstīšanai, "
                 "lēmumiem, kas mēnesī parakstīti par iesniegumu; rāda, ja aiz tās ir vismaz desmit personas.",
                 "The middle value (median) of calendar days from the receipt of an application to the signature of "
                 "the decision on it, for decisions signed in the month; shown where ten persons or more are behind "
                 "it."),
        ),
        Definition(
            "overdue", Words("Nokavētas lietas", "Overdue cases"), "cases", "overdue", "number",
            _one("Lietas, kuru termiņš pagājis līdz mēneša beigām un kuras pārrēķina brīdī joprojām gaida iestādi; "
                 "skaita tikai par pēdējo mēnesi, jo agrākus termiņus vairs nezina.",
                 "Cases whose term passed before the end of the month and that still waited for the office when "
                 "counted; of the last month alone, since earlier terms are not known any more."),
        ),
        Definition(
            "appeals", Words("Apstrīdēti lēmumi", "Decisions contested"), "appeals", "contested", "number",
            _one("Apstrīdēšanas iesniegumi, kas saņemti mēnesī.", "Appeals against decisions received in the month."),
        ),
        Definition(
            "appeal_results", Words("Apstrīdēšanas rezultāti", "Results of appeals"), "appeals", "heard", "number",
            _one("Apstrīdēšanas iesniegumi, par kuriem mēnesī lemts; pēc rezultāta.",
                 "Appeals decided in the month; by result."),
        ),
        Definition(
            "providers", Words("Sociālo pakalpojumu sniedzēji", "Providers of social services"), "providers",
            "registered", "number",
            _one("Sniedzēji, kuru ieraksts publiskajā reģistrā ir spēkā mēneša pēdējā dienā; pēc pakalpojuma un "
                 "pašvaldības. Reģistrs katru nosauc, tāpēc skaits nav aizsargāts.",
                 "Providers with an entry of the public register that counts on the last day of the month; by service "
                 "and municipality. The register names each of them, so the number is not protected."),
        ),
        Definition(
            "provider_places", Words("Vietas pie sniedzējiem", "Places at providers"), "places", "places", "number",
            _one("Vietas, ko sniedzēji norādījuši reģistrā, mēneša pēdējā dienā; kas vietu skaitu nav norādījis, nav "
                 "skaitīts.",
                 "Places that providers state in the register, on the last day of the month; who states none is not "
                 "counted."),
        ),
        Definition(
            "complaints", Words("Sūdzības par sniedzējiem", "Complaints about providers"), "complaints", "complained",
            "number",
            _one("Sūdzības un signāli, kas saņemti mēnesī.", "Complaints and signals received in the month."),
        ),
    )
}  # fmt: skip
"""By their codes."""


def indicators_of(family: str) -> list[Definition]:
    """The indicators of a family."""
    return [one for one in INDICATORS.values() if one.family == family]
