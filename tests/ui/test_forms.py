"""Forms read the same on every page: label, hint and error belong to their control."""

import datetime as dt

from django import forms
from django.forms.utils import ErrorList
from django.template import Context, Template
from lxml import html

from huiyin.kernel import clock
from huiyin.ui.forms import DayInput, MomentInput

NOON = clock.at(dt.date(2026, 11, 3), 15, 4)


class Visit(forms.Form):
    title = forms.CharField(label="标题", max_length=5, help_text="一句<话>")
    words = forms.CharField(label="内容", widget=forms.Textarea, required=False)
    day = forms.DateField(label="日期", widget=DayInput)
    at = forms.DateTimeField(label="时间", widget=MomentInput, required=False)
    kind = forms.ChoiceField(
        label="类别", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="同意")
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")

    def clean(self):
        raise forms.ValidationError("两处对不上。")


def parsed(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(text, create_parent="div")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def summary(form: forms.Form) -> str:
    return Template('{% cotton error_summary :form="form" / %}').render(Context({"form": form}))


def refused() -> Visit:
    return Visit({"title": "关于加装电梯", "words": "三号楼", "day": "明天", "secret": "x"})


def test_control_names_its_hint_and_its_error():
    page = parsed(str(refused()["title"].as_field_group()))

    control = page.get_element_by_id("id_title")

    assert control.get("aria-describedby") == "id_title_helptext id_title_error"
    assert control.get("aria-invalid") == "true"
    assert control.get("value") == "关于加装电梯"
    assert words(page.get_element_by_id("id_title_helptext")) == "一句<话>"
    assert words(page.get_element_by_id("id_title_error")) == "最多 5 个字，现在是 6 个。"
    assert page.xpath("//label[@for='id_title']")[0].text_content().split() == ["标题"]


def test_length_is_counted_and_never_cut():
    control = parsed(str(Visit()["title"])).xpath("//input")[0]

    assert (control.get("maxlength"), control.get("data-max")) == (None, "5")


def test_optional_fields_say_so():
    label = parsed(str(Visit()["words"].as_field_group())).xpath("//label")[0]

    assert label.text_content().split() == ["内容", "（选填）"]


def test_choices_stand_in_a_fieldset_with_a_legend():
    page = parsed(str(refused()["kind"].as_field_group()))

    assert page.xpath("//fieldset/@aria-describedby") == ["id_kind_error"]
    assert page.xpath("//fieldset/legend")[0].text_content().split() == ["类别"]
    assert page.xpath("//label/@for") == page.xpath("//input/@id") == ["id_kind_0", "id_kind_1"]


def test_a_single_box_stands_before_its_words():
    page = parsed(str(refused()["agree"].as_field_group()))

    assert page.xpath("//input[@type='checkbox']/following-sibling::label/@for") == ["id_agree"]
    assert words(page.get_element_by_id("id_agree_error")) == "请填写这一项。"


def test_days_and_moments_are_iso_for_the_browser():
    form = Visit(initial={"day": dt.date(2026, 11, 3), "at": NOON})

    controls = [parsed(str(form[name])).xpath("//input")[0] for name in ("day", "at")]

    written = [(control.get("type"), control.get("value")) for control in controls]
    assert written == [("date", "2026-11-03"), ("datetime-local", "2026-11-03T15:04")]


def test_whole_form_shows_its_own_error_hidden_and_visible_fields():
    page = parsed(str(refused()))

    assert [words(line) for line in page.xpath("//p[@class='govuk-error-message']")] == [
        "两处对不上。"
    ]
    assert page.xpath("//input[@type='hidden']/@name") == ["secret"]
    assert len(page.xpath("//div[starts-with(@class, 'govuk-form-group')]")) == 6


def test_error_summary_links_every_error_to_its_control():
    page = parsed(summary(refused()))

    links = [(link.get("href"), words(link)) for link in page.xpath("//a")]

    assert links == [
        ("#id_title", "标题：最多 5 个字，现在是 6 个。"),
        ("#id_day", "日期：请写成年-月-日，例如 2026-11-23。"),
        ("#id_kind_0", "类别：请填写这一项。"),
        ("#id_agree", "同意：请填写这一项。"),
    ]
    assert [words(item) for item in page.xpath("//li[not(a)]")] == ["两处对不上。"]


def test_a_form_without_errors_has_no_summary():
    assert summary(Visit()).strip() == ""


def test_no_errors_write_nothing():
    assert str(ErrorList()).strip() == ""
