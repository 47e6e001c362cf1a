"""A synthetic population: persons, families and households drawn from published distributions.

Blocks of persons are drawn one after another, each from its own seeded generator. The result therefore depends on the
number of persons, the seed and the month alone, and memory on the size of a block.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from balsts.population.synthesis.calendar import Calendar, CannotSynthesise
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.health import draw_health
from balsts.population.synthesis.income import draw_income
from balsts.population.synthesis.means import care_costs, draw_means
from balsts.population.synthesis.pension_right import draw_pension_rights
from balsts.population.synthesis.people import order_people
from balsts.population.synthesis.status import draw_status
from balsts.population.synthesis.structure import draw_structure
from balsts.population.synthesis.table import Block, to_table
from balsts.population.synthesis.work import draw_work

__all__ = ["MOST_PERSONS", "CannotSynthesise", "synthesise", "synthesise_blocks"]

MOST_PERSONS = 200_000_000
_BLOCK = 250_000


def synthesise(persons: int, seed: int, on: str = "2026-01") -> pa.Table:
    """A population in the format of population files.

    Args:
        persons: how many; exactly so many rows.
        seed: the same seed, number and month give the same table.
        on: the month, YYYY-MM.

    Raises:
        CannotSynthesise: a number, seed or month that cannot be drawn.
    """
    return pa.concat_tables(synthesise_blocks(persons, seed, on))


def synthesise_blocks(persons: int, seed: int, on: str = "2026-01") -> Iterator[pa.Table]:
    """The same population block by block, each of whole households; the arguments are checked at once."""
    if not 1 <= persons <= MOST_PERSONS:
        raise CannotSynthesise(f"{persons} persons cannot be drawn; ask for 1 to {MOST_PERSONS}.")
    if seed < 0:
        raise CannotSynthesise(f"{seed} is no seed; take a whole number from 0.")
    return _blocks(persons, seed, Calendar.of(on))


def _blocks(persons: int, seed: int, calendar: Calendar) -> Iterator[pa.Table]:
    number = -(-persons // _BLOCK)
    first_person = first_household = 1
    for index, source in enumerate(np.random.SeedSequence(seed).spawn(number)):
        size = persons // number + (index < persons % number)
        block = _draw_block(Draw(np.random.Generator(np.random.PCG64(source))), calendar, size)
        yield to_table(block, first_person, first_household)
        first_person += size
        first_household += len(block.people.size)


def _draw_block(draw: Draw, calendar: Calendar, persons: int) -> Block:
    people = order_people(draw, draw_structure(draw, calendar, persons))
    health = draw_health(draw, people)
    work = draw_work(draw, people, health)
    rights = draw_pension_rights(draw, people, health, work)
    income = draw_income(draw, people, health, work, rights)
    status = draw_status(draw, people, work, rights.any)
    means = draw_means(draw, people, health, work, rights, income)
    return Block(people, health, work, rights, income, status, means, care_costs(draw, people))
