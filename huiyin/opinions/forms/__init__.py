"""Shape and validity of what people type; nothing is saved here."""

from huiyin.opinions.forms.desk import (
    BatchForm,
    FilterForm,
    HandedFilterForm,
    PublicTitleForm,
    SearchForm,
    StepForm,
    SubjectForm,
    step_form,
)
from huiyin.opinions.forms.importing import ImportForm
from huiyin.opinions.forms.reception import WalkInForm
from huiyin.opinions.forms.saying import AnswerForm, FollowForm, LastForm, WhatForm, WhereForm

__all__ = [
    "AnswerForm",
    "BatchForm",
    "FilterForm",
    "FollowForm",
    "HandedFilterForm",
    "ImportForm",
    "LastForm",
    "PublicTitleForm",
    "SearchForm",
    "StepForm",
    "SubjectForm",
    "WalkInForm",
    "WhatForm",
    "WhereForm",
    "step_form",
]
