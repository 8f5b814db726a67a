"""What is handled in confidence is supervised by nobody in public."""

import pytest

from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions import actions as suggestions
from huiyin.supervision import actions
from huiyin.supervision.choices import GIVING
from huiyin.supervision.models import Scorecard
from huiyin.supervision.models.key_items import key_candidates
from tests.suggestions.test_secret import SECRET
from tests.suggestions.test_secret import handling as in_confidence
from tests.suggestions.walk import BODY, fresh, rate


def answered_in_confidence(house):
    suggestion = in_confidence(house)
    suggestions.draft_reply(suggestion, result_class="A", body=BODY, by=house.leader)
    suggestions.send_for_review(suggestion, by=house.leader)
    suggestions.sign_reply(fresh(suggestion), by=house.leader)
    rate(fresh(suggestion), by=house.deputy_user)
    return fresh(suggestion)


def test_it_is_no_key_item(house):
    suggestion = in_confidence(house)

    assert not key_candidates([house.congress.pk], 2026).filter(pk=suggestion.pk).exists()
    with pytest.raises(NotPossible, match="保密办理"):
        house.proposed(suggestion)


def test_it_is_on_no_score_sheet(house):
    answered_in_confidence(house)
    house.handling()

    actions.open_appraisal(house.congress, year=2026, by=house.clerk)

    card = Scorecard.objects.get(unit=house.unit)
    assert [(line["name"], line["base"]) for line in card.sheet["lines"]] == [
        (line, []) for line in GIVING
    ]


def test_it_is_no_candidate(house):
    suggestion = answered_in_confidence(house)

    award = actions.open_award(house.congress, year=2026, kind="suggestion", by=house.clerk)

    assert not award.candidates.exists()
    with pytest.raises(NotPossible, match="保密办理"):
        actions.nominate(award, suggestion=suggestion, words="推动了工作", by=house.director)


def test_its_draft_is_shown_to_no_committee(house):
    secret = suggestions.write(house.lead, text=SECRET, by=house.deputy_user)

    with pytest.raises(NotPossible, match="保密办理的建议不送预审"):
        actions.offer_draft(secret, to=house.congress, by=house.deputy_user)
