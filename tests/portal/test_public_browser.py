"""Pages for everybody as a browser meets them: walked through by keyboard, in both languages, without a database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from balsts.portal.public.answers import sealed
from tests.portal.browsing import (
    NARROW,
    WITH_CHROMIUM,
    assert_fits_twice_as_large,
    assert_is_accessible,
    follow,
    served_here,
)
from tests.portal.walks import a_family, answers, born

pytestmark = [WITH_CHROMIUM, pytest.mark.xdist_group("public_browser")]  # beside those that need the demonstration
NEXT = "main form.balsts-questions button"
_FOCUS = """(css => { const e = document.activeElement, s = getComputedStyle(e);
  const box = e.type === "radio" || e.type === "checkbox" ? getComputedStyle(e.nextElementSibling, "::before") : s;
  return [e.matches(css), s.outlineStyle + box.boxShadow + s.backgroundColor]; })"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The portal, served by this process, whose tests have no database."""
    with served_here() as found:
        yield found


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=address, viewport=NARROW) as found:  # type: ignore[arg-type]
        yield found


def in_language(context: BrowserContext, address: str, lang: str) -> Page:
    context.add_cookies([{"name": "django_language", "value": lang, "url": address}])
    return context.new_page()


def tab_to(page: Page, css: str) -> None:
    """Go to something by the Tab key; each stop on the way can be seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        is_there, look = page.evaluate(f"{_FOCUS}({css!r})")
        assert look != "nonenonergba(0, 0, 0, 0)", "where one stands cannot be seen"
        if is_there:
            return
    raise AssertionError(f"{css} cannot be reached with the keyboard")


def enter(page: Page) -> None:
    """Press Enter, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, css: str) -> None:
    tab_to(page, css)
    enter(page)


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, f"[name={name}]")
    page.keyboard.type(text)


def choose(page: Page, name: str, number: int) -> None:
    """Choose one of a group of radio buttons: the first by the space bar, the others with arrows from there."""
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Space")
    for _ in range(number - 1):
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize(("lang", "sum_"), [("lv", "474,00 €"), ("en", "474.00 €")])
def test_the_whole_walk_by_keyboard_alone(context: BrowserContext, address: str, lang: str, sum_: str) -> None:
    page = in_language(context, address, lang)
    page.goto("/")
    press(page, "main a[href='/support/']")
    press(page, "main form button")
    type_into(page, "adults", "2")
    type_into(page, "children", "1")
    enter(page)
    for sex in (1, 2):
        type_into(page, "born", born(30 + sex))
        choose(page, "sex", sex)
        if sex == 2:
            choose(page, "relation", 1)
        enter(page)
    type_into(page, "born", born(5))
    choose(page, "tie", 1)
    enter(page)
    press(page, NEXT)
    for _ in range(2):
        choose(page, "employed", 2)
        enter(page)
    page.wait_for_selector("[name=costs]")
    press(page, NEXT)
    choose(page, "within", 1)
    enter(page)
    press(page, NEXT)
    press(page, "main button[value=result]")
    assert page.inner_text(".balsts-total__sum") == sum_
    press(page, "main button[value='what-if']")
    choose(page, "works", 2)
    type_into(page, "wage", "500")
    enter(page)
    assert page.locator("#compared").count() == 1
    assert page.url == f"{address}/support/questions/"


def fill(page: Page, given: dict[str, object]) -> None:
    """Fill a page in with the mouse."""
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            field = page.locator(f"[name='{name}']")
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                known = page.locator(f"[name='{name}'][value='{one}']")
                (known if known.count() else field.first).check()
            else:
                field.fill(str(one))


def states(page: Page) -> Iterator[str]:
    """Every page for everybody, and every state of it, one after another."""
    for path in ("/", "/support/"):
        page.goto(path)
        yield path
    follow(page, "main form button")
    yield "the first question"
    follow(page, NEXT)
    yield "the first question with errors"
    for given in a_family():
        fill(page, given)
        yield page.title()
        follow(page, NEXT)
    yield "the check"
    follow(page, "main button[value=home]")
    page.fill("[name=costs]", "viens")
    follow(page, NEXT)
    yield "a question with an error"
    page.fill("[name=costs]", "250")
    follow(page, NEXT)
    follow(page, "main button[value=result]")
    open_all(page)
    yield "the result, all open"
    follow(page, "main button[value='what-if']")
    yield "what if"
    follow(page, NEXT)
    yield "what if with errors"
    fill(page, {"works": "adult-01", "wage": "700", "birth": "on"})
    follow(page, NEXT)
    open_all(page)
    yield "now and then, all open"
    yield from refused(page)
    for path in ("/law/", "/law/acts/VSPL/", "/law/gmi_benefit/", "/law/means_test/", "/law/rules/housing_benefit/",
                 "/law/rules/household_members/", "/law/parameters/childcare_benefit_amount/",
                 "/law/parameters/family_state_benefit_per_child/", "/law/questions/", "/law/changes/",
                 "/law/search/?q=gimenes", "/law/search/?q=zzzz", "/law/no_such/"):  # fmt: skip
        page.goto(path)
        open_all(page)
        yield path


def refused(page: Page) -> Iterator[str]:
    """Answers that nobody gave: that do not fit together, and that we did not seal."""
    young = {"born": "2020-01", "sex": "f"}
    odd = answers(household={"adults": 1, "children": 1}, adult_01=young,
                  child_01={"born": "2010-01", "tie": "own", "of": ["adult-01"]}, studies={"child-01": "none"},
                  health={"disabled": []}, work_adult_01={"employed": "no"}, home={"costs": "1.00"},
                  means={"within": "yes"}, special={"what": []})  # fmt: skip
    for text in (sealed(odd), "nonsense"):
        page.goto("/support/")
        follow(page, "main form button")
        with page.expect_navigation():
            page.evaluate(
                "text => { const form = document.querySelector('form.balsts-questions');"
                " form.answers.value = text; form.page.value = 'check'; form.requestSubmit(); }",
                text,
            )
        page.wait_for_load_state()
        page.wait_for_selector("main a.govuk-button, main button[value=check], main button[value=result]")
        if page.locator("main button[value=result]").count():
            follow(page, "main button[value=result]")
        yield f"refused: {page.title()}"


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_for_everybody_is_accessible_and_fits_a_telephone_and_large_text(
    context: BrowserContext, address: str, lang: str, scheme: str
) -> None:
    page = in_language(context, address, lang)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    seen = 0
    for state in states(page):
        assert_is_accessible(page, state, lang)
        if lang == "lv":  # the longer words
            assert_fits_twice_as_large(page, state)
        assert page.locator("script").count() == 0, state
        seen += 1
    assert seen >= 36
    assert not refused


def test_paper_has_the_result_and_no_buttons(context: BrowserContext, address: str) -> None:
    page = in_language(context, address, "en")
    for state in states(page):
        if state == "the result, all open":
            page.emulate_media(media="print")
            assert page.locator(".balsts-total__sum").is_visible()
            assert not page.locator("main button:visible, nav:visible, .balsts-back:visible").count()
            return
    raise AssertionError("there was no result")


def test_without_scripts_everything_is_the_same(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False) as context:
        page = in_language(context, address, "en")
        page.goto("/support/")
        follow(page, "main form button")
        for given in a_family():
            fill(page, given)
            follow(page, NEXT)
        follow(page, "main button[value=result]")
        assert "€" in page.inner_text(".balsts-total__sum")
