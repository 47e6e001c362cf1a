"""Wages, pensions and other income."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from balsts.population.synthesis.draw import Draw, ranks
from balsts.population.synthesis.facts import (
    Bools,
    Floats,
    Ints,
    assumed,
    assumed_groups,
    per_person,
    published,
    rate,
)
from balsts.population.synthesis.health import Health
from balsts.population.synthesis.pension_right import PensionRights
from balsts.population.synthesis.people import People
from balsts.population.synthesis.work import Work

_INFANT_PARENT_OPTIONS = (1, 2)


@dataclass(frozen=True)
class Income:
    """Monthly money in cents; `parental_option` is 0 for none, 1 for 13 months, 2 for 19."""

    wage: Ints
    pension: Ints
    pension_gross: Ints
    other: Ints
    parental_option: Ints


@dataclass(frozen=True)
class WageLevels:
    """A spike at the minimum wage, some below it, and a lognormal distribution of what is above."""

    minimum: float
    share_below: float
    share_at: float
    log_mean: float
    log_spread: float


def draw_income(draw: Draw, people: People, health: Health, work: Work, rights: PensionRights) -> Income:
    """Wages of the employed, pensions, benefits from insurance and other income."""
    is_employee = work.is_employed & draw.happens(len(people), _share_of_employees())
    earnings = _earnings(draw, people, work)
    wage = np.where(is_employee, earnings, 0)
    other = np.where(work.is_employed & ~is_employee, earnings, 0)
    gross = _pensions(draw, people, health, work, rights)
    net = gross - np.rint(_tax_rate(people) * np.maximum(gross - _untaxed_pension(people), 0)).astype(np.int64)
    option = _parental_options(draw, people, work)
    parental = np.array([0.0, *assumed_groups("parental_benefit_of_earnings").values()])[option]
    other += np.rint(parental * earnings).astype(np.int64)
    other += _unemployment_benefit(draw, people, work)
    other += _support(draw, people, work, rights, option)
    return Income(wage, net, gross, other, option)


def _share_of_employees() -> float:
    """Employed persons who are employees; the others live on a business."""
    return published("employees_2024") / (published("employed_15_74") + published("employed_75_89"))


def published_level(key: str, year: int) -> float:
    """A wage of 2019 to 2024, between the two by equal growth, later by the published growth of wages."""
    early, late = published(f"{key}_2019"), published(f"{key}_2024")
    if year <= 2024:
        return early * (late / early) ** ((year - 2019) / 5)
    for later in range(2025, year + 1):
        late *= 1 + rate(f"wage_growth_{later}")
    return late


@cache
def wage_levels(year: int) -> WageLevels:
    """The lognormal part that gives the published mean and median of all."""
    minimum = published(f"minimum_wage_net_{year}")
    share_low = rate("share_at_or_below_minimum_wage")
    below = share_low * assumed("share_of_low_wages_below_minimum")
    mean_low = minimum * (1 - below / share_low * (1 - assumed("lowest_wage_share")) / 2)
    above_median = published_level("median_net_wage", year) - minimum
    above_mean = (published_level("mean_net_wage", year) - share_low * mean_low) / (1 - share_low) - minimum
    quantile = NormalDist().inv_cdf((0.5 - share_low) / (1 - share_low))
    # log(median) = m + s q and log(mean) = m + s²/2 give s² / 2 - s q - log(mean / median) = 0.
    spread = quantile + (quantile**2 + 2 * np.log(above_mean / above_median)) ** 0.5
    return WageLevels(minimum, below, share_low - below, float(np.log(above_median) - spread * quantile), float(spread))


def _earnings(draw: Draw, people: People, work: Work) -> Ints:
    """What the employed earn and what parents on leave earned: a wage for everybody of working age."""
    earns = np.flatnonzero(work.is_employed | work.has_infant)
    levels = wage_levels(people.calendar.year)
    sample = np.exp(levels.log_mean + levels.log_spread * draw.normal(len(earns))) + levels.minimum
    kind = draw.category([levels.share_below, levels.share_at, 1 - levels.share_below - levels.share_at], len(earns))
    sample[kind == 1] = levels.minimum
    part = assumed("lowest_wage_share") + (1 - assumed("lowest_wage_share")) * draw.uniform(len(earns))
    sample = np.where(kind == 0, levels.minimum * part, sample)
    link = assumed("advantage_in_wages")
    latent = link * work.advantage[earns] + (1 - link**2) ** 0.5 * draw.normal(len(earns))
    latent -= assumed("student_wage_penalty") * work.is_student[earns]
    earnings = np.zeros(len(people), dtype=np.int64)
    earnings[earns] = np.rint(np.sort(sample)[ranks(latent)] * 100).astype(np.int64)
    return earnings


@cache
def pension_quantiles(year: int) -> Floats:
    """The old-age pension at 4,000 evenly spaced points of the distribution, EUR.

    Below 500 EUR a lognormal curve through the two published shares, above it one that gives the published mean.
    """
    normal = NormalDist()
    low = normal.inv_cdf(rate("share_of_pensions_up_to_300"))
    middle = normal.inv_cdf(rate("share_of_pensions_up_to_300") + rate("share_of_pensions_300_500"))
    score = np.array([normal.inv_cdf((point + 0.5) / 4000) for point in range(4000)])
    body = np.log(500) + (score - middle) * np.log(500 / 300) / (middle - low)
    few, many = 0.0, 2.0
    for _ in range(60):
        spread = (few + many) / 2
        values = np.exp(np.where(score <= middle, body, np.log(500) + (score - middle) * spread))
        few, many = (spread, many) if values.mean() < published("mean_old_age_pension") else (few, spread)
    return np.asarray(values * _pension_level(year))


def _pension_level(year: int) -> float:
    """Mean pension of a year as a share of that of 2025; missing years by equal growth."""
    latest = published("mean_old_age_pension")
    if year <= 2022:
        return published(f"mean_old_age_pension_{year}") / latest
    return float((published("mean_old_age_pension_2022") / latest) ** (max(2025 - year, 0) / 3))


def _pensions(draw: Draw, people: People, health: Health, work: Work, rights: PensionRights) -> Ints:
    """Gross pensions, cents."""
    level = _pension_level(people.calendar.year)
    quantiles = pension_quantiles(people.calendar.year)
    link = assumed("advantage_in_pensions")
    latent = link * work.advantage + (1 - link**2) ** 0.5 * draw.normal(len(people))
    euros = np.zeros(len(people))
    old = np.flatnonzero(rights.old_age)
    place = (ranks(latent[old]) + draw.uniform(len(old))) / max(len(old), 1)
    euros[old] = quantiles[np.minimum((place * len(quantiles)).astype(np.int64), len(quantiles) - 1)]
    of_group = np.array([1.0, *assumed_groups("disability_pension_by_group").values()])[health.group]
    mean = published("mean_disability_pension_2022") / published("mean_old_age_pension_2022")
    mean *= published("mean_old_age_pension") * level
    for who, kind, average in (
        (rights.disability, "disability", mean * of_group),
        (rights.survivor, "survivor", published("mean_survivor_pension") * level),
        (rights.service, "service", assumed("mean_service_pension") * level),
    ):
        sigma, least = assumed(f"{kind}_pension_spread"), assumed(f"least_{kind}_pension")
        drawn = np.maximum(average * np.exp(sigma * latent - sigma**2 / 2), least * level)
        euros = np.where(who, drawn, euros)
    return np.rint(euros * 100).astype(np.int64)


def _tax_rate(people: People) -> float:
    return rate("income_tax_2020" if people.calendar.year < 2025 else "income_tax_2025")


def _untaxed_pension(people: People) -> int:
    year = min(people.calendar.year, 2026)
    return int(published(f"pensioner_untaxed_{year}") * 100)


def _parental_options(draw: Draw, people: People, work: Work) -> Ints:
    """Parents of infants who draw the parental benefit: the published number, nine in ten of them mothers."""
    option = np.zeros(len(people), dtype=np.int64)
    # One parent of a couple: the woman, unless the man is chosen for both.
    partner = people.relations["partner"]
    by_man = draw.happens(len(people), assumed("fathers_with_parental_benefit"))
    has_partner = partner >= 0
    woman_takes = ~by_man[np.maximum(partner, 0)] | ~has_partner
    takes = work.has_infant & np.where(people.is_man, by_man | ~has_partner, woman_takes) & (people.age >= 18)
    number = draw.count(people.expected(per_person("parental_benefit_recipients")))
    chosen = draw.choose(np.flatnonzero(takes), number)
    shares = list(assumed_groups("parental_benefit_choice").values())
    option[chosen] = np.array(_INFANT_PARENT_OPTIONS)[draw.category(shares, len(chosen))]
    return option


def _unemployment_benefit(draw: Draw, people: People, work: Work) -> Ints:
    minimum = published(f"minimum_wage_net_{people.calendar.year}")
    sigma = assumed("unemployment_benefit_spread")
    drawn = minimum * assumed("unemployment_benefit_of_minimum_wage") * np.exp(sigma * draw.normal(len(people)))
    return np.where(work.has_unemployment_benefit, np.rint(drawn * 100), 0).astype(np.int64)


def _support(draw: Draw, people: People, work: Work, rights: PensionRights, option: Ints) -> Ints:
    """Rent, support of relatives and work abroad of adults without a wage, pension or benefit of their own."""
    without: Bools = ~(work.is_employed | rights.any | work.is_student | work.has_unemployment_benefit)
    without &= (option == 0) & (people.age >= 18) & ~people.is_inside
    gets = without & draw.happens(len(people), assumed("share_with_other_support"))
    minimum = published(f"minimum_wage_net_{people.calendar.year}")
    drawn = (
        minimum
        * assumed("other_support_of_minimum_wage")
        * np.exp(assumed("other_support_spread") * draw.normal(len(people)))
    )
    return np.where(gets, np.rint(drawn * 100), 0).astype(np.int64)
