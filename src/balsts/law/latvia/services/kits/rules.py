"""Kits of food, hygiene goods and school things for households in need (European funds for the most deprived)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, count, right, rule

kit_food_children = count(
    "is_child_food_kit_child", over="household", lv="Bērni, kam pienākas bērnu pārtika", en="Children due child food",
)  # fmt: skip
kit_hygiene_children = count(
    "is_child_hygiene_kit_child", over="household",
    lv="Bērni, kam pienākas bērnu higiēna", en="Children due child hygiene",
)  # fmt: skip
kit_school_children = count(
    "is_school_kit_child", over="household", lv="Bērni, kam pienākas mācību piederumi", en="Children due a school kit",
)  # fmt: skip


@rule(act="KITS", article="article not read", lv="Mājsaimniecībai pienākas atbalsta komplekti",
      en="Household is due kits", entity="household", since="2020-01-01",
      questions=[
          Question(
              lv="Maznodrošinātai mājsaimniecībai līdz 2024. gadam bija arī savs ienākumu slieksnis (2020. gadā 242 "
              "eiro uz personu, 2023. gadā 376 un 264, tad 411 un 288 eiro). Pieņemts: pietiek ar statusu.",
              en="Low-income households also had an income limit of the programme (2020: 242 a person, 2023: 376 and "
              "264, then 411 and 288). Read as: the status is enough.",
              rests_on="lm-esfplus",
          )
      ])  # fmt: skip
def is_kit_household(
    needy_household: bool, crisis: bool, low_income_household: bool, kits_for_low_income: bool
) -> bool:
    """Needy or in a crisis; until 2024 also of low income."""
    return needy_household or crisis or (kits_for_low_income and low_income_household)


@rule(act="KITS", article="article not read", lv="Bērns no 7 līdz 24 mēnešiem", en="Child of 7 to 24 months",
      since="2020-01-01")  # fmt: skip
def is_child_food_kit_child(
    age_months: int, counts_in_household: bool, kits_child_food_from_months: int, kits_child_food_to_months: int
) -> bool:
    """Age in whole months on the 1st."""
    return counts_in_household and kits_child_food_from_months <= age_months <= kits_child_food_to_months


@rule(act="KITS", article="article not read", lv="Bērns līdz 2 gadiem", en="Child under two", since="2020-01-01")
def is_child_hygiene_kit_child(
    age_months: int, counts_in_household: bool, kits_child_hygiene_until_months: int
) -> bool:
    """From birth."""
    return counts_in_household and age_months < kits_child_hygiene_until_months


@rule(act="KITS", article="article not read", lv="Bērns skolas vecumā", en="Child of school age", since="2020-01-01",
      questions=[
          Question(
              lv="Vai komplekts pienākas pēc vecuma vai tikai skolēnam? Pieņemts: pēc vecuma, no 5 līdz 16 gadiem "
              "ieskaitot.",
              en="Is a kit due by age or only to a pupil? Read as: by age, from 5 to 16, 16 included.",
              rests_on="sif-skola",
          )
      ])  # fmt: skip
def is_school_kit_child(
    age_years: int, counts_in_household: bool, kits_school_from_years: int, kits_school_to_years: int
) -> bool:
    """Of primary or basic school age."""
    return counts_in_household and kits_school_from_years <= age_years <= kits_school_to_years


@right(act="KITS", article="article not read", lv="Pārtikas komplekti", en="Food kits", entity="household",
       since="2020-01-01", payer="state", per="quarter", counted=False, unit="pieces",
       beneficiaries="counts_in_household")  # fmt: skip
def food_kits(is_kit_household: bool, household_members: int, kits_food_per_person: int) -> int:
    """For every member, a quarter; stated for each of its months."""
    if not is_kit_household:
        return 0
    return household_members * kits_food_per_person


@right(act="KITS", article="article not read", lv="Higiēnas un saimniecības preču komplekti", en="Hygiene kits",
       entity="household", since="2020-01-01", payer="state", per="quarter", counted=False, unit="pieces",
       beneficiaries="counts_in_household")  # fmt: skip
def hygiene_kits(is_kit_household: bool, household_members: int, kits_hygiene_per_person: int) -> int:
    """For every member, a quarter; stated for each of its months."""
    if not is_kit_household:
        return 0
    return household_members * kits_hygiene_per_person


@right(act="KITS", article="article not read", lv="Papildu bērnu pārtikas komplekti", en="Child food kits",
       entity="household", since="2020-01-01", payer="state", per="quarter", counted=False, unit="pieces",
       beneficiaries="is_child_food_kit_child",
       questions=[
           Question(
               lv="Vai papildu komplekti pienākas par katru mazo bērnu vai vienreiz ģimenei? Pieņemts: par katru.",
               en="Are the additional kits due for each small child or once for the family? Read as: for each.",
               rests_on="S1",
           )
       ])  # fmt: skip
def child_food_kits(is_kit_household: bool, kit_food_children: int, kits_child_food_per_child: int) -> int:
    """For every child of 7 to 24 months, a quarter."""
    if not is_kit_household:
        return 0
    return kit_food_children * kits_child_food_per_child


@right(act="KITS", article="article not read", lv="Papildu bērnu higiēnas komplekti", en="Child hygiene kits",
       entity="household", since="2020-01-01", payer="state", per="quarter", counted=False, unit="pieces",
       beneficiaries="is_child_hygiene_kit_child")  # fmt: skip
def child_hygiene_kits(is_kit_household: bool, kit_hygiene_children: int, kits_child_hygiene_per_child: int) -> int:
    """For every child under two, a quarter."""
    if not is_kit_household:
        return 0
    return kit_hygiene_children * kits_child_hygiene_per_child


@right(act="KITS", article="article not read", lv="Mācību piederumu komplekti", en="School kits", entity="household",
       since="2020-01-01", payer="state", per="quarter", counted=False, unit="pieces",
       beneficiaries="is_school_kit_child",
       questions=[
           Question(
               lv="Mācību piederumus izsniedz reizi kalendāra gadā; kurā ceturksnī, nav noteikts. Pieņemts: skaitu "
               "uzrāda katrā ceturksnī, izsniedz vienā no tiem.",
               en="School kits are handed out once in a calendar year; in which quarter is not said. Read as: the "
               "number is stated in every quarter and handed out in one of them.",
               rests_on="preili-eaf",
           )
       ])  # fmt: skip
def school_kits(is_kit_household: bool, kit_school_children: int, kits_school_per_child: int) -> int:
    """For every child of school age."""
    if not is_kit_household:
        return 0
    return kit_school_children * kits_school_per_child
