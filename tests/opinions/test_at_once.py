"""Two at once: one step, one clear answer; one press, one voice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.kernel import verify
from huiyin.kernel.workflow import NotPossible
from huiyin.opinions import actions, imports, tasks
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter, MergeProposal, Voice, VoiceImport
from tests.congress.factories import AppointmentFactory
from tests.opinions.factories import MatterFactory, MergeProposalFactory, VoiceFactory, load_rules
from tests.promises import forget_jobs, leave_stalled, work
from tests.venues.factories import PlacementFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def together(*works):
    """Run all at the same time, each on its own connection; what each gave or raised."""

    def run(work):
        try:
            return work()
        except NotPossible as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_clerks_decide_once():
    load_rules()
    proposal = MergeProposalFactory()
    clerks = [AppointmentFactory(clerk=True).user for _ in range(2)]

    results = together(*(lambda by=by: actions.reject(proposal, by=by) for by in clerks))

    refused = [str(one) for one in results if isinstance(one, NotPossible)]
    assert refused == ["这一组已经处理过了：不是同一件事。"]


def test_a_deputy_and_a_colleague_take_up_once():
    load_rules()
    placements = [PlacementFactory(deputy__with_user=True)]
    placements.append(PlacementFactory(deputy__with_user=True, venue=placements[0].venue))
    matter = MatterFactory(timed=True, venue=placements[0].venue)
    VoiceFactory(matter=matter)

    results = together(
        *(
            lambda deputy=one.deputy: actions.take_up(matter, deputy=deputy, by=deputy.person.user)
            for one in placements
        )
    )

    refused = [str(one) for one in results if isinstance(one, NotPossible)]
    assert len(refused) == 1
    assert "现在不能“我来跟进”" in refused[0]
    assert list(verify.faults()) == []


def test_a_resident_who_presses_twice_answers_once():
    load_rules()
    matter = MatterFactory(timed=True, answered=True)
    voice = VoiceFactory(matter=matter, asked=True)

    results = together(*[lambda: actions.resident_answers(voice, solved=False)] * 2)

    refused = [str(one) for one in results if isinstance(one, NotPossible)]
    assert refused == ["现在没有需要回答的问题，可能刚才已经答过了。"]
    assert Matter.objects.get().state == State.REOPENED
    assert list(verify.faults()) == []


def test_pressing_twice_at_once_gives_one_voice():
    load_rules()
    congress = AppointmentFactory(clerk=True).congress
    said = {"congress": congress, "text": "路灯坏了一周没人修", "channel": "web"}

    results = together(*[lambda: actions.receive(**said, submission="pressed")] * 3)

    assert len({voice.pk for voice in results}) == 1
    assert (Voice.objects.count(), Matter.objects.count()) == (1, 1)
    assert list(verify.faults()) == []


def test_two_clerks_merge_crosswise_without_waiting_for_each_other():
    load_rules()
    by = AppointmentFactory(clerk=True).user
    first, second = MatterFactory(timed=True), MatterFactory(timed=True)

    results = together(
        lambda: actions.merge(first, others=[second], by=by),
        lambda: actions.merge(second, others=[first], by=by),
    )

    assert sum(isinstance(one, NotPossible) for one in results) == 1
    assert Matter.objects.standing().count() == 1
    assert list(verify.faults()) == []


def started():
    """A file of two voices about one matter, started, and its job."""
    load_rules()
    clerk = AppointmentFactory(clerk=True)
    said = "翠园小区三号楼希望加装电梯。"
    file = SimpleUploadedFile("f.csv", f"编号,内容\n1,{said}\n2,{said}\n".encode())
    opened = actions.open_import(
        clerk.congress, file=file, source="热线", channel="hotline", by=clerk.user
    )
    imports.dry_run(opened)
    return actions.start_import(opened, by=clerk.user)


def test_an_import_whose_worker_was_killed_is_finished_by_the_next(monkeypatch):
    begun = started()
    tasks.import_voices.defer(import_id=begun.pk)
    actions.note_check(begun, state="running", stage="writing", n_done=1)
    leave_stalled(ProcrastinateJob.objects.get())

    work(monkeypatch)
    forget_jobs()

    assert VoiceImport.objects.get().state == VoiceImport.State.DONE
    assert (Voice.objects.count(), MergeProposal.objects.count()) == (2, 1)


def test_two_workers_take_an_import_in_once():
    begun = started()

    together(*(lambda: imports.run(VoiceImport.objects.get(pk=begun.pk)) for _ in range(2)))

    assert VoiceImport.objects.get().state == VoiceImport.State.DONE
    assert Voice.objects.count() == 2
