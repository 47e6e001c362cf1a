"""The form of a file of a new year."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from balsts.figures.datasets import DATASETS
from balsts.figures.grid import MOST_BYTES
from balsts.figures.loading import FIRST_YEAR
from balsts.portal.session.forms import GovukForm
from balsts.portal.statistics.words import page_lang


def _tables() -> list[tuple[str, str]]:
    return [
        ("", ""),
        *sorted(((code, one.title(page_lang())) for code, one in DATASETS.items()), key=lambda one: one[1]),
    ]


class LoadForm(GovukForm):
    """A file, the table it is of, and the year it reports."""

    table = forms.ChoiceField(label=_("Table"), choices=lazy(_tables, list),
                              error_messages={"required": _("Choose the table that the file is of.")})  # fmt: skip
    year = forms.IntegerField(
        label=_("Year that the file reports"), min_value=FIRST_YEAR,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), _("Enter a year such as 2024.")),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, or an XLSX workbook; its first row holds the names of the columns."),
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx"}),
        error_messages=dict.fromkeys(("required", "invalid", "missing", "empty"), _("Choose the file.")),
    )  # fmt: skip

    def clean_year(self) -> int:
        """A year that has begun, or the next."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year + 1:
            raise forms.ValidationError(_("Enter a year such as 2024."))
        return year

    def clean_file(self) -> UploadedFile[bytes]:
        """A file that is no larger than a table can be."""
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        if (found.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than a table can be. Split it by years."))
        return found
