"""Letters as PDF: accessible, to be archived, the same every time, and showing every text as it stands."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.documents.letter import (
    Block,
    Calculation,
    Column,
    Fact,
    Items,
    Language,
    Paragraph,
    Party,
    Picture,
    Step,
    Table,
)
from balsts.documents.pdf import document_pdf, letter_data, letter_pages, letter_pdf
from balsts.documents.text import day_in_words, shown, words
from tests.documents import reading
from tests.documents.letters import AT, DRAWING, LETTERS, letter, whole_letter

TABLE = Table("Pa mēnešiem", (Column("Mēnesis"), Column("Summa", is_amount=True)), (("Janvāris", "87,00 €"),))


# ------------------------------------------------------------------------------------------- standards


@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_letter_claims_to_be_accessible_and_to_be_archived(language: str) -> None:
    pdf = letter_pdf(whole_letter(language), at=AT)
    assert reading.claims(pdf) == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}


@pytest.mark.parametrize("language", ["lv", "en"])
def test_a_letter_tells_its_language_and_title(language: str) -> None:
    written = whole_letter(language)
    pdf = reading.read(letter_pdf(written, at=AT))
    assert pdf.root_object["/Lang"] == language
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == (written.title, written.sender.name)


def test_the_title_is_the_only_heading_of_the_first_level() -> None:
    kinds = reading.kinds(letter_pdf(whole_letter(), at=AT))
    headings = [kind for kind in kinds if kind.startswith("H") and kind[1:].isdigit()]
    assert headings == ["H1", "H2", "H2", "H2", "H2"]


def test_headings_are_read_with_their_words() -> None:
    pdf = letter_pdf(letter(), at=AT)
    titles = [tag.element.get("/T") for tag in reading.tags(pdf) if tag.kind in ("H1", "H2")]
    assert titles == ["Lēmums", "Īsumā", "Nodaļa"]


def test_a_table_has_a_caption_and_headers_of_its_columns() -> None:
    tags = reading.tags(letter_pdf(letter(TABLE), at=AT))
    inside = [tag for tag in tags if "Table" in tag.parents]
    assert [tag.kind for tag in inside if tag.kind in ("Caption", "THead", "TH", "TD")] == [
        "Caption", "THead", "TH", "TH", "TD", "TD",
    ]  # fmt: skip
    assert {str(tag.attribute("/Scope")) for tag in inside if tag.kind == "TH"} == {"/Column"}


def test_a_long_table_goes_on_under_its_header() -> None:
    rows = tuple((f"Rinda {number}", "1,00 €") for number in range(100))
    pdf = letter_pdf(letter(dataclasses.replace(TABLE, rows=rows, has_total=True)), at=AT)
    pages = [page.extract_text() for page in reading.read(pdf).pages]
    assert len(pages) > 2
    assert all("Mēnesis" in page for page in pages if "Rinda" in page)
    kinds = reading.kinds(pdf)
    assert (kinds.count("Table"), kinds.count("THead"), kinds.count("TFoot"), kinds.count("TR")) == (1, 1, 1, 101)


def test_a_picture_has_its_words() -> None:
    pdf = letter_pdf(letter(Picture(DRAWING, "Trīs stabiņi", "Zīmējums")), at=AT)
    told = [tag.element.get("/Alt") for tag in reading.tags(pdf) if tag.kind == "Figure"]
    assert told == ["Balsts", "Trīs stabiņi"]
    assert "Zīmējums" in reading.words(pdf)


def test_what_stands_in_the_margins_is_not_read_aloud() -> None:
    for page in reading.read(letter_pdf(whole_letter(is_draft=True), at=AT)).pages:
        contents = page.get_contents()
        assert contents is not None
        drawn = contents.get_data()
        assert b"/Artifact" in drawn
        assert b"/Type/Background" in drawn
        assert b"/Subtype/Footer" in drawn
        assert page["/Tabs"] == "/S"


def test_every_font_is_inside() -> None:
    for page in reading.read(letter_pdf(whole_letter(), at=AT)).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor
            assert "SourceSans3" in descriptor["/FontName"]


# ------------------------------------------------------------------------------------------- words


def test_latvian_letters_can_be_copied_out() -> None:
    assert LETTERS in reading.words(letter_pdf(letter(Paragraph(LETTERS)), at=AT))


@pytest.mark.parametrize("text", [
    "#panic(1)", "]#[", "*trekns* _slīps_", "= Virsraksts", "$ x^2 $", "`kods` @atsauce <iezīme>", '"\\n" \\u{1F600}',
    "// piezīme /* cita */", "https://example.org", "-- --- ... '' \"\"", "#sys.inputs.data", '{"kind": "table"}',
])  # fmt: skip
def test_a_text_is_shown_as_it_stands_wherever_it_is(text: str) -> None:
    fact = Fact(text, "1", text)
    step = Step(text, "1", text, text, (text,), (fact,), (text,))
    blocks: tuple[Block, ...] = (
        Paragraph(text), Items((text,)), Table(text, (Column(text),), ((text,),)), Calculation((step,)),
        Picture(DRAWING, text, text),
    )  # fmt: skip
    written = dataclasses.replace(
        letter(*blocks, title=text), summary=(text,), number=text, place=text, sender=Party(text, (text,), (text,)),
        addressee=Party(text, (text,), (text,)), verification=text,
    )  # fmt: skip
    pdf = letter_pdf(written, at=AT)
    found = " ".join(reading.words(pdf).split())
    assert found.count(" ".join(text.split())) >= 25
    assert reading.read(pdf).metadata["/Title"] == text  # type: ignore[index]


def test_a_character_that_cannot_be_seen_is_shown_by_its_number() -> None:
    assert shown("a\u0000b\u202ec\u200bd\ufeff") == "a[U+0000]b[U+202E]c[U+200B]d[U+FEFF]"
    assert shown("a\tb\r\nc") == "a b\nc"
    assert "[U+1F600]" in reading.words(letter_pdf(letter(Paragraph("\U0001f600")), at=AT))


def test_a_letter_made_of_two_characters_is_one() -> None:
    assert shown("s\u030co") == "šo"


def test_a_new_line_in_a_text_is_a_new_line() -> None:
    assert "Viens\nDivi" in reading.words(letter_pdf(letter(Paragraph("Viens\nDivi")), at=AT))


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_any_text_can_be_written(text: str) -> None:
    """PDF/A refuses a letter without a picture in the font, so making the file is the test."""
    assert letter_pdf(letter(Paragraph(text), Items((text,)), title=text or "x"), at=AT).startswith(b"%PDF-1.7")


def test_the_font_has_every_character_that_it_is_said_to_have() -> None:
    text = "".join(chr(number) for number in range(0x20, 0x30000) if shown(chr(number)) == chr(number))
    assert len(text) > 1500
    assert letter_pdf(letter(Paragraph(" ".join(text)), Paragraph(" ".join(text), is_strong=True)), at=AT)


# ------------------------------------------------------------------------------------------- what it says


@pytest.mark.parametrize(("language", "told"), [
    ("lv", ["2026. gada 3. martā", "Nr. 2026-000417", "Īsumā", "1. lapa no 2", "01.03.2026."]),
    ("en", ["3 March 2026", "No. 2026-000417", "In short", "Page 1 of 2", "1 March 2026"]),
])  # fmt: skip
def test_words_around_the_texts_are_of_the_letters_language(language: str, told: list[str]) -> None:
    found = reading.words(letter_pdf(whole_letter(language), at=AT))
    assert [one for one in told if one not in found] == []


def test_both_languages_have_the_same_words_around() -> None:
    assert words("lv").keys() == words("en").keys()
    assert all(words("lv")[name] != text for name, text in words("en").items())


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_at_the_head_is_in_words(month: int) -> None:
    day = datetime(2026, month, 1, tzinfo=UTC).date()
    assert day_in_words(day, "lv").startswith("2026. gada 1. ")
    assert day_in_words(day, "lv").endswith(("ī", "ā"))


def test_number_and_way_to_check_stand_on_every_page() -> None:
    pages = reading.read(letter_pdf(whole_letter(), at=AT)).pages
    assert len(pages) == 2
    for page in pages:
        assert "Nr. 2026-000417" in page.extract_text()
        assert page.extract_text().count("Zīmogu pārbauda") == 1


def test_a_draft_says_so_in_words_and_across_each_page() -> None:
    draft = reading.read(letter_pdf(whole_letter(is_draft=True), at=AT))
    assert "dokuments vēl nav spēkā" in draft.pages[0].extract_text()
    assert all("PROJEKTS" in page.extract_text().replace("\n", "").replace(" ", "") for page in draft.pages)
    assert "PROJEKTS" not in reading.words(letter_pdf(whole_letter(), at=AT))


def test_steps_are_numbered_and_a_deep_tree_is_no_obstacle() -> None:
    tree = Step("Pats pamats", "1")
    for depth in range(60):
        tree = Step(f"Solis {depth}", "1", steps=(tree,))
    found = reading.words(letter_pdf(letter(Calculation((tree, Step("Otrs", "2")))), at=AT))
    assert "1 Solis 59" in found
    assert "1.1 Solis 58" in found
    assert "Pats pamats" in found


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match=r"2 columns .* \[1\]"):
        dataclasses.replace(TABLE, rows=(("a",),))


# ------------------------------------------------------------------------------------------- the same every time


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_same_letter_at_the_same_moment_is_the_same_file(language: Language) -> None:
    assert letter_pdf(whole_letter(language), at=AT) == letter_pdf(whole_letter(language), at=AT)


def test_threads_may_write_letters_at_once() -> None:
    written = [whole_letter("lv"), whole_letter("en")] * 6
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda one: letter_pdf(one, at=AT), written))
    assert set(made[::2]) == {letter_pdf(written[0], at=AT)}
    assert set(made[1::2]) == {letter_pdf(written[1], at=AT)}


def test_another_moment_stands_in_the_file() -> None:
    later = letter_pdf(letter(), at=AT + timedelta(days=1))
    assert later != letter_pdf(letter(), at=AT)
    assert reading.read(later).metadata["/CreationDate"] == "D:20260304120000Z"  # type: ignore[index]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        document_pdf("letter", letter_data(letter()), at=AT.replace(tzinfo=None))


def test_pages_can_be_looked_at() -> None:
    pages = letter_pages(whole_letter())
    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in pages)
