"""What a worker left unfinished is taken up again, and not for ever."""

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.kernel import jobs
from tests.promises import forget_jobs, leave_stalled, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TASK = "tests.kernel.promised"


@pytest.fixture
def done():
    """A task of this test: what it was asked for."""
    asked = []

    def promised(number: int) -> None:
        asked.append(number)

    task = app.task(name=TASK, queue="slow", retry=jobs.PROMISED)(promised)
    yield asked
    del app.tasks[task.name]
    forget_jobs()


def put(number=1, **more):
    job = app.configure_task(TASK, queue="slow", **more).defer(number=number)
    return ProcrastinateJob.objects.get(pk=job)


def states():
    return list(
        ProcrastinateJob.objects.filter(task_name=TASK)
        .order_by("pk")
        .values_list("status", "attempts")
    )


def test_a_dead_workers_job_is_done_by_another(done, monkeypatch):
    leave_stalled(put())

    work(monkeypatch)

    assert (done, states()) == ([1], [("succeeded", 2)])


def test_a_job_whose_worker_lives_is_left_to_it(done, monkeypatch):
    leave_stalled(put(), silent="20 seconds")

    work(monkeypatch)

    assert (done, states()) == ([], [("doing", 0)])


def test_a_job_that_ends_every_worker_is_given_up_and_said(done, monkeypatch):
    told = []
    jobs.when_given_up(TASK, lambda number: told.append(number))
    leave_stalled(put(7), tries=jobs.MOST_TRIES)

    work(monkeypatch)

    assert (done, told) == ([], [7])
    assert [status for status, _tries in states()] == ["failed"]


def test_where_the_next_of_its_kind_waits_it_is_left_to_that_one(done, monkeypatch):
    leave_stalled(put(1, queueing_lock="one"))
    put(2, queueing_lock="one", schedule_in={"hours": 1})

    work(monkeypatch)

    assert (done, [status for status, _tries in states()]) == ([], ["failed", "todo"])


@pytest.mark.parametrize("error", jobs.LOST)
def test_a_lost_database_is_no_end_of_a_promise(error):
    decision = jobs.PROMISED.get_retry_exception(error("gone"), _job())

    assert decision is not None
    assert jobs.PROMISED.get_retry_exception(ValueError("wrong"), _job()) is None


def _job():
    return app.configure_task(TASK, allow_unknown=True).job
