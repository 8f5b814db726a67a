"""Background work of this floor: the bulk files of open data."""

from procrastinate.contrib.django import app

from huiyin.dashboards import open_data


@app.periodic(cron="40 2 * * *", periodic_id="make_open_data")
@app.task(queue="slow", queueing_lock="make_open_data")
def make_open_data(timestamp: int) -> None:
    """Every night, all of it."""
    open_data.make()


@app.periodic(cron="*/10 * * * *", periodic_id="renew_open_data")
@app.task(queue="slow", queueing_lock="renew_open_data")
def renew_open_data(timestamp: int) -> None:
    """Soon after something was taken back, files without it; and the first ones of all."""
    open_data.make_if_needed()
