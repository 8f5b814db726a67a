"""People and their mandates."""

from collections.abc import Iterable
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import EndGround, MandateState, Role, Sex
from huiyin.congress.models.appointments import Appointment, congresses_of
from huiyin.congress.models.bodies import (
    OF_THE_CONGRESS,
    Congress,
    DeputyGroup,
    ElectingBase,
    Term,
)
from huiyin.kernel import clock, codes, identity
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.kernel.models import Trailed
from huiyin.regions.models import Region


class PersonQuerySet(models.QuerySet["Person"]):
    def unmaskable_by(self, user: Any) -> Self:
        """Clerks and directors may look up the contact of the deputies of their congress."""
        staff = congresses_of(user, Role.CLERK, Role.DIRECTOR)
        theirs = Deputy.objects.filter(congress__in=staff, person=OuterRef("pk")).order_by("-pk")
        rows = self.annotate(seen_for=Subquery(theirs.values("congress")[:1]))
        return rows.filter(seen_for__isnull=False)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(),
    # what is encrypted would not open in a copy; that it changed stands in the trail
    exclude=["phone", "phone_index", "identity_number", "identity_index"],
)
class Person(models.Model):
    """A human being, once, whatever number of mandates or accounts."""

    name = models.CharField(_("姓名"), max_length=60)
    sort_key = models.CharField(max_length=200)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    ethnic_group = models.CharField(_("民族"), max_length=20, blank=True)
    post = models.CharField(_("单位及职务"), max_length=120, blank=True)
    phone = EncryptedTextField(_("手机"), mask=identity.mask_phone, blank=True, default="")
    phone_index = BlindIndexField(of="phone", purpose="phone")
    identity_number = EncryptedTextField(
        _("身份证号"), mask=identity.mask_number, blank=True, default=""
    )
    identity_index = BlindIndexField(of="identity_number", purpose="identity")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="person",
        null=True,
        blank=True,
    )

    objects = PersonQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def sitting(self) -> Self:
        """Deputies who may act: 代表法 art. 61 suspends, art. 62 ends."""
        return self.filter(state=MandateState.ACTIVE)

    def of(self, congress: Congress) -> Self:
        return self.filter(congress=congress)

    def without_account(self) -> Self:
        """Sitting deputies whose person cannot log in yet."""
        return self.sitting().filter(person__user=None)

    def visible_to(self, user: Any) -> Self:
        """On the desk: those who work for the congress. Publicly, sitting deputies are no secret."""
        return self.filter(congress__in=congresses_of(user, *OF_THE_CONGRESS))

    def matching(
        self,
        *,
        q: str = "",
        level: str = "",
        county: Region | None = None,
        delegation: str = "",
        state: str = "",
        account: str = "",
    ) -> Self:
        """By name or its reading, level, county (of the congress or where elected), delegation,
        with an account or without."""
        found = self
        if q:
            found = found.filter(Q(person__name__contains=q) | Q(sort_key__startswith=q.lower()))
        if level:
            found = found.filter(congress__level=level)
        if county:
            found = found.filter(
                Q(congress__region__path__startswith=county.path)
                | Q(electing_base__region__path__startswith=county.path)
            )
        if delegation:
            found = found.filter(delegation=delegation)
        if account:
            found = found.filter(person__user__isnull=account == "no")
        return found.filter(state=state) if state else found

    def known_as(self, typed: str) -> Self:
        """By card number, by code as read out, or by name."""
        return self.filter(
            Q(card_number=typed) | Q(code=codes.normalise(typed)) | Q(person__name=typed)
        )

    def named(self) -> Self:
        """With the person's name at no further query."""
        return self.select_related("person")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Deputy(Trailed):
    """One person's mandate in one term of one congress."""

    untrailed = frozenset({"sort_key"})  # follows the person's name

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="deputies")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="deputies")
    electing_base = models.ForeignKey(
        ElectingBase, on_delete=models.PROTECT, related_name="deputies", null=True, blank=True
    )
    delegation = models.CharField(_("代表团"), max_length=60, blank=True)
    # Hands in what the delegation proposes, with its vote (Chongqing art. 8).
    heads_delegation = models.BooleanField(_("代表团团长"), default=False)
    groups = models.ManyToManyField(DeputyGroup, related_name="deputies", blank=True)
    card_number = models.CharField(_("代表证号"), max_length=30, blank=True)
    code = models.CharField(_("代表码"), max_length=16, unique=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=MandateState, default=MandateState.ACTIVE
    )
    elected_on = models.DateField(_("当选日期"), null=True, blank=True)
    suspended_on = models.DateField(_("暂停日期"), null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    end_ground = models.CharField(
        _("终止原因"), max_length=20, choices=EndGround, blank=True, default=""
    )
    sort_key = models.CharField(max_length=200)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "代表")
        constraints = [
            models.UniqueConstraint(
                name="deputy_one_mandate_a_term", fields=["person", "congress", "term"]
            ),
            models.UniqueConstraint(
                name="deputy_one_head_a_delegation",
                fields=["term", "delegation"],
                condition=Q(heads_delegation=True),
            ),
        ]
        indexes = [
            models.Index(name="deputy_sorted", fields=["congress", "state", "sort_key"]),
        ]

    def __str__(self) -> str:
        return self.person.name


def sitting_in(congresses: Iterable[int]) -> models.QuerySet[Any, Any]:
    """Who holds a seat there today, by appointment or as a deputy: ids of accounts, as a subquery."""
    seats = Appointment.objects.in_force(clock.today()).filter(congress__in=congresses)
    mandates = Deputy.objects.filter(
        congress__in=congresses, state=MandateState.ACTIVE, person__user__isnull=False
    )
    return seats.order_by().values("user").union(mandates.order_by().values("person__user"))
