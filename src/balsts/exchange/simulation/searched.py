"""The simulated population register and disability commission as registries of the SPDCI standard."""

from __future__ import annotations

from typing import Any

from balsts.exchange.disability_commission.contract import DisabilityRecord
from balsts.exchange.population_register.contract import CivilRecord
from balsts.exchange.simulation.state import SimulatedState
from balsts.exchange.spdci import records
from balsts.exchange.spdci.queries import Wanted
from balsts.exchange.spdci.server import ServedRegistry


def searched_registries(state: SimulatedState) -> dict[str, ServedRegistry]:
    """The registries by the name they have in addresses."""

    def entries(wanted: Wanted) -> list[CivilRecord]:
        found = [state.record("population_register", one) for one in _persons(state, wanted)]
        return [one for one in found if isinstance(one, CivilRecord) and _is(one, wanted)]

    def civil(wanted: Wanted) -> list[dict[str, Any]]:
        return [records.civil_person(one, state.today) for one in entries(wanted)]

    def disability(wanted: Wanted) -> list[dict[str, Any]]:
        found = []
        for entry in entries(wanted):
            person = state.people.person_of(entry.personal_code)
            assert person is not None
            decisions = state.record("disability_commission", person)
            assert isinstance(decisions, DisabilityRecord)
            found.append(records.disabled_person(decisions, entry, state.today))
        return [one for one in found if one]

    return {
        "crvs": ServedRegistry("crvs.simulated", records.CIVIL, records.CIVIL_RECORD, civil),
        "dr": ServedRegistry(
            "dr.simulated", records.DISABILITY, records.DISABILITY_RECORD, disability, is_one_record=True
        ),
    }


def _persons(state: SimulatedState, wanted: Wanted) -> list[int]:
    if wanted.personal_code is not None:
        found = state.people.person_of(wanted.personal_code)
        return [] if found is None else [found]
    return state.people.born_on(wanted.born) if wanted.born else []


def _is(entry: CivilRecord, wanted: Wanted) -> bool:
    if entry.merged_into is not None:
        return False
    return wanted.personal_code is not None or (entry.given_names, entry.surname) == (
        wanted.given_names,
        wanted.surname,
    )
