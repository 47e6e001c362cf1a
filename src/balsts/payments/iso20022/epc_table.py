"""The published table of letters that banks do not share, and what each becomes.

Source: European Payments Council, EPC217-08 "SEPA Requirements for an Extended Character Set (UNICODE Subset) - Best
Practices", its annex "SEPA Conversion Table" (spreadsheet, column "conversion to EPC Basic Character Set"). The table
lists every code point from U+0020 to U+045F and U+20AC; all others up to U+10FFFF become a full stop.
"""

from __future__ import annotations

BASIC = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")
"""The characters every bank of SEPA takes."""

OTHERWISE = "."
"""What the table gives for every character it does not map to a letter."""

# "N/A" in the table, which leaves characters special in XML to chapter 6.2 of the document. An ampersand becomes a
# plus sign there, as public libraries quote it; for the others we take the full stop of all other signs.
_SPECIAL_IN_XML = {"&": "+", '"': ".", "<": ".", ">": "."}

_LATIN = {
    "'": "`", "(": "[{", ")": "]}", ",": ";", "-": "_~", "/": "\\|", "?": "¿", " ": "\u00a0",
    "A": "ÀÁÂÃÄÅÆĀĂĄ", "C": "ÇĆĈĊČ", "D": "ÐĎĐ", "E": "ÈÉÊËĒĔĖĘĚ€", "G": "ĜĞĠĢ", "H": "ĤĦ", "I": "ÌÍÎÏĨĪĬĮİĲ",
    "J": "Ĵ", "K": "Ķ", "L": "ĹĻĽĿŁ", "N": "ÑŃŅŇ", "O": "ÒÓÔÕÖØŐŒ", "R": "ŔŖŘ", "S": "ŚŜŞŠȘ", "T": "ÞŢŤŦȚ",
    "U": "ÙÚÛÜŨŪŬŮŰŲ", "W": "Ŵ", "Y": "ÝŶŸ", "Z": "ŹŻŽ",
    "a": "àáâãäåæāăą", "c": "çćĉċč", "d": "ðďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįıĳ",
    "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņň", "o": "òóôõöøőœ", "r": "ŕŗř", "s": "ßśŝşšș", "t": "þţťŧț",
    "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
}  # fmt: skip

_GREEK = {
    "A": "ΆΑ", "CH": "Χ", "D": "Δ", "E": "ΈΕ", "F": "Φ", "G": "Γ", "I": "ΉΊΗΙΪ", "K": "Κ", "L": "Λ", "M": "Μ",
    "N": "Ν", "O": "ΌΏΟΩ", "P": "Π", "PS": "Ψ", "R": "Ρ", "S": "Σ", "T": "Τ", "TH": "Θ", "V": "Β", "X": "Ξ", "Y": "ΎΥΫ",
    "Z": "Ζ",
    "a": "άα", "ch": "χ", "d": "δ", "e": "έε", "f": "φ", "g": "γ", "i": "ΐήίηιϊ", "k": "κ", "l": "λ", "m": "μ",
    "n": "ν", "o": "οωόώ", "p": "π", "ps": "ψ", "r": "ρ", "s": "ςσ", "t": "τ", "th": "θ", "v": "β", "x": "ξ",
    "y": "ΰυϋύ", "z": "ζ",
}  # fmt: skip

_CYRILLIC = {
    "A": "АЪ", "B": "Б", "CH": "Ч", "D": "Д", "E": "Е", "F": "Ф", "G": "Г", "H": "Х", "I": "И", "K": "К", "L": "Л",
    "M": "М", "N": "Н", "O": "О", "P": "П", "R": "Р", "S": "С", "SH": "Ш", "SHT": "Щ", "T": "Т", "TS": "Ц", "U": "У",
    "V": "В", "Y": "ЙЬ", "YA": "Я", "YU": "Ю", "Z": "З", "ZH": "Ж",
    "a": "аъ", "b": "б", "ch": "ч", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "sh": "ш", "sht": "щ", "t": "т", "ts": "ц", "u": "у",
    "v": "в", "y": "йь", "ya": "я", "yu": "ю", "z": "з", "zh": "ж",
}  # fmt: skip

MAPPED: dict[str, str] = {
    letter: to for table in (_LATIN, _GREEK, _CYRILLIC) for to, letters in table.items() for letter in letters
} | _SPECIAL_IN_XML
"""What each character outside the basic set becomes, where that is not a full stop."""
