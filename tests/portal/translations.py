"""The Latvian translations: what must be translated, and the file made of it.

Run as a module, it adds what is new to the catalogue, leaves out what is gone, and writes the compiled catalogue.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PORTAL = Path(__file__).parents[2] / "src" / "balsts" / "portal"
CATALOGUE = PORTAL / "locale" / "lv" / "LC_MESSAGES" / "django.po"
FUNCTIONS = {"_", "gettext", "gettext_lazy", "ngettext"}
FROM_LIBRARIES = (
    "The username and/or password you specified are not correct.",
    "Incorrect code.",
    "Too many failed login attempts. Try again later.",
    "There is a problem",
    "Error:",
)
"""Messages of libraries that people meet and that the libraries do not translate."""
Message = tuple[str, str]
_CALL = re.compile(r"""(?P<many>n?)gettext\(u?(?P<args>(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^()])*)\)""")


def messages() -> set[Message]:
    """Every text that people read: singular and plural, the second empty where there is none."""
    found: set[Message] = {(one, "") for one in FROM_LIBRARIES}
    for path in PORTAL.rglob("*.py"):
        found |= set(_of_code(path.read_text(encoding="utf-8")))
    for path in (PORTAL / "templates").rglob("*.html"):
        found |= set(_of_template(path.read_text(encoding="utf-8")))
    return found


def _of_code(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            texts = node.args[: 2 if node.func.id == "ngettext" else 1]
            said = [str(one.value) for one in texts if isinstance(one, ast.Constant)]
            assert len(said) == len(texts), "a translated text is written out where it is used"
            yield (said[0], said[1] if len(said) > 1 else "")


def _of_template(text: str) -> Iterator[Message]:
    for call in _CALL.finditer(templatize(text)):
        texts = [str(ast.literal_eval(one)) for one in _literals(call["args"])]
        yield (texts[0], texts[1] if call["many"] else "")


def _literals(text: str) -> list[str]:
    return re.findall(r"""[uf]?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", text)


def write() -> None:
    """Bring the catalogue up to date; what is new has no translation yet."""
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=110) if CATALOGUE.exists() else polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit", "Language": "lv",
        "Plural-Forms": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    }  # fmt: skip
    wanted = messages()
    known = {(one.msgid, one.msgid_plural) for one in catalogue}
    for one in [entry for entry in catalogue if (entry.msgid, entry.msgid_plural) not in wanted]:
        catalogue.remove(one)
    for one, many in sorted(wanted - known):
        plural = {"msgid_plural": many, "msgstr_plural": {0: "", 1: "", 2: ""}} if many else {}
        catalogue.append(polib.POEntry(msgid=one, **plural))
    catalogue.sort(key=lambda entry: entry.msgid)
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


if __name__ == "__main__":
    write()
    print("\n".join(one.msgid for one in polib.pofile(str(CATALOGUE)).untranslated_entries()))
