"""Background work of congress."""

from procrastinate.contrib.django import app

from huiyin.congress import actions, imports
from huiyin.kernel import jobs


@app.periodic(cron="1 0 * * *", periodic_id="renew_acting_as")
@app.task(queueing_lock="renew_acting_as")
def renew_acting_as(timestamp: int) -> None:
    """Every night, who takes office today and who left it."""
    actions.renew_acting_as()


@app.task(retry=jobs.PROMISED)
def seat_deputies(token: str, owner: int, term_id: int, mapping: dict[str, str]) -> None:
    """Write a checked file of deputies; the page shows how far it has come."""
    imports.seat_held(token, owner=owner, term_id=term_id, mapping=mapping)


jobs.when_given_up(seat_deputies.name, imports.fail_held)
