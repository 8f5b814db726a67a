"""Bringing a file of old items: the file, and who is meant by the names in it."""

import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.suggestions.imports.names import DEPUTIES, FORMER, UNITS

BIGGEST = 20 * 1024**2
ANSWER = re.compile(r"|former|[0-9]{1,18}|person:[0-9]{1,18}")


class OldItemFileForm(forms.Form):
    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("xlsx 或者 csv，第一行是列名，不超过 20 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def __init__(self, *args, congresses, **options) -> None:
        super().__init__(*args, **options)
        own = Congress.objects.filter(pk__in=congresses).order_by("pk")
        self.fields["congress"] = forms.ModelChoiceField(
            queryset=own,
            label=_("导入到"),
            empty_label=None,
            initial=own.first(),
            required=len(congresses) > 1,
            widget=forms.Select if len(congresses) > 1 else forms.HiddenInput,
        )
        self.only = own.first()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > BIGGEST:
            raise forms.ValidationError(gettext("文件太大，最多 20 MB，请分成几个文件。"))
        return file

    def clean_congress(self):
        return self.cleaned_data["congress"] or self.only


def read_answers(typed) -> dict[str, dict[str, str]]:
    """What was chosen for each name: a row of ours, the past, or nothing; anything else is dropped."""
    found = {}
    for kind in (UNITS, DEPUTIES):
        pairs = zip(typed.getlist(kind), typed.getlist(f"{kind}_to"), strict=False)
        found[kind] = {name: to for name, to in pairs if ANSWER.fullmatch(to)}
    rest = {kind: FORMER if f"rest_{kind}" in typed else "" for kind in (UNITS, DEPUTIES)}
    return {**found, "rest": rest}
