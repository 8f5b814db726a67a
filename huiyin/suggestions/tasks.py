"""Work in the background: rounds whose time is up, and the morning's reminders."""

from procrastinate.contrib.django import app

from huiyin.congress.models import Congress
from huiyin.kernel import jobs
from huiyin.suggestions import actions
from huiyin.suggestions.imports import old_items
from huiyin.suggestions.models import OldItemFile


@app.periodic(cron="10 0 * * *", periodic_id="finish_silent_rounds")
@app.task(queueing_lock="finish_silent_rounds")
def finish_silent_rounds(timestamp: int) -> None:
    """After midnight, rounds whose last day has passed, and files of old items nobody took in."""
    actions.finish_silent_rounds()
    actions.old_items.forget_files()


@app.periodic(cron="0 * * * *", periodic_id="remind_of_clocks")
@app.task(queueing_lock="remind_of_clocks")
def remind(timestamp: int) -> None:
    """Every hour, who has to be told that time runs out: where it is working time now."""
    actions.remind()


@app.periodic(cron="5 * * * *", periodic_id="send_digests")
@app.task(queueing_lock="send_digests")
def send_digests(timestamp: int) -> None:
    """Every hour, the digests of those congresses whose hour it is."""
    actions.send_digests()


@app.task(queue="slow", retry=jobs.PROMISED)
def bring_in_old_items(file_id: int) -> None:
    """A checked file of another system's items; its page shows how far it has come."""
    old_items.run(OldItemFile.objects.select_related("congress__region", "by").get(pk=file_id))


jobs.when_given_up(bring_in_old_items.name, old_items.give_up)


@app.task(queue="slow", queueing_lock="learn_routes")
def learn_routes(congress_id: int) -> None:
    """A clerk asked to learn from the hand-overs of today."""
    actions.learn_routes(Congress.objects.get(pk=congress_id))


@app.periodic(cron="20 3 * * *", periodic_id="learn_all_routes")
@app.task(queue="slow", queueing_lock="learn_all_routes")
def learn_all_routes(timestamp: int) -> None:
    """Every night, where something was handed over since the last time."""
    actions.learn_all_routes()
