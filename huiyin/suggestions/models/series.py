"""Numbers that are given once, in order, under a row lock, and never reused."""

from django.db import models

from huiyin.congress.models import Congress, Session, Term, Unit


class NumberSeries(models.Model):
    """The last number given in one session, or between sessions of one term; motions have their own."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="number_series")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="number_series")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="number_series", null=True
    )
    is_between = models.BooleanField(default=False)
    is_motion = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="number_series_once",
                fields=["congress", "term", "session", "is_between", "is_motion"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.congress_id}-{self.term_id}-{self.session_id}: {self.last}"


class DocumentSeries(models.Model):
    """The last document number (文号) of one unit in one year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="document_series")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="document_series_once_a_year", fields=["unit", "year"])
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.last}"
