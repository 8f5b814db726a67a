"""Background work of notices, and the sealing of the trail."""

from procrastinate.contrib.django import app

from huiyin.kernel import trail
from huiyin.notices import actions


@app.periodic(cron="* * * * *", periodic_id="send_due")
@app.task(queueing_lock="send_due")
def send_due(timestamp: int) -> None:
    """Every minute, send what may go out now."""
    actions.send_due()


@app.periodic(cron="0 7 * * *", periodic_id="forget_old_numbers")
@app.task(queueing_lock="forget_old_numbers")
def forget_old_numbers(timestamp: int) -> None:
    """Every morning, numbers of messages that nobody will send again."""
    actions.forget_old_numbers()


@app.periodic(cron="* * * * *", periodic_id="seal_trail")
@app.task(queueing_lock="seal_trail")
def seal_trail(timestamp: int) -> None:
    """Every minute, seal the new entries of the trail into the chain of blocks."""
    trail.seal_all()


@app.periodic(cron="* * * * *", periodic_id="tell_other_systems")
@app.task(
    queueing_lock="tell_other_systems", lock="tell_other_systems"
)  # one slow receiver, one slot
def tell_other_systems(timestamp: int) -> None:
    """Every minute, newly sealed steps to the systems that asked for them."""
    actions.collect()
    actions.send_webhooks()
