"""How each thing that can be wrong in a file is told: what it is, what was expected, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A sentence in both languages, with the names of what is put in."""

    en: str
    lv: str


WORDING: dict[str, Said] = {
    # The file.
    "too-large": Said(
        en="{given} bytes; expected at most {most}. Split the file by years.",
        lv="{given} baiti; drīkst būt ne vairāk kā {most}. Sadaliet datni pa gadiem.",
    ),
    "too-many-rows": Said(
        en="more than {most} rows; expected fewer. Split the file by years.",
        lv="vairāk nekā {most} rindu; jābūt mazāk. Sadaliet datni pa gadiem.",
    ),
    "not-utf8": Said(
        en="line {line} is not UTF-8; expected CSV in UTF-8 or an XLSX workbook. In a spreadsheet, save it as «CSV "
           "UTF-8» or as XLSX.",
        lv="{line}. rinda nav UTF-8; jābūt CSV datnei UTF-8 kodējumā vai XLSX darbgrāmatai. Izklājlapu programmā "
           "saglabājiet to kā «CSV UTF-8» vai XLSX.",
    ),
    "divided-otherwise": Said(
        en="its fields are divided by «{given}»; expected commas. Save it as an XLSX workbook instead.",
        lv="lauki atdalīti ar «{given}»; jābūt komatiem. Saglabājiet to kā XLSX darbgrāmatu.",
    ),
    "not-csv": Said(
        en="line {line} is not CSV ({why}); expected fields divided by commas, and quotation marks in a field doubled. "
           "Save it as an XLSX workbook instead.",
        lv="{line}. rinda nav CSV ({why}); laukiem jābūt atdalītiem ar komatiem un pēdiņām laukā dubultotām. "
           "Saglabājiet to kā XLSX darbgrāmatu.",
    ),
    "not-a-workbook": Said(
        en="cannot be read as an XLSX workbook ({why}); expected one, or CSV in UTF-8. Open it in a spreadsheet and "
           "save it anew, without a password.",
        lv="nav izlasāma kā XLSX darbgrāmata ({why}); jābūt tai vai CSV datnei UTF-8 kodējumā. Atveriet to izklājlapu "
           "programmā un saglabājiet no jauna, bez paroles.",
    ),
    "bomb": Said(
        en="far larger once unpacked than a table can be; expected a table alone. Nothing of it was read: save the "
           "table in a new workbook.",
        lv="izpakota daudz lielāka, nekā tabula var būt; jābūt tikai tabulai. Nekas no tās nav lasīts: saglabājiet "
           "tabulu jaunā darbgrāmatā.",
    ),
    "beside": Said(
        en="a cell beside the table; expected nothing there. Delete it.",
        lv="šūna blakus tabulai; tur nekam nav jābūt. Izdzēsiet to.",
    ),
    # The heading.
    "empty-file": Said(
        en="empty; expected a heading with the columns {columns}. Begin with the template.",
        lv="tukša; jābūt virsrakstam ar kolonnām {columns}. Sāciet ar veidni.",
    ),
    "no-rows": Said(
        en="no rows below the heading; expected at least one. Fill them in.",
        lv="zem virsraksta rindu nav; jābūt vismaz vienai. Aizpildiet tās.",
    ),
    "unnamed-column": Said(
        en="a column without a name; expected none beside those of the template. Delete it.",
        lv="kolonna bez nosaukuma; citu kolonnu kā veidnē nedrīkst būt. Izdzēsiet to.",
    ),
    "unknown-column": Said(
        en="column «{given}» is not one of this table; expected those of the template. Delete or rename it.{nearest}",
        lv="kolonnas «{given}» šai tabulai nav; jābūt tām, kas ir veidnē. Izdzēsiet vai pārdēvējiet to.{nearest}",
    ),
    "column-twice": Said(
        en="column «{given}» stands twice; expected it once. Delete one of the two.",
        lv="kolonna «{given}» ir divreiz; jābūt vienreiz. Izdzēsiet vienu no abām.",
    ),
    "missing-column": Said(
        en="column «{given}» is missing; expected it here. Add it, empty where nothing is known.",
        lv="trūkst kolonnas «{given}»; tai jābūt šeit. Pievienojiet to, tukšu, ja nekas nav zināms.",
    ),
    "out-of-order": Said(
        en="column «{given}»; expected «{wanted}» here. Put the columns in the order of the template.",
        lv="kolonna «{given}»; šeit jābūt «{wanted}». Sakārtojiet kolonnas tāpat kā veidnē.",
    ),
    # A row.
    "shifted": Said(
        en="the row has {given} cells; expected {wanted}. Put in the cell that is missing, or take out the one too "
           "many: all after it have shifted.",
        lv="šūnu skaits rindā: {given}; jābūt {wanted}. Ielieciet trūkstošo šūnu vai izņemiet lieko: visas aiz tās ir "
           "nobīdījušās.",
    ),
    "row-twice": Said(
        en="the row is about the same as row {row} ({what}); expected one row for each. Delete one of the two, or say "
           "in what they differ.",
        lv="rinda ir par to pašu, par ko {row}. rinda ({what}); par katru jābūt vienai. Izdzēsiet vienu no abām vai "
           "norādiet, ar ko tās atšķiras.",
    ),
    # A cell of a workbook, whatever its column.
    "formula-cell": Said(
        en="a formula; expected what it comes to, as a plain value. Copy the cell and paste it as a value.",
        lv="formula; jābūt tās rezultātam kā parastai vērtībai. Kopējiet šūnu un ielīmējiet to kā vērtību.",
    ),
    "error-cell": Said(
        en="an error of the spreadsheet; expected a value. Correct the cell or leave it empty.",
        lv="izklājlapas kļūda; jābūt vērtībai. Izlabojiet šūnu vai atstājiet to tukšu.",
    ),
    "yes-no-cell": Said(
        en="a yes or no of the spreadsheet; expected text or a number. Set the format of the cell to text and write it "
           "anew.",
        lv="izklājlapas jā vai nē vērtība; jābūt tekstam vai skaitlim. Iestatiet šūnai teksta formātu un ierakstiet no "
           "jauna.",
    ),
    "time-cell": Said(
        en="a time of day; expected a day such as 2021-12-31, or text. Set the format of the cell to text and write it "
           "anew.",
        lv="pulksteņa laiks; jābūt dienai, piemēram, 2021-12-31, vai tekstam. Iestatiet šūnai teksta formātu un "
           "ierakstiet no jauna.",
    ),
    "scaled-cell": Said(
        en="shown as a percentage or in thousands, so that the cell holds another number; expected the one that is "
           "shown. Set the format of the cell to an ordinary number and write it anew.",
        lv="rādīts procentos vai tūkstošos, tāpēc šūnā ir cits skaitlis; jābūt tam, ko rāda. Iestatiet šūnai parasta "
           "skaitļa formātu un ierakstiet no jauna.",
    ),
    # A cell, by its column.
    "empty": Said(
        en="empty; expected something. Fill it in.",
        lv="tukša; kaut kam jābūt. Aizpildiet to.",
    ),
    "too-long": Said(
        en="{given} letters; expected at most {most}. Shorten it.",
        lv="burtu skaits: {given}; drīkst būt ne vairāk kā {most}. Saīsiniet to.",
    ),
    "not-a-number": Said(
        en="«{given}»; expected a number such as 1234.5. Write it without spaces, with a decimal point and at most six "
           "decimals.",
        lv="«{given}»; jābūt skaitlim, piemēram, 1234.5. Rakstiet to bez atstarpēm, ar decimālpunktu un ne vairāk kā "
           "sešiem cipariem aiz tā.",
    ),
    "not-a-line": Said(
        en="«{given}»; expected the number of a line, such as 210. Correct it or leave it empty.",
        lv="«{given}»; jābūt rindas numuram, piemēram, 210. Izlabojiet to vai atstājiet tukšu.",
    ),
    "formula-text": Said(
        en="«{given}» begins as a formula of a spreadsheet does; expected plain text. Write it without the sign.",
        lv="«{given}» sākas kā izklājlapas formula; jābūt parastam tekstam. Uzrakstiet to bez šīs zīmes.",
    ),
    "unseen": Said(
        en="«{given}» holds a sign that cannot be seen; expected one line of plain text. Write it anew by hand.",
        lv="«{given}» satur neredzamu zīmi; jābūt vienai parasta teksta rindai. Uzrakstiet to no jauna ar roku.",
    ),
    "not-a-year": Said(
        en="«{given}»; expected a year such as 2021. Correct it.",
        lv="«{given}»; jābūt gadam, piemēram, 2021. Izlabojiet to.",
    ),
    "not-a-span": Said(
        en="«{given}»; expected a year such as 2021, or a span such as 2026-2030. Correct it.",
        lv="«{given}»; jābūt gadam, piemēram, 2021, vai gadiem, piemēram, 2026-2030. Izlabojiet to.",
    ),
    "not-a-day": Said(
        en="«{given}»; expected a day such as 2021-12-31. Correct it.",
        lv="«{given}»; jābūt dienai, piemēram, 2021-12-31. Izlabojiet to.",
    ),
    "not-a-choice": Said(
        en="«{given}»; expected one of {known}. Choose one of them.{nearest}",
        lv="«{given}»; jābūt vienam no: {known}. Izvēlieties kādu no tiem.{nearest}",
    ),
    "not-a-document": Said(
        en="«{given}» is not a known document; expected nothing. Leave it empty: the file itself is the source.",
        lv="«{given}» nav zināms dokuments; tur nekam nav jābūt. Atstājiet tukšu: avots ir pati datne.",
    ),
    "number-for-words": Said(
        en="«{given}» is a number; expected words. Look whether the cells of this row have shifted.",
        lv="«{given}» ir skaitlis; jābūt vārdiem. Pārbaudiet, vai šīs rindas šūnas nav nobīdījušās.",
    ),
    "day-for-code": Said(
        en="«{given}» is a day; expected a code. A spreadsheet made it a day: set the format of the cell to text and "
           "write it anew.",
        lv="«{given}» ir diena; jābūt kodam. Par dienu to pārvērta izklājlapu programma: iestatiet šūnai teksta "
           "formātu un ierakstiet no jauna.",
    ),
    "wrong-year": Said(
        en="«{given}»; expected {year}, the year that is loaded. Load other years as files of their own.",
        lv="«{given}»; jābūt {year}. gadam, kuru ielādē. Citus gadus ielādējiet kā atsevišķas datnes.",
    ),
    "wrong-years": Said(
        en="«{given}»; expected {year}, the year that is loaded, or one not earlier than {first}. Load other years as "
           "files of their own.",
        lv="«{given}»; jābūt {year}. gadam, kuru ielādē, vai gadam ne agrāk par {first}. Citus gadus ielādējiet kā "
           "atsevišķas datnes.",
    ),
}  # fmt: skip
"""Every fault by its code."""
