"""Background work of venues."""

import datetime as dt

from procrastinate.contrib.django import app

from huiyin.kernel import clock
from huiyin.venues import actions


@app.periodic(cron="0 9 * * *", periodic_id="remind_duties")
@app.task(queueing_lock="remind_duties")
def remind_duties(timestamp: int) -> None:
    """Every morning, tell who is on duty tomorrow."""
    actions.remind(clock.today() + dt.timedelta(days=1))
