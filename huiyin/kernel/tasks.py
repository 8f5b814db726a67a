"""Background work of the house itself: what a worker left unfinished is taken up again."""

import logging

from asgiref.sync import sync_to_async
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from huiyin.kernel import jobs

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *", periodic_id="take_up_stalled")
@app.task(queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Every minute, the jobs of workers that were killed or lost the database."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=jobs.SILENT_SECONDS):
        if job.attempts < jobs.MOST_TRIES:
            await _begin_again(manager, job)
        else:
            await _give_up(manager, job)


async def _begin_again(manager: JobManager, job: Job) -> None:
    try:
        await manager.retry_job(job)
    except UniqueViolation:  # the next one of its kind waits already and does the same
        await manager.finish_job(job, Status.FAILED, delete_job=False)


async def _give_up(manager: JobManager, job: Job) -> None:
    logger.error("job %s (%s) ended its worker %s times", job.id, job.task_name, job.attempts)
    await manager.finish_job(job, Status.FAILED, delete_job=False)
    await sync_to_async(jobs.tell_given_up)(job.task_name, job.task_kwargs)
