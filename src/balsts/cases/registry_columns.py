"""Many households of the registry as columns for the compiled pass: read at once, then laid out month by month.

What a household file says of one household, this says of thousands; a test holds one against the other. Whoever does
not fit into columns (an entry found to be a duplicate, an unlikely tie, a day that lies ahead) is named as irregular
and goes the plain way.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from balsts.cases.registry_claims import Claims, claims_of
from balsts.law.engine.inputs import Input, link_names
from balsts.law.engine.many.columns import Array, Columns, column_type, tie
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.law.latvia.inputs import CATALOGUE
from balsts.registry.fact_types import BY_KEY, BY_NUMBER, RELATION_KINDS, WORKER
from balsts.registry.household_file import OWN_MONTH, PLACEMENTS

_MOST_MEMBERS = 100
_NEVER, _ALWAYS = date.max.toordinal(), 0
_ALWAYS_READ = ("born", "died", "sex", "birth_order")
_MAY_LIE_AHEAD = ("died", "claimed_on")
_KINDS = {kind: number for number, kind in enumerate(RELATION_KINDS)}
_DAYS = "coalesce(lower(valid) - date '0001-01-01' + 1, 0), coalesce(upper(valid) - date '0001-01-01' + 1, %s)"


@dataclass(frozen=True)
class Asking:
    """One household to be laid out: whose month of application counts for averaged income, and from when members do.

    `keys`: the inputs of which the monthly average of `window` months before `anchor` counts.
    """

    id: uuid.UUID
    household: uuid.UUID
    since: Month
    anchor: Month
    window: int = 0
    keys: frozenset[str] = frozenset()


class _Window(NamedTuple):
    """Of which months before a month an average counts, of which inputs, and for members from which month on."""

    anchor: Month
    window: int
    since: Month
    keys: frozenset[str]


@dataclass
class Layout:
    """Households laid out in a month: rows are members, sorted by household asked for and identifier."""

    columns: Columns
    persons: Array
    household: Array


class Registry:
    """Households of the registry, as is known now, over a span of months. To be made in the scope of the platform."""

    def __init__(self, asked: Sequence[Asking], first: Month, last: Month, names: Iterable[str]) -> None:
        self.asked = asked
        self.names = {*names, *(name for name in _ALWAYS_READ)}
        window = max((one.window for one in asked), default=0)
        anchors = [one.anchor - one.window for one in asked if one.window]
        self.span = (first_day(Month(min([first, *anchors, *(one.since for one in asked)]))),
                     first_day(Month(last + 1)))  # fmt: skip
        self.keys = {one.key for one in CATALOGUE.inputs if self._is_read(one)}
        self.averaged = sorted({key for one in asked for key in one.keys} & self.keys) if window else []
        homes = sorted({one.household for one in asked})
        self.homes = {home: number for number, home in enumerate(homes)}
        self.home_of = np.array([self.homes[one.household] for one in asked], np.int64)
        self.irregular: set[int] = set()
        self._read_members(homes)
        self.claims = dict(self._read_facts(homes))
        self._read_ties()
        self._members: dict[Month, Array] = {}
        self._layouts: dict[Month, Layout] = {}
        self._tied: tuple[bytes, dict[str, Array]] = (b"", {})
        self._averages: dict[tuple[Month, int, str], Array] = {}

    def _is_read(self, one: Input) -> bool:
        if one.kind == "codes":
            return any(name.startswith(f"{one.name}_") for name in self.names)
        return one.name in self.names or one.name == self._default_source()

    def _default_source(self) -> str | None:
        return next((one.default_from for one in CATALOGUE.inputs if one.default_from and one.name in self.names), None)

    # -- reading ---------------------------------------------------------------------------------------------------

    def _rows(self, query: str, parameters: Sequence[Any], columns: int) -> list[Array]:
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            rows = cursor.fetchall()
        return [np.array(one, object) for one in zip(*rows, strict=True)] or [np.zeros(0, object)] * columns

    def _read_members(self, homes: list[uuid.UUID]) -> None:
        home, person, lower, upper = self._rows(
            f"SELECT h.n - 1, m.person_id, {_DAYS} FROM unnest(%s::uuid[]) WITH ORDINALITY AS h (id, n) "
            "JOIN registry_membership m ON m.household_id = h.id WHERE upper_inf(m.recorded) AND m.valid && "
            "daterange(%s, %s)",
            [_NEVER, homes, *self.span], 4,
        )  # fmt: skip
        self.ids = sorted(set(person.tolist()))
        number = {one: at for at, one in enumerate(self.ids)}
        self.member_home, self.member_lower = home.astype(np.int64), lower.astype(np.int64)
        self.member_upper = upper.astype(np.int64)
        self.member = np.array([number[one] for one in person.tolist()], np.int64)
        with connection.cursor() as cursor:
            cursor.execute("SELECT person_id, same_as_id FROM registry_duplicate WHERE upper_inf(recorded) AND "
                           "(person_id = ANY(%s) OR same_as_id = ANY(%s))", [self.ids, self.ids])  # fmt: skip
            twice = {number[one] for row in cursor.fetchall() for one in row if one in number}
        self._set_aside_persons(np.array(sorted(twice), np.int64))

    def _set_aside_persons(self, persons: Array) -> None:
        self._set_aside_homes(np.unique(self.member_home[np.isin(self.member, persons)]))

    def _set_aside_homes(self, homes: Array) -> None:
        self.irregular.update(np.flatnonzero(np.isin(self.home_of, homes)).tolist())

    def _read_facts(self, homes: list[uuid.UUID]) -> Iterable[tuple[str, Claims]]:
        numbers = [BY_KEY[key].number for key in self.keys if key in BY_KEY]
        common = (f"f.type, f.status, f.value, {_DAYS}, o.code = '{WORKER}', o.rank FROM "
                  "unnest(%s::uuid[]) WITH ORDINALITY AS w (id, n) JOIN registry_fact f ON f.{0} = w.id "
                  "JOIN registry_origin o ON o.id = f.origin_id WHERE upper_inf(f.recorded) AND f.type = ANY(%s) "
                  "AND f.valid && daterange(%s, %s)")  # fmt: skip
        for column, subjects, entity in (("person_id", self.ids, "person"), ("household_id", homes, "household")):
            of_entity = [one for one in numbers if BY_NUMBER[one].input.entity == entity]
            rows = self._rows(f"SELECT w.n - 1, {common.format(column)}",
                              [_NEVER, list(subjects), of_entity, *self.span], 8)  # fmt: skip
            types = rows[1].astype(np.int64)
            order = np.lexsort((-rows[7].astype(np.int64), types))
            for number in of_entity:
                at = order[types[order] == number]
                of_type = [rows[column_][at] for column_ in (0, 2, 3, 4, 5, 6)]
                yield BY_NUMBER[number].key, claims_of(BY_NUMBER[number].input, of_type)

    def _read_ties(self) -> None:
        number = {one: at for at, one in enumerate(self.ids)}
        person, other, kind, place, lower, upper = self._rows(
            f"SELECT person_id, other_id, kind, place, {_DAYS} FROM registry_relation WHERE person_id = ANY(%s) "
            "AND upper_inf(recorded) AND valid && daterange(%s, %s) ORDER BY person_id, kind, place",
            [_NEVER, self.ids, *self.span], 6,
        )  # fmt: skip
        known = np.array([one in number for one in other.tolist()], bool)
        self.tie = np.array([number[one] for one in person[known].tolist()], np.int64)
        self.tie_other = np.array([number[one] for one in other[known].tolist()], np.int64)
        self.tie_kind = np.array([_KINDS[one] for one in kind[known].tolist()], np.int64)
        self.tie_place = place[known].astype(np.int64)
        self.tie_lower, self.tie_upper = lower[known].astype(np.int64), upper[known].astype(np.int64)
        all_placed = np.isin(kind, PLACEMENTS)
        # Somebody placed becomes a member within the month; the household file knows which, so it is asked.
        placed = {number[one] for one in person[all_placed].tolist()}
        begins_late = np.array([lower_ != _ALWAYS and date.fromordinal(int(lower_)).day > 1
                                for lower_ in self.member_lower], bool)  # fmt: skip
        late = self.member_home[begins_late & np.isin(self.member, sorted(placed))]
        self._set_aside_homes(np.unique(late))

    def members_of(self, number: int, since: Month, until: Month) -> list[uuid.UUID]:
        """Who lived in the household of a question at some time in months from `since` to the one before `until`."""
        first, last = self._homes_members[self.home_of[number] : self.home_of[number] + 2]
        at = self._by_home[first:last]
        then = (self.member_lower[at] < first_day(until).toordinal()) & (
            self.member_upper[at] > first_day(since).toordinal()
        )
        return [self.ids[one] for one in np.unique(self.member[at[then]]).tolist()]

    @cached_property
    def _by_home(self) -> Array:
        return np.argsort(self.member_home, kind="stable")

    @cached_property
    def _homes_members(self) -> Array:
        return np.searchsorted(self.member_home[self._by_home], np.arange(len(self.homes) + 1))

    def is_averaged_alike(self, number: int, month: Month) -> bool:
        """Whether averaged income comes out alike when a question is asked from a later month on.

        It is that of whoever was a member in the first month asked; somebody who came later, or was away, with income
        in the window would count from the one and not from the other.
        """
        one = self.asked[number]
        keys = [key for key in self.averaged if key in one.keys]
        home, wide = int(self.home_of[number]), len(self.ids)
        then, later = ({key - home * wide for key in self._members_at(home, at)} for at in (one.since, month))
        return not any(self._average(one.anchor, one.window, key)[person] for key in keys for person in then ^ later)

    def _members_at(self, home: int, month: Month) -> list[int]:
        keys = self.members_in(month)
        wide = len(self.ids)
        first, last = np.searchsorted(keys, [home * wide, (home + 1) * wide])
        found: list[int] = keys[first:last].tolist()
        return found

    # -- a month ---------------------------------------------------------------------------------------------------

    @cached_property
    def _born(self) -> tuple[Array, Array]:
        """Of each person the day of birth, as a day of the calendar and as the law counts days; 0: not known."""
        packed = self._values("born", np.full(len(self.ids), self.span[1].toordinal() - 1, np.int64))
        days = np.array([date((d >> 5) // 12, (d >> 5) % 12 + 1, d & 31).toordinal() if d else 0
                         for d in packed.tolist()], np.int64)  # fmt: skip
        return days, packed

    def _values(self, key: str, day: Array) -> Array:
        return self.claims[key].values(day, CATALOGUE.by_key[key].default)

    def day_of(self, month: Month) -> Array:
        """By person, the day of a month whose facts count: the first, or that of birth."""
        return np.maximum(first_day(month).toordinal(), self._born[0])

    def members_in(self, month: Month) -> Array:
        """The members of a month, each as household times the number of persons plus person, in rising order."""
        if month not in self._members:
            self._members[month] = self._members_in(month)
        return self._members[month]

    def _members_in(self, month: Month) -> Array:
        first = first_day(month).toordinal()
        last = first_day(Month(month + 1)).toordinal()
        on_first = (self.member_lower <= first) & (first < self.member_upper)
        born = self._born[0][self.member]
        by_birth = (self.member_lower == born) & (born > first) & (born < last)
        is_member = on_first | by_birth
        return np.unique(self.member_home[is_member] * len(self.ids) + self.member[is_member])

    def layout(self, facts_of: Month, month: Month) -> Layout:
        """All households asked for, with their facts of a month, as the law of that or a later month reads them."""
        if facts_of not in self._layouts:
            self._layouts[facts_of] = self._laid_out(facts_of)
        known = self._layouts[facts_of]
        columns = Columns(known.columns.starts, dict(known.columns.persons), known.columns.household)
        self._tie(columns, month)
        return Layout(columns, known.persons, known.household)

    def _tie(self, columns: Columns, month: Month) -> None:
        """Work out families and payees, or take those of the month before, where nothing that they rest on differs."""
        persons = columns.persons
        living = (persons["born"] >> 5 <= month) & ((persons["died"] == 0) | (persons["died"] >> 5 > month))
        rests_on = b"".join(one.tobytes() for one in (
            columns.starts, living, persons["born"], persons["sex"], persons["birth_order"],
            *(persons[name] for name in CATALOGUE.links),
        ))  # fmt: skip
        if rests_on != self._tied[0]:
            before = set(persons)
            tie(columns, CATALOGUE, month)
            made = {name: persons[name] for name in {*persons} - before | {*CATALOGUE.links, "birth_order"}}
            self._tied = (rests_on, made)
        persons.update(self._tied[1])

    def _laid_out(self, month: Month) -> Layout:
        keys = self.members_in(month)
        homes, persons = np.divmod(keys, max(1, len(self.ids)))
        begins = np.searchsorted(homes, np.arange(len(self.homes) + 1))
        sizes = np.diff(begins)[self.home_of] if len(self.home_of) else np.zeros(0, np.int64)
        self.irregular.update(np.flatnonzero((sizes == 0) | (sizes > _MOST_MEMBERS)).tolist())
        starts = np.concatenate([[0], np.cumsum(sizes)])
        rows = np.repeat(begins[:-1][self.home_of] - starts[:-1], sizes) + np.arange(starts[-1])
        owner = np.repeat(np.arange(len(self.asked)), sizes)
        layout = Layout(Columns(starts.astype(np.uint64), {}, {}), persons[rows], owner)
        day = self.day_of(month)
        self._fill_persons(layout, month, day)
        self._fill_averages(layout)
        self._fill_defaults(layout, day)
        self._fill_households(layout, month)
        self._fill_links(layout, month, keys, rows, starts)
        return layout

    def _fill_persons(self, layout: Layout, month: Month, day: Array) -> None:
        for one in CATALOGUE.persons():
            if one.kind == "codes" and one.key in self.claims:
                self._fill_codes(layout, one, day)
            elif one.key in self.claims and one.kind not in ("link", "codes", "text"):
                values = self._values(one.key, day)
                layout.columns.persons[one.name] = values[layout.persons].astype(column_type(CATALOGUE, one.name))
                if one.kind == "day" and one.key not in _MAY_LIE_AHEAD:
                    self._set_aside_rows(layout, (values >> 5 > month)[layout.persons])
        born = layout.columns.persons["born"]
        died = layout.columns.persons["died"]
        missing = ~self.claims["sex"].is_stated(day)[layout.persons]
        self._set_aside_rows(layout, (born == 0) | missing | ((died != 0) & (died < born)))

    def _set_aside_rows(self, layout: Layout, wrong: Array) -> None:
        self.irregular.update(np.unique(layout.household[wrong]).tolist())

    def _fill_codes(self, layout: Layout, one: Input, day: Array) -> None:
        applied = self.claims[one.key].codes(day)
        for name in self.names:
            code = name.removeprefix(f"{one.name}_")
            if code != name:
                has = np.array([code in codes for codes in applied], np.uint8)
                layout.columns.persons[name] = has[layout.persons]

    def _fill_averages(self, layout: Layout) -> None:
        """Income that the act averages: of members at the beginning, over the window; none of those who came later."""
        groups, of_group = self._windows
        own = of_group[layout.household]
        keys = self.home_of[layout.household] * len(self.ids) + layout.persons
        from_beginning = np.zeros(len(keys), bool)
        for number, group in enumerate(groups):
            at = np.flatnonzero(own == number)
            from_beginning[at] = np.isin(keys[at], self.members_in(group.since))
        for key in self.averaged:
            one = CATALOGUE.by_key[key]
            column = layout.columns.persons[one.name].astype(np.int64)
            for number, group in enumerate(groups):
                if key in group.keys:
                    at = np.flatnonzero(own == number)
                    average = self._average(group.anchor, group.window, key)[layout.persons[at]]
                    column[at] = np.where(from_beginning[at], average, 0)
            layout.columns.persons[one.name] = column.astype(column_type(CATALOGUE, one.name))

    @cached_property
    def _windows(self) -> tuple[list[_Window], Array]:
        """The windows that are asked for, and which of them each question has."""
        groups: dict[_Window, int] = {}
        of = [groups.setdefault(_Window(one.anchor, one.window, one.since, one.keys), len(groups))
              for one in self.asked]  # fmt: skip
        return list(groups), np.array(of, np.int64)

    def _average(self, anchor: Month, window: int, key: str) -> Array:
        """The monthly average of the window before a month, by person; halves of a cent up."""
        known = self._averages.get((anchor, window, key))
        if known is None:
            total = np.zeros(len(self.ids), np.int64)
            for month in range(anchor - window, anchor):
                total += self._values(key, np.full(len(self.ids), first_day(Month(month)).toordinal(), np.int64))
            known = self._averages[anchor, window, key] = (2 * total + window) // (2 * window)
        return known

    def _fill_defaults(self, layout: Layout, day: Array) -> None:
        for one in CATALOGUE.persons():
            if one.default_from and one.name in layout.columns.persons:
                stated = self.claims[one.key].is_stated(day)[layout.persons]
                persons = layout.columns.persons
                persons[one.name] = np.where(stated, persons[one.name], persons[str(one.default_from)])

    def _fill_households(self, layout: Layout, month: Month) -> None:
        day = np.full(len(self.homes), first_day(month).toordinal(), np.int64)
        for one in CATALOGUE.household():
            if one.key in self.claims and one.kind != "text":
                values = self._values(one.key, day)[self.home_of]
                layout.columns.household[one.name] = values.astype(column_type(CATALOGUE, one.name))

    def _fill_links(self, layout: Layout, month: Month, keys: Array, rows: Array, starts: Array) -> None:
        first, following = first_day(month).toordinal(), first_day(Month(month + 1)).toordinal()
        touches = (self.tie_lower < following) & (self.tie_upper > first)
        own_month = np.isin(self.tie_kind, [_KINDS[one] for one in OWN_MONTH])
        counts = touches & (own_month | ((self.tie_lower <= first) & (first < self.tie_upper)))
        position = np.arange(len(rows)) - np.repeat(starts[:-1], np.diff(starts))
        by_person = np.argsort(layout.persons, kind="stable")
        sorted_persons = layout.persons[by_person]
        wide = len(self.ids)
        # A person of two households asked for has a row in each, and a tie in each where the other is a member too.
        row_keys = layout.household * wide + layout.persons
        for kind, (key, most) in RELATION_KINDS.items():
            at = np.flatnonzero(counts & (self.tie_kind == _KINDS[kind]))
            low = np.searchsorted(sorted_persons, self.tie[at], "left")
            times = np.searchsorted(sorted_persons, self.tie[at], "right") - low
            tied = by_person[np.repeat(low - np.cumsum(times) + times, times) + np.arange(times.sum())]
            wanted = layout.household[tied] * wide + np.repeat(self.tie_other[at], times)
            place = np.minimum(np.searchsorted(row_keys, wanted), max(0, len(row_keys) - 1))
            here = row_keys[place] == wanted if len(row_keys) else np.zeros(0, bool)
            self._put_links(layout, link_names(CATALOGUE.by_key[key]), tied[here], position[place[here]],
                            np.repeat(self.tie_place[at], times)[here], most)  # fmt: skip
        self._check_links(layout, starts)

    def _put_links(self, layout: Layout, names: list[str], rows: Array, to: Array, place: Array, most: int) -> None:
        order = np.lexsort((place, rows))
        rows, to = rows[order], to[order]
        rank = np.arange(len(rows)) - np.searchsorted(rows, rows, "left")
        for number, name in enumerate(names):
            column = np.full(len(layout.persons), -1, np.int32)
            column[rows[rank == number]] = to[rank == number]
            layout.columns.persons[name] = column
        too_many = np.zeros(len(layout.persons), bool)
        too_many[rows[rank >= most]] = True
        self._set_aside_rows(layout, too_many)

    def _check_links(self, layout: Layout, starts: Array) -> None:
        """A partner on one side counts on both; who names another partner, or an older child, is irregular."""
        persons = layout.columns.persons
        base = np.repeat(starts[:-1], np.diff(starts))
        partner, here = persons["partner"], np.arange(len(layout.persons)) - base
        stated = np.flatnonzero(partner >= 0)
        to = base[stated] + partner[stated]
        wrong = np.zeros(len(layout.persons), bool)
        wrong[stated[(partner[to] >= 0) & (partner[to] != here[stated])]] = True
        partner[to] = here[stated]
        for names in CATALOGUE.ties.parents:
            for name in names:
                link = persons[name]
                older = persons["born"][base + np.maximum(link, 0)] < persons["born"] if len(link) else wrong
                wrong |= (link >= 0) & ~older
        self._set_aside_rows(layout, wrong)

    def is_certain(self, key: str, month: Month) -> Array:
        """By person, whether a fact is known without a doubt in a month: told, and by none otherwise or unsurely."""
        return self.claims[key].is_certain(self.day_of(month))
