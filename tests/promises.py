"""Jobs as a killed worker leaves them, a worker that takes them up, and a queue that takes none."""

import asyncio

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.kernel import tasks


def leave_stalled(job: ProcrastinateJob, *, tries: int = 0, silent: str = "2 minutes") -> None:
    """Fetched by a worker that gave no sign of life for so long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s::interval) RETURNING id",
            [silent],
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = %s"
            " WHERE id = %s",
            [tries, cursor.fetchone()[0], job.pk],
        )


def work(monkeypatch) -> None:
    """A real worker, as after a restart: takes up what stalled, then does what waits."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # its threads leave none open
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})  # only what is promised
    tasks.take_up_stalled.defer(timestamp=0)
    for _round in ("take up", "do"):
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(_work_off())


async def _work_off() -> None:
    async with app.open_async():
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)


def refuse_jobs() -> None:
    """From now on the database takes no job."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs ADD CONSTRAINT shut CHECK (false) NOT VALID")


def forget_jobs() -> None:
    """What a test without a rollback leaves in the queue would be another's work."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs; DELETE FROM procrastinate_workers")
