"""The rules as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from huiyin.rulebook.models import Rule


def headers() -> list[str]:
    return [
        _("事项"),
        _("规定"),
        _("依据"),
        _("条款"),
        _("条款大意"),
        _("适用地区"),
        _("生效日期"),
        _("本地已确认"),
    ]


def rule_rows(rules: Iterable[Rule]) -> Iterator[list[str]]:
    for rule in rules:
        yield [
            rule.label,
            rule.words,
            rule.source,
            rule.article,
            rule.article_text,
            rule.region.name,
            rule.valid_from.isoformat(),
            _("是") if rule.is_confirmed else _("否"),
        ]
