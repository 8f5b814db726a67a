"""The one router of the floor: two methods of one address must meet in it."""

from ninja import Router

router = Router(tags=["suggestions"])
