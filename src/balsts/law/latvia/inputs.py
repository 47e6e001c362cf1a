"""The facts that Latvian law reads: the catalogue of inputs, with their Latvian and English titles."""

from __future__ import annotations

from balsts.law.engine.inputs import Catalogue, Choice, FamilyTies, Input

_MAX_HOURS, _MAX_DAYS, _MAX_YEARS, _MAX_MONTHS = 744, 31, 120, 1440
_ASSISTANT_HOURS = Input("assistant_hours", "number", "asistenta stundas mēnesī", "assistant hours in the month",
                         at_most=_MAX_HOURS, unit="hours")  # fmt: skip


class Sex(Choice):
    """Dzimums."""

    F = 0, "sieviešu", "female"
    M = 1, "vīriešu", "male"


class ResidentStatus(Choice):
    """Uzturēšanās statuss."""

    CITIZEN = 0, "pilsonis", "citizen"
    PERMANENT = 1, "pastāvīgās uzturēšanās atļauja", "permanent residence permit"
    TEMPORARY = 2, "termiņuzturēšanās atļauja", "temporary residence permit"
    REFUGEE = 3, "bēglis", "refugee"
    ALTERNATIVE = 4, "alternatīvais statuss", "alternative status"
    UKRAINE_CIVILIAN = 5, "Ukrainas civiliedzīvotājs", "Ukrainian civilian"


class Education(Choice):
    """Izglītība, ko persona iegūst."""

    NONE = 0, "nekāda", "none"
    GENERAL = 1, "vispārējā", "general"
    VOCATIONAL = 2, "profesionālā", "vocational"
    HIGHER_FULL_TIME = 3, "augstākā pilna laika studijās", "full-time higher"
    OTHER = 4, "cita", "another"


class ParentalBenefitOption(Choice):
    """Vecāku pabalsta ilgums."""

    NONE = 0, "nav izvēlēts", "not chosen"
    MONTHS_13 = 1, "13 mēneši", "13 months"
    MONTHS_19 = 2, "19 mēneši", "19 months"


def _person() -> tuple[Input, ...]:
    return (*_birth_and_ties(), *_conditions(), *_incomes(), *_insurance(), _ASSISTANT_HOURS)


def _birth_and_ties() -> tuple[Input, ...]:
    return (
        Input("born", "day", "dzimšanas datums", "date of birth", required=True,
              event=("dzimšanas", "birth")),
        Input("died", "day", "miršanas datums", "date of death", event=("nāves", "death")),
        Input("sex", "choice", "dzimums", "sex", required=True, choices=Sex),
        Input("partner", "link", "laulātais vai partneris", "spouse or partner", is_common=True),
        Input("parents", "link", "vecāki", "parents", several=2),
        Input("guardian", "link", "aizbildnis", "guardian"),
        Input("foster_parents", "link", "audžuvecāki", "foster parents", several=2),
        Input("adoptive_parents", "link", "adoptētāji", "adoptive parents", several=2),
        Input("preadoption_carer", "link", "persona, kuras aprūpē ir adoptējamais bērns", "pre-adoption carer"),
        Input("is_emergency_guardian", "flag", "ārkārtas aizbildnis", "emergency guardian"),
        Input("care_granted_on", "day", "aizbildnības, ievietošanas vai aprūpes sākuma datums",
              "first day of the placement",
              event=("aizbildnības, ievietošanas vai aprūpes sākuma", "the start of the placement")),
        Input("adopted_on", "day", "adopcijas datums", "day of the adoption",
              event=("adopcijas", "the adoption")),
        Input("left_care_on", "day", "ārpusģimenes aprūpes beigu datums", "end of out-of-family care",
              event=("aiziešanas no ārpusģimenes aprūpes", "the end of out-of-family care")),
        Input("birth_order", "number", "kārtas numurs starp mātes bērniem", "order among the mother's children",
              at_most=30),
    )  # fmt: skip


def _conditions() -> tuple[Input, ...]:
    return (
        Input("is_married", "flag", "ir laulībā", "married", is_common=True),
        Input("resident_status", "choice", "uzturēšanās statuss", "residence status", choices=ResidentStatus),
        Input("disability_group", "number", "invaliditātes grupa", "disability group", at_most=3, is_common=True),
        Input("is_disabled_child", "flag", "bērns ar invaliditāti", "disabled child"),
        Input("is_disabled_since_childhood", "flag", "invaliditāte kopš bērnības", "disabled since childhood"),
        Input("needs_special_care", "flag", "atzinums par īpašas kopšanas nepieciešamību", "needs special care"),
        Input("mobility_opinion_on", "day", "datums atzinumam par pārvietošanās grūtībām",
              "day of the opinion on mobility",
              event=("atzinuma par pārvietošanās grūtībām", "the opinion on mobility")),
        Input("has_sight_disability_group_1", "flag", "I grupas redzes invaliditāte", "group I sight disability"),
        Input("has_celiac_certificate", "flag", "celiakijas apliecinājums", "celiac certificate"),
        Input("education", "choice", "iegūstamā izglītība", "education attended", choices=Education, is_common=True),
        Input("is_employed", "flag", "ir nodarbināts", "employed", is_common=True),
        Input("is_insured", "flag", "ir apdrošināts", "insured", is_common=True),
        Input("is_imprisoned", "flag", "atrodas ieslodzījumā", "in prison"),
        Input("is_in_long_term_care", "flag", "saņem ilgstošu aprūpi institūcijā", "in long-term care"),
        Input("long_term_care_cost_eur_month", "money", "ilgstošās aprūpes maksa", "cost of long-term care"),
        Input("is_orphan_after_care", "flag", "pilngadību sasniedzis bārenis", "orphan after care"),
        Input("lost_breadwinner_on", "day", "apgādnieka zaudējuma datums", "day the breadwinner was lost",
              event=("apgādnieka zaudējuma", "the loss of the breadwinner")),
        Input("is_chernobyl_participant", "flag", "Černobiļas seku likvidētājs", "Chernobyl participant"),
        Input("applied_for", "codes", "pieteikti pabalsti", "rights applied for"),
        Input("claimed_on", "day", "pieprasījuma datums", "day of the claim", event=("pieprasījuma", "the claim")),
    )  # fmt: skip


