"""Work in the background: the morning's reminders, and the sheets that follow the events."""

from procrastinate.contrib.django import app

from huiyin.supervision import actions


@app.periodic(cron="5 8 * * *", periodic_id="remind_of_supervision")
@app.task(queueing_lock="remind_of_supervision")
def remind(timestamp: int) -> None:
    """Every morning, who has to be told that time runs out."""
    actions.remind()


@app.periodic(cron="40 1 * * *", periodic_id="recount_scorecards")
@app.task(queueing_lock="recount_scorecards")
def recount(timestamp: int) -> None:
    """Every night, the sheets of appraisals that no unit has seen yet."""
    actions.recount_running()
