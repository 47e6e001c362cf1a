"""Relations between amounts of benefits, thresholds and ages, reforms of benefits, and scores of models of care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from balsts.figures.relations.shelf import Shelf, figures, grouped, matching, only
from balsts.figures.relations.trying import Term, Tried, less, of_one_base, same, total
from balsts.figures.rows import Figure, Row

HOUR = ("Asistenta/pavadoņa pakalpojuma stunda (valsts finansējums)", (
    "Asistenta/pavadoņa atlīdzība par stundu (ne mazāk kā)",
    "Pakalpojumu administrēšanas izdevumi par stundu (ne vairāk kā)",
))  # fmt: skip
"""An hour of an assistant is financed for pay and administration and for nothing else."""
CHILDREN = (("divi bērni", 2), ("trīs bērni", 3))
"""The family benefit for so many children is so many times the one for each of them."""
TIER = "Energoatbalsta {}. sliekšņa {} robeža"
EARLY = ("Priekšlaicīgas pensionēšanās vecums", "Vispārējais pensionēšanās vecums",
         "Priekšlaicīga pensionēšanās pirms vispārējā vecuma")  # fmt: skip
OF_MEDIAN = (" — % no minimālo ienākumu mediānas", " — koeficients minimālo ienākumu mediānai")
"""Endings of names of coefficients: the amount of the name before it is that share of one and the same median."""
SAME_BENEFIT = (
    (("Bērna piedzimšanas pabalsts", "par katru bērnu"), ("Bērna piedzimšanas pabalsts", "")),
    (("Bērna kopšanas pabalsts", "bērns līdz 1,5 gadam"), ("Bērna kopšanas pabalsts", "līdz bērna 1,5 gada vecumam")),
    (("Pabalsts bērna uzturam (ne mazāks par)", "ārkārtas aizbildnība, bērns līdz 7 gadiem"),
     ("Pabalsts aizbildnim par bērna uzturēšanu", "bērns 0-6 gadi")),
    (("Pabalsts bērna uzturam (ne mazāks par)", "ārkārtas aizbildnība, bērns 7–18 gadi"),
     ("Pabalsts aizbildnim par bērna uzturēšanu", "bērns 7-17 gadi")),
)  # fmt: skip
"""A benefit as one document names it with its group, and as the reform that ended this amount names it."""
INSURED_FOR = ("VSAOI iemaksu objekts: persona, kura kopj bērnu līdz 1,5 gadiem un saņem BKP",
               "Bērna kopšanas pabalsts", "līdz bērna 1,5 gada vecumam")  # fmt: skip
"""Contributions for a person who cares for a child are paid on the amount of the childcare benefit."""
HOSPICE = "Hospisa aprūpes bāzes finansējums"


def tried(shelf: Shelf) -> Iterator[Tried]:
    """Every relation between amounts, reforms and scores, tried."""
    amounts = shelf.rows("amounts")
    yield from _hours(amounts)
    yield from _family(amounts)
    yield from _limits(amounts)
    yield from _median(amounts)
    yield from _reforms(amounts, matching(shelf.rows("benefit-reforms"), row_type="benefit"))
    yield from _hospice(amounts, shelf)
    scores = shelf.rows("care-criteria")
    for model in grouped(scores, "model"):
        whole = only(matching(model, row_type="total"), "score")
        parts = figures(matching(model, row_type="criterion"), "score")
        if whole and parts:
            yield total("criteria", whole, parts)


def _hours(rows: Sequence[Row]) -> Iterator[Tried]:
    whole_name, part_names = HOUR
    for row in matching(rows, name=whole_name):
        parts = [only(matching(rows, name=one, valid_from=row["valid_from"]), "amount") for one in part_names]
        if "amount" in row.values and parts[0] and parts[1]:
            yield total("parts-and-whole", Figure(row, "amount"), [parts[0], parts[1]])


def _family(rows: Sequence[Row]) -> Iterator[Tried]:
    for benefit in grouped(rows, "name", "valid_from", "source_file"):
        for group, times in CHILDREN:
            all_, each = (only(matching(benefit, group=f"{group}, {one}"), "amount") for one in ("kopā", "par katru"))
            if all_ and each:
                yield total("parts-and-whole", all_, [Term(each, Decimal(times))])


def _limits(rows: Sequence[Row]) -> Iterator[Tried]:
    """A tier begins one euro above the end of the tier before; early retirement is so many years before the general."""
    for tier in range(2, 10):
        low = only(matching(rows, name=TIER.format(tier, "apakšējā")), "amount")
        before = only(matching(rows, name=TIER.format(tier - 1, "augšējā")), "amount")
        if low and before:
            yield total("parts-and-whole", low, [before], more=Decimal(1))
    for year in grouped(rows, "valid_from"):
        early, general, years = (only(matching(year, name=one), "amount") for one in EARLY)
        if early and general and years:
            yield total("change", early, [general, less(years)])


def _median(rows: Sequence[Row]) -> Iterator[Tried]:
    """Amounts that are shares of one median on one day follow from each other."""
    for day in grouped(rows, "valid_from", "source_file"):
        pairs: list[tuple[Figure, Figure]] = []
        for row in matching(day, kind="coefficient"):
            name = next((row["name"].removesuffix(one) for one in OF_MEDIAN if row["name"].endswith(one)), None)
            amount = only(matching(day, name=name, group=row["group"], kind="amount"), "amount") if name else None
            if amount and "amount" in row.values:
                pairs.append((amount, Figure(row, "amount")))
        # The largest amount says most about the median: its rounding weighs least.
        pairs.sort(key=lambda pair: pair[0].value, reverse=True)
        for amount, its_share in pairs[1:]:
            yield of_one_base("one-base", amount, its_share, *pairs[0])


def _reforms(amounts: Sequence[Row], reforms: Sequence[Row]) -> Iterator[Tried]:
    """Old and new amounts of a reform: in the table of amounts too, and in the document of an earlier year."""
    for row in reforms:
        there = matching(amounts, name=row["benefit"], group=row["condition"], source_file=row["source_file"],
                         source_line=row["source_line"])  # fmt: skip
        old = only((one for one in there if one["valid_to"] and not one["valid_from"]), "amount")
        new = only((one for one in there if one["valid_from"]), "amount")
        for column, other in (("old_amount", old), ("new_amount", new)):
            if other and column in row.values:
                yield same("read-twice", Figure(row, column), other)
    for (name, group), (benefit, condition) in SAME_BENEFIT:
        reform = only(matching(reforms, benefit=benefit, condition=condition), "old_amount")
        before = only(matching(amounts, name=name, group=group), "amount")
        if reform and before:
            yield same("printed-twice", reform, before)
    insured, benefit_name, condition = INSURED_FOR
    for column in ("old_amount", "new_amount"):
        base = only(matching(reforms, benefit=insured), column)
        benefit_amount = only(matching(reforms, benefit=benefit_name, condition=condition), column)
        if base and benefit_amount:
            yield same("printed-twice", base, benefit_amount)


def _hospice(amounts: Sequence[Row], shelf: Shelf) -> Iterator[Tried]:
    for row in matching(amounts, name=HOSPICE):
        there = shelf.rows("budget-frame", section="hospiss", unit="million EUR", source_file=row["source_file"],
                           source_line=row["source_line"])  # fmt: skip
        is_old = not row["valid_from"]
        wanted = [one for one in there if ("(līdz" in one["item"]) == is_old]
        if "amount" in row.values and (other := only(wanted)):
            yield same("read-twice", Figure(row, "amount"), other)
