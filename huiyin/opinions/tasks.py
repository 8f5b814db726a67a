"""Work in the background: imports, comparing what came in, and what every morning must move."""

from procrastinate.contrib.django import app

from huiyin.kernel import jobs
from huiyin.opinions import actions, imports
from huiyin.opinions.models import VoiceImport


@app.task(queue="slow", retry=jobs.PROMISED)
def import_voices(import_id: int) -> None:
    imports.run(VoiceImport.objects.get(pk=import_id))


jobs.when_given_up(import_voices.name, imports.give_up)


@app.periodic(cron="* * * * *", periodic_id="propose_merges")
@app.task(queueing_lock="propose_merges")
def propose_merges(timestamp: int) -> None:
    """Compare what came in since the last minute with what stands."""
    actions.propose_waiting()


@app.periodic(cron="0 * * * *", periodic_id="remind_of_matters")
@app.task(queueing_lock="remind_of_matters")
def remind(timestamp: int) -> None:
    """Every hour, who has to be told that time runs out: where it is working time now."""
    actions.remind()


@app.periodic(cron="30 7 * * *", periodic_id="opinions_morning")
@app.task(queueing_lock="opinions_morning")
def morning(timestamp: int) -> None:
    """Neglected matters go to the clerk, silent ones are closed, what is past its time is deleted."""
    actions.pass_on_neglected()
    actions.close_silent_matters()
    actions.sweep_pictures()
    actions.forget_import_files()
    actions.forget_old_contacts()
    actions.forget_old_pictures()
    actions.forget_old_words()
