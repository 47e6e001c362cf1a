"""Pages of the law: the index, acts, benefits, rules, values, open questions, changes, search."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from balsts.law.engine.explaining.whole import steps_of
from balsts.law.engine.explaining.words import parameter_words, title_of
from balsts.law.engine.pages.questions import SORTS, open_questions
from balsts.law.engine.pages.wording import formula
from balsts.law.latvia import latvia
from balsts.portal.folding import MOST_LETTERS, folded
from balsts.portal.law_pages import book, pictures, words
from balsts.portal.law_pages.search import MOST_FOUND
from balsts.portal.law_pages.search import search as find
from balsts.portal.statistics.live_views import esspros_of
from balsts.portal.words import PERIODS, upper_first
from balsts.statistics.esspros import SCHEME_QUESTION, SOURCE

MOST_TESTS = 12
OTHER = {"lv": "en", "en": "lv"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All of the law: what it holds, its benefits by who pays, its acts."""
    law, lang = latvia(), _lang()
    rights = [book.heading(law.rules[name][-1], lang) for name in law.rights()]
    payers = [
        (words.PAYERS[payer], sorted((one for one in rights if one.payer == payer), key=lambda one: folded(one.title)))
        for payer in words.PAYERS
    ]  # fmt: skip
    acts = [
        (words.ACT_KINDS[kind], [
            (code, act[lang], len(book.folders_of_act(code))) for code, act in law.acts.items() if act["kind"] == kind
        ]) for kind in words.ACT_KINDS
    ]  # fmt: skip
    return render(request, "portal/law_pages/index.html", {
        "counts": {
            "rights": len(law.rights()), "rules": len(law.rules), "parameters": len(law.parameters),
            "tests": len({(one.folder, one.name, one.month) for several in book.golden().values() for one in several}),
            "questions": len(open_questions(law)),
        },
        "payers": payers, "acts": acts,
        "statuses": [book.heading(law.rules[name][-1], lang) for name in law.statuses()],
        "folders": _titled(book.folders(), lang),
    })  # fmt: skip


@require_GET
def act(request: HttpRequest, code: str) -> HttpResponse:
    """One act: its benefits and chapters, and every rule that cites it."""
    law, lang = latvia(), _lang()
    if code not in law.acts:
        raise Http404
    known = law.acts[code]
    rules = [book.heading(versions[-1], lang) for versions in law.rules.values()
             if any(one.act == code for one in versions)]  # fmt: skip
    return render(request, "portal/law_pages/act.html", {
        "code": known.get(f"cited_{lang}", code), "title": known[lang], "other": known[OTHER[lang]],
        "other_lang": OTHER[lang], "act": known, "kind": words.ACT_KINDS[known["kind"]],
        "folders": _titled(book.folders_of_act(code), lang),
        "rules": sorted(rules, key=lambda one: folded(one.title)),
    })  # fmt: skip


@require_GET
def folder(request: HttpRequest, folder: str) -> HttpResponse:
    """One benefit or chapter: its rules, gathered values, parameters, open questions."""
    law, lang = latvia(), _lang()
    if folder not in book.folders():
        raise Http404
    return render(request, "portal/law_pages/folder.html", {
        "title": words.folder_title(folder, lang), "about": book.about(folder),
        "rules": [(book.heading(law.rules[name][-1], lang), len(law.rules[name]), words.sort_of(law.rules[name][-1]))
                  for name in book.rules_of(folder)],
        "gathered": [book.named(name, lang) for name in law.gathered if law.folder_of[name] == folder],
        "parameters": [
            (name, one.lv if lang == "lv" else one.en, words.value_now(one, lang), len(one.values))
            for name, one in law.parameters.items() if one.name.split(".")[0] == folder
        ],
        "questions": [words.question(one, lang) for one in open_questions(law, folder)],
    })  # fmt: skip


