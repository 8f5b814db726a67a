"""A file for a suggestion: what it is, where it belongs, and the file itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.papers import PaperError, clean_paper, too_large
from huiyin.kernel.pictures import MOST_BYTES
from huiyin.suggestions.models import Attachment
from huiyin.suggestions.models.attachment import LONGEST_TITLE
from huiyin.ui.forms import ReadableField

ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp"


class PaperField(forms.FileField):
    """A PDF, or a picture that is written anew; told by its content, whatever its name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        try:
            if upload.size > MOST_BYTES:
                raise too_large()
            return clean_paper(upload.read())
        except PaperError as error:
            raise forms.ValidationError(error.text(get_language() or "zh")) from error


class AttachmentForm(forms.Form):
    place = forms.ChoiceField(label=_("属于哪一部分"))
    title = ReadableField(
        label=_("这是什么"),
        max_length=LONGEST_TITLE,
        help_text=_("比如“三号楼现场照片”“盖章的答复函”。下载时用作文件名。"),
    )
    paper = PaperField(
        label=_("文件"),
        help_text=_("PDF 或者图片，20 MB 以内。图片会去掉拍摄地点等信息。"),
    )

    def __init__(self, *args: Any, places: Sequence[Attachment], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["place"]
        field.choices = [(place.place, place.place_label) for place in places]
