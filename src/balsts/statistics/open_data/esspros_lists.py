"""Code lists of ESSPROS: functions, schemes, and every right of the law with where it stands in both."""

from __future__ import annotations

from collections.abc import Iterable

from balsts.law.latvia import latvia
from balsts.statistics.esspros import ESSPROS, FUNCTIONS, SCHEMES
from balsts.statistics.open_data.codes import Code, Codelist


def esspros_lists() -> tuple[Codelist, ...]:
    """The lists, in the order in which they are published; a right's name says its function and scheme in words."""
    functions = [Code(code.upper(), {"lv": one.lv, "en": one.en}) for code, one in FUNCTIONS.items()]
    schemes = [Code(code.upper(), {"lv": one.lv, "en": one.en}) for code, one in SCHEMES.items()]
    return (
        _list("CL_ESSPROS_FUNCTION", "ESSPROS funkcijas", "ESSPROS functions", functions),
        _list("CL_ESSPROS_SCHEME", "ESSPROS shēmas pēc maksātāja", "ESSPROS schemes by who pays", schemes),
        _list(
            "CL_ESSPROS_BENEFIT",
            "Pabalsti un to vieta ESSPROS",
            "Benefits and where they stand in ESSPROS",
            _benefits(),
        ),
    )


def _list(code: str, lv: str, en: str, codes: Iterable[Code]) -> Codelist:
    return Codelist(code, {"lv": lv, "en": en}, tuple(sorted(codes, key=lambda one: one.id)))


def _benefits() -> Iterable[Code]:
    for code, one in ESSPROS.items():
        right, function, scheme = latvia().rules[code][-1], FUNCTIONS[one.function], SCHEMES[one.scheme]
        yield Code(code.upper(), {
            "lv": f"{right.lv} ({function.lv}; {scheme.lv})", "en": f"{right.en} ({function.en}; {scheme.en})",
        })  # fmt: skip
