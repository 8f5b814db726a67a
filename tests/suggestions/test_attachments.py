"""Attachments: who lays them where, for how long, who knows of them, and what is left when they go."""

import hashlib
from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from huiyin.kernel import verify
from huiyin.kernel.papers import clean_paper
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AttachmentState
from huiyin.suggestions.models import Attachment
from huiyin.suggestions.workflow.attaching import open_places
from tests.papers import MAKER, paper, picture
from tests.suggestions import ways
from tests.suggestions.walk import TEXT, TODAY, fresh, news_to, promised, trail_of


def attach(suggestion, by, place="text", title="现场照片", **more):
    return actions.attach(
        suggestion, place=place, title=title, paper=more.get("paper", paper()), by=by
    )


def talked(city, suggestion):
    return actions.log_contact(
        city.task(suggestion),
        kind="visit",
        on=TODAY,
        persons="李科长",
        summary="看了现场",
        by=city.unit_clerk,
    )


def places(user, suggestion) -> list[str]:
    return [place.part for place in open_places(user, suggestion)]


def seen_by(user) -> list[str]:
    return list(Attachment.objects.visible_to(user).order_by("pk").values_list("title", flat=True))


def test_the_lead_lays_a_picture_to_the_draft(city):
    suggestion = city.written()

    found = attach(
        suggestion, city.deputy_user, title=" 三号楼\n现场 📷 ", paper=clean_paper(picture())
    )

    with fresh(found).file.open("rb") as file:
        content = file.read()
    assert (found.title, found.part, found.kind) == ("三号楼 现场 📷", "text", "jpeg")
    assert (found.size, found.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert MAKER.encode() not in content
    assert "三号楼" not in found.file.name
    assert trail_of(found) == ["attach"]
    assert list(verify.faults()) == []


def test_what_is_removed_stays_as_a_line_and_its_file_goes(
    city, django_capture_on_commit_callbacks
):
    found = attach(city.written(), city.deputy_user)
    name = found.file.name

    with django_capture_on_commit_callbacks(execute=True):
        removed = actions.remove_attachment(found, words=" 拿错了 ", by=city.deputy_user)

    assert (removed.state, removed.removed_words, bool(removed.file)) == (
        AttachmentState.REMOVED, "拿错了", False,
    )  # fmt: skip
    assert not default_storage.exists(name)
    assert trail_of(found) == ["attach", "remove"]
    assert list(verify.faults()) == []


def test_a_removal_says_why(city):
    found = attach(city.written(), city.deputy_user)

    with pytest.raises(NotPossible, match="原因"):
        actions.remove_attachment(found, words=" ", by=city.deputy_user)


def test_ten_lie_at_one_place_and_no_more(city):
    suggestion = city.written()
    laid = [attach(suggestion, city.deputy_user) for _time in range(10)]

    with pytest.raises(NotPossible, match="最多放10个"):
        attach(suggestion, city.deputy_user)

    actions.remove_attachment(laid[0], words="不要了", by=city.deputy_user)
    attach(suggestion, city.deputy_user)


def test_who_may_lay_what_where(city):
    """Everybody of the city at a suggestion that is drafted, with a promise and a talk."""
    draft = city.written()
    drafted = city.drafted(promises=[promised("三号楼加装电梯")], cohandled=True)
    reply = drafted.replies.get()
    talked(city, drafted)
    people = (
        "deputy_user", "cosigner_user", "clerk", "director", "government", "unit_clerk", "leader",
        "finance_clerk", "committee_user",
    )  # fmt: skip

    assert {name: places(getattr(city, name), draft) for name in people} == {
        name: ["text"] if name == "deputy_user" else [] for name in people
    }
    ours = ["contact", "reply", "signed_paper"]
    assert {name: places(getattr(city, name), drafted) for name in people} == {
        "deputy_user": [], "cosigner_user": [], "government": [], "committee_user": [],
        "clerk": ["signed_paper"], "director": ["signed_paper"],
        "unit_clerk": ours, "leader": ours, "finance_clerk": ["signed_paper"],
    }  # fmt: skip
    for name in ("deputy_user", "clerk", "finance_clerk", "government"):
        with pytest.raises(NotAllowed):
            attach(drafted, getattr(city, name), f"reply:{reply.pk}")


def test_evidence_of_a_promise_is_the_units_until_it_is_checked(city):
    suggestion = city.tracking()
    promise = city.promise(suggestion)
    place = f"promise:{promise.pk}"

    attach(suggestion, city.unit_clerk, place)
    actions.claim_done(promise, evidence="已投入使用", by=city.unit_clerk)
    attach(suggestion, city.leader, place)
    with pytest.raises(NotAllowed):
        attach(suggestion, city.finance_clerk, place)
    actions.confirm(promise, by=city.clerk)

    with pytest.raises(NotPossible, match="不在办理中"):
        attach(fresh(suggestion), city.unit_clerk, place)


def test_the_text_is_fixed_once_it_is_handed_in(city):
    suggestion = city.written()
    found = attach(suggestion, city.deputy_user)
    actions.submit(suggestion, by=city.deputy_user)

    with pytest.raises(NotPossible, match="已经提交"):
        attach(suggestion, city.deputy_user)
    with pytest.raises(NotPossible, match="已经提交"):
        actions.remove_attachment(found, words="不要了", by=city.deputy_user)


def test_a_letter_under_review_is_fixed(city):
    suggestion = city.drafted()
    place = f"reply:{suggestion.replies.get().pk}"
    found = attach(suggestion, city.unit_clerk, place)
    actions.send_for_review(suggestion, by=city.unit_clerk)

    with pytest.raises(NotPossible, match="送审"):
        attach(suggestion, city.unit_clerk, place)
    with pytest.raises(NotPossible, match="送审"):
        actions.remove_attachment(found, words="不要了", by=city.unit_clerk)


def test_another_of_the_unit_does_not_remove_what_is_not_his(city):
    suggestion = city.handling()
    found = attach(suggestion, city.unit_clerk, f"contact:{talked(city, suggestion).pk}")

    with pytest.raises(NotAllowed):
        actions.remove_attachment(found, words="不要了", by=city.leader)


def test_a_place_that_is_gone_or_never_was_is_refused(city):
    for place in ("contact:999", "reply:1", "nowhere", ""):
        with pytest.raises(NotPossible, match="已经不在"):
            attach(city.written(), city.deputy_user, place)


def test_what_lies_at_a_draft_only_its_unit_knows(city):
    suggestion = city.drafted(cohandled=True)
    reply, task = suggestion.replies.get(), city.task(suggestion)
    attach(suggestion, city.unit_clerk, f"reply:{reply.pk}", "答复附图")
    attach(suggestion, city.unit_clerk, f"signed_paper:{task.pk}", "盖章的答复函")
    attach(suggestion, city.clerk, "signed_paper", "会议签到")
    others = (city.deputy_user, city.clerk, city.finance_clerk, city.government)

    assert [seen_by(user) for user in others] == [["会议签到"]] * 4
    assert seen_by(city.unit_clerk) == ["答复附图", "盖章的答复函", "会议签到"]

    actions.send_for_review(suggestion, by=city.unit_clerk)
    actions.sign_reply(fresh(suggestion), by=city.leader)

    assert [len(seen_by(user)) for user in others] == [3] * 4


def test_a_unit_that_answers_lays_a_signed_paper_to_its_letter_only(city):
    """Before there is a draft the scan would be read by everybody."""
    suggestion = city.handling(cohandled=True)

    assert (places(city.unit_clerk, suggestion), places(city.finance_clerk, suggestion)) == (
        [],
        ["signed_paper"],
    )


def test_nobody_else_knows_of_anything(city):
    suggestion = city.written()
    attach(suggestion, city.deputy_user)

    strangers = (city.cosigner_user, city.clerk, city.unit_clerk, city.government)
    assert [seen_by(user) for user in strangers] == [[]] * 4


def test_of_a_secret_item_only_confidants_know(city):
    secret = replace(TEXT, is_secret=True)
    suggestion = actions.write(city.lead, text=secret, by=city.deputy_user)
    actions.submit(suggestion, by=city.deputy_user)
    attach(suggestion, city.director, "signed_paper", "签收单")
    with pytest.raises(NotAllowed):
        attach(suggestion, city.clerk, "signed_paper")

    assert (seen_by(city.director), seen_by(city.clerk)) == (["签收单"], [])


def test_signers_hear_of_a_new_attachment_and_their_names_stand(city):
    suggestion = city.signed()

    found = attach(suggestion, city.deputy_user)
    actions.remove_attachment(found, words="换一张", by=city.deputy_user)

    assert news_to(city.cosigner_user)[-2:] == [
        "您联名的建议增加了附件，请看看",
        "您联名的建议移除了一个附件",
    ]
    assert (fresh(suggestion).text_version, fresh(suggestion).n_cosigners) == (1, 1)


def test_a_draft_that_is_given_up_leaves_no_file(city, django_capture_on_commit_callbacks):
    suggestion = city.written()
    found = attach(suggestion, city.deputy_user)
    removed = attach(suggestion, city.deputy_user)
    actions.remove_attachment(removed, words="不要了", by=city.deputy_user)

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(suggestion, by=city.deputy_user)

    assert not default_storage.exists(found.file.name)
    assert (trail_of(found), trail_of(removed)) == (["attach", "discard"], ["attach", "remove"])


def test_what_was_handed_in_keeps_its_files_when_it_is_withdrawn(city):
    suggestion = city.written()
    found = attach(suggestion, city.deputy_user)
    actions.submit(suggestion, by=city.deputy_user)

    actions.withdraw(fresh(suggestion), by=city.deputy_user)

    assert fresh(found).is_kept


def test_a_follower_gets_the_files_of_the_letter_and_not_twice(city):
    lead = city.drafted()
    attach(lead, city.unit_clerk, f"reply:{lead.replies.get().pk}", "答复附图")
    follower = ways.merged(city, into=lead)
    actions.send_for_review(lead, by=city.unit_clerk)
    reply = actions.sign_reply(fresh(lead), by=city.leader)

    copy = follower.attachments.get()
    assert (copy.title, copy.sha256) == ("答复附图", reply.attachments.get().sha256)
    assert copy.file.name != reply.attachments.get().file.name

    task = city.task(lead)
    actions.ask_recall(task, reason="附图有误", by=city.leader)
    actions.grant_recall(fresh(task), ruling="同意", by=city.clerk)
    actions.send_for_review(fresh(lead), by=city.unit_clerk)
    actions.sign_reply(fresh(lead), by=city.leader)

    assert follower.attachments.kept().count() == 1
    assert follower.attachments.count() == 2


def test_a_lost_file_does_not_hold_up_the_letter(city):
    lead = city.drafted()
    found = attach(lead, city.unit_clerk, f"reply:{lead.replies.get().pk}")
    default_storage.delete(found.file.name)
    follower = ways.merged(city, into=lead)

    actions.send_for_review(lead, by=city.unit_clerk)
    actions.sign_reply(fresh(lead), by=city.leader)

    assert follower.attachments.count() == 0


def test_who_agreed_to_a_letter_is_asked_again_when_a_file_is_added(city):
    suggestion = ways.joint_drafted(city)
    actions.ask_agreement(suggestion, by=city.unit_clerk)
    task = ways.joint_task(suggestion)
    actions.agree(task, by=city.finance_leader)

    attach(suggestion, city.unit_clerk, f"reply:{suggestion.replies.get().pk}")

    assert fresh(task).state == "handling"


@pytest.mark.parametrize(
    "wrong",
    [{"file": ""}, {"state": "removed"}, {"removed_words": "没有移除"}, {"part": "contact"}],
)
def test_the_database_refuses_what_contradicts_itself(city, wrong):
    found = attach(city.written(), city.deputy_user)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=found.pk).update(**wrong)