def _incomes() -> tuple[Input, ...]:
    return (
        Input("wage_net_eur_month", "money", "neto darba alga", "net wage", is_common=True),
        Input("pension_eur_month", "money", "izmaksātā pensija", "pension paid out", is_common=True),
        Input("other_counted_income_eur_month", "money", "citi vērā ņemamie ienākumi", "other counted income",
              is_common=True),
        Input("uncounted_income_eur_month", "money", "vērā neņemamie ienākumi", "income that is not counted",
              is_common=True),
        Input("pension_gross_eur_month", "money", "pensijas un atlīdzības bruto", "gross pensions and indemnities",
              default_from="pension", is_common=True),
        Input("is_early_pension", "flag", "priekšlaicīga pensija", "early pension"),
        Input("other_child_payments_eur_month", "money", "citi maksājumi par bērnu", "other payments for the child"),
        Input("savings_eur", "money", "naudas uzkrājumi", "savings", is_common=True),
    )  # fmt: skip


def _insurance() -> tuple[Input, ...]:
    return (
        Input("insurance_record_years", "number", "apdrošināšanas stāžs gados", "insurance record in years",
              at_most=_MAX_YEARS, is_common=True, unit="years"),
        Input("insurance_record_before_1996_years", "number", "stāžs līdz 1995. gada beigām",
              "insurance record before 1996", at_most=_MAX_YEARS, unit="years"),
        Input("notional_capital_eur", "money", "pensijas kapitāls", "notional pension capital"),
        Input("initial_capital_eur", "money", "sākuma kapitāls", "initial pension capital"),
        Input("pension_granted_on", "day", "pensijas piešķiršanas datums", "day the pension was granted",
              event=("pensijas piešķiršanas", "the grant of the pension")),
        Input("average_contribution_wage_eur_month", "money", "vidējā iemaksu alga mēnesī",
              "average contribution wage a month"),
        Input("average_contribution_wage_eur_day", "money", "vidējā iemaksu alga dienā",
              "average contribution wage a day"),
        Input("incapacity_days", "number", "darbnespējas dienas", "days of incapacity", at_most=_MAX_DAYS,
              unit="days"),
        Input("leave_days", "number", "atvaļinājuma dienas", "days of leave", at_most=_MAX_DAYS, unit="days"),
        Input("parental_benefit_option", "choice", "vecāku pabalsta ilgums", "length of the parental benefit",
              choices=ParentalBenefitOption),
        Input("unemployed_since", "day", "bezdarbnieka statusa sākuma datums", "first day of unemployment",
              event=("bezdarbnieka statusa sākuma", "the start of unemployment")),
        Input("capacity_loss_percent", "number", "darbspēju zaudējums procentos", "loss of capacity in per cent",
              at_most=100, unit="percent"),
        Input("gross_wage_eur_month", "money", "bruto darba alga", "gross wage", is_common=True),
    )  # fmt: skip


def _household() -> tuple[Input, ...]:
    return (
        Input("housing_costs_eur_month", "money", "mājokļa izdevumi", "housing costs", entity="household",
              is_common=True),
        Input("municipality", "text", "pašvaldība (ATVK kods)", "municipality (ATVK code)", entity="household"),
        Input("has_needy_property", "flag", "īpašums nepārsniedz ierobežojumus", "property within the limits",
              entity="household", default=1),
        Input("months_since_first_application", "number", "mēneši kopš pirmā iesnieguma",
              "months since the first application", entity="household", at_most=_MAX_MONTHS, unit="months"),
        Input("crisis", "flag", "krīzes situācija", "crisis situation", entity="household"),
        Input("housing_benefit_first_month", "month", "mājokļa pabalsta pirmais mēnesis",
              "first month of the housing benefit", entity="household"),
    )  # fmt: skip


CATALOGUE = Catalogue(
    inputs=(*_person(), *_household()),
    ties=FamilyTies(
        placements=(("guardian",), ("foster_parent_1", "foster_parent_2"), ("preadoption_carer",)),
        parents=(("adoptive_parent_1", "adoptive_parent_2"), ("parent_1", "parent_2")),
        payees={
            "foster_payee": ("foster_parent_1", "foster_parent_2"),
            "adoptive_payee": ("adoptive_parent_1", "adoptive_parent_2"),
        },
    ),
    woman=Sex.F,
)