@require_GET
def rule(request: HttpRequest, name: str) -> HttpResponse:
    """One rule or gathered value: its wordings over time, what it reads, who reads it, its golden tests."""
    law, lang = latvia(), _lang()
    if name not in law.rules and name not in law.gathered:
        raise Http404
    read, users = book.reads(name, lang), book.read_by(name, lang)
    title = title_of(law, name, lang)
    tests = book.golden().get(name, ())
    wordings = [
        {"version": one, "cited": book.heading(one, lang).cited, "steps": words.indented(steps_of(one, law, lang)),
         "text": formula(one.function), "rounding": words.rounding(one, lang),
         "questions": [question.lv if lang == "lv" else question.en for question in one.questions]}
        for one in reversed(law.rules.get(name, ()))
    ]  # fmt: skip
    owner = law.folder_of[name]
    return render(request, "portal/law_pages/rule.html", {
        "name": name, "title": title, "other": title_of(law, name, OTHER[lang]), "other_lang": OTHER[lang],
        "folder": owner, "folder_title": words.folder_title(owner, lang),
        "terms": words.terms(law.rules[name][-1]) if name in law.rules else [],
        "gathers": words.gathers(law.gathered[name], lang) if name in law.gathered else "",
        "esspros": esspros_of(name, lang), "esspros_source": SOURCE.in_(lang),
        "scheme_question": SCHEME_QUESTION.in_(lang),
        "wordings": wordings, "reads": read, "read_by": users,
        "picture": pictures.graph(title[:1].upper() + title[1:], read, users),
        "tests": [words.test(one, name, lang) for one in tests[-MOST_TESTS:][::-1]], "number_of_tests": len(tests),
        "most_tests": MOST_TESTS,
    })  # fmt: skip


@require_GET
def parameter(request: HttpRequest, name: str) -> HttpResponse:
    """One value that the legislator can change: over time, with sources and how certain it is."""
    law, lang = latvia(), _lang()
    if name not in law.parameters:
        raise Http404
    one = law.parameters[name]
    owner = one.name.split(".")[0]
    values = [
        {"since": value.since, "words": parameter_words(one, value.value, words.REPEALED[lang], lang).split("; "),
         "reference": value.reference[0 if lang == "lv" else 1], "certainty": words.CERTAINTIES[value.certainty],
         "is_sure": value.certainty in ("act", "seen"), "is_repealed": value.repealed,
         "sources": words.sources(value.rests_on), "enacted": value.enacted,
         "question": value.question and value.question[0 if lang == "lv" else 1]}
        for value in reversed(one.values)
    ]  # fmt: skip
    return render(request, "portal/law_pages/parameter.html", {
        "name": one.name, "title": one.lv if lang == "lv" else one.en, "other": one.en if lang == "lv" else one.lv,
        "other_lang": OTHER[lang], "folder": owner, "folder_title": words.folder_title(owner, lang),
        "article": book.article(one.article, lang), "unit": words.unit(one, lang), "per": PERIODS.get(one.per, ""),
        "values": values, "picture": pictures.over_time(one, lang), "read_by": book.read_by(name, lang),
    })  # fmt: skip


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """All that is open: values that nobody knows, that are not verified or derived, and readings of rules."""
    lang = _lang()
    found = open_questions(latvia())
    sections = [(sort, words.SORTS[sort], [words.question(one, lang) for one in found if one.sort == sort])
                for sort in SORTS]  # fmt: skip
    return render(request, "portal/law_pages/questions.html", {"sections": sections, "number": len(found)})


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """What changes when, the last first."""
    days = [(day, [(one, words.CHANGES[how], value) for one, how, value in several])
            for day, several in book.changes(_lang())]  # fmt: skip
    return render(request, "portal/law_pages/changes.html", {"days": days, "first_day": latvia().first_day})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words looked for."""
    asked = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    found = find(asked)
    return render(request, "portal/law_pages/search.html", {
        "asked": asked, "found": found[:MOST_FOUND], "number": len(found), "has_more": len(found) > MOST_FOUND,
        "most": MOST_FOUND,
    })  # fmt: skip


def _titled(folders: list[str], lang: str) -> list[tuple[str, str]]:
    """Folders with what they are about, in the order of the alphabet."""
    found = [(one, upper_first(words.folder_title(one, lang))) for one in folders]
    return sorted(found, key=lambda one: folded(one[1]))


def _lang() -> str:
    return "lv" if get_language() == "lv" else "en"
