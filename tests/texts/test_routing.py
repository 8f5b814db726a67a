"""Routing: what is learned, what is proposed, and the words that are said to have decided."""

import io

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from huiyin.texts import routing

BUILDING = "住房和城乡建设局"
SCHOOLS = "教育局"
BUSES = "交通运输局"
PAST = [
    ("关于为翠园小区三号楼加装电梯的建议", BUILDING),
    ("老旧小区改造要把加装电梯和管网一起做", BUILDING),
    ("小区物业收费混乱，电梯年久失修", BUILDING),
    ("关于规范住宅小区物业管理的建议", BUILDING),
    ("城区幼儿园学位不足，建议新建公办幼儿园", SCHOOLS),
    ("关于减轻中小学生课业负担的建议", SCHOOLS),
    ("乡村小学老师少，建议增加教师编制", SCHOOLS),
    ("关于改善中学食堂卫生的建议", SCHOOLS),
    ("关于延长地铁一号线末班车时间的建议", BUSES),
    ("公交线路少，建议增开到新区的公交班次", BUSES),
    ("关于在学校门口设公交站的建议", BUSES),
    ("出租车拒载，建议加强客运管理", BUSES),
]


@pytest.fixture(scope="module")
def router():
    return routing.learn(*zip(*PAST, strict=True))


def test_propose_names_the_likeliest_first_and_says_why(router):
    first, *others = router.propose("关于给老楼加装电梯的建议")

    assert first.receiver == BUILDING
    assert any("电梯" in word for word in first.words)
    assert [len(others), first.margin > others[0].margin >= others[1].margin] == [2, True]


@pytest.mark.parametrize(
    ("text", "receiver", "word"),
    [
        ("幼儿园太少，孩子没有学位", SCHOOLS, "幼儿园"),
        ("公交车一小时才一班，班次太少", BUSES, "公交"),
        ("物业不修电梯", BUILDING, "电梯"),
    ],
)
def test_the_words_that_decided_stand_in_the_text(router, text, receiver, word):
    first = router.propose(text)[0]

    assert first.receiver == receiver
    assert any(word in shown for shown in first.words)
    assert all(shown in text for shown in first.words)


def test_taking_the_deciding_words_away_weakens_the_proposal(router):
    text = "关于给老楼加装电梯、规范物业的建议"
    first = router.propose(text)[0]

    rest = text
    for word in first.words:
        rest = rest.replace(word, "")
    weaker = {proposal.receiver: proposal.margin for proposal in router.propose(rest)}

    assert weaker[first.receiver] < first.margin


def test_a_text_of_which_nothing_is_known_gets_no_proposal(router):
    assert router.propose("") == []
    assert router.propose("xyz 123") == []


def test_no_more_is_proposed_than_asked_for(router):
    assert len(router.propose("小区电梯", most=1)) == 1
    assert len(router.propose("小区电梯", most=9)) == 3


def test_proposing_from_arrays_is_what_the_learned_machine_says(router):
    """The model is scikit-learn's own: its decision function, reckoned a second time."""
    texts, receivers = zip(*PAST, strict=True)
    counter = TfidfVectorizer(
        analyzer=routing._analysed, sublinear_tf=True, dtype=np.float32, min_df=1
    )
    machine = SGDClassifier(
        loss="modified_huber", alpha=routing.SMOOTHNESS, class_weight="balanced", random_state=0
    )
    machine.fit(counter.fit_transform(texts), receivers)

    for text in ("关于给老楼加装电梯的建议", "学校门口的公交站"):
        said = dict(
            zip(
                machine.classes_,
                machine.decision_function(counter.transform([text]))[0],
                strict=True,
            )
        )
        found = {proposal.receiver: proposal.margin for proposal in router.propose(text)}
        assert found == pytest.approx(said, abs=2e-3)


def test_held_back_tells_how_often_the_proposals_would_have_been_right():
    texts, receivers = zip(*PAST * 3, strict=True)

    first, among_three = routing.held_back(texts, receivers)

    assert (first > 0.9, among_three) == (True, 1.0)


def test_held_back_counts_nothing_where_a_stretch_leaves_one_receiver():
    assert routing.held_back(["电梯", "学位"], [BUILDING, SCHOOLS], folds=2) == (0, 0)


def test_between_two_receivers_one_is_the_mirror_of_the_other():
    two = [(text, receiver) for text, receiver in PAST if receiver != BUSES]

    found = routing.learn(*zip(*two, strict=True)).propose("幼儿园学位")

    assert [proposal.receiver for proposal in found] == [SCHOOLS, BUILDING]
    assert found[0].margin == pytest.approx(-found[1].margin, abs=1e-3)


def test_learn_refuses_where_there_is_nothing_to_choose():
    with pytest.raises(ValueError, match="nothing to choose"):
        routing.learn(["电梯", "物业"], [BUILDING, BUILDING])


def test_learning_the_same_twice_gives_the_same(router):
    again = routing.learn(*zip(*PAST, strict=True))

    assert np.array_equal(again.weights, router.weights)


def test_what_is_stored_comes_back_and_holds_no_code(router):
    file = io.BytesIO()
    router.write(file)

    back = routing.Router.read(io.BytesIO(file.getvalue()))

    text = "关于给老楼加装电梯的建议"
    assert [p.receiver for p in back.propose(text)] == [p.receiver for p in router.propose(text)]
    assert [p.words for p in back.propose(text)] == [p.words for p in router.propose(text)]
    assert b"pickle" not in file.getvalue()


def test_read_refuses_what_is_not_a_router():
    file = io.BytesIO()
    np.savez(file, runs=np.array(["电梯"]))

    with pytest.raises(ValueError, match="not a stored router"):
        routing.Router.read(io.BytesIO(file.getvalue()))


def test_one_long_text_costs_no_more_than_its_beginning(router):
    long = "小区电梯。" + "绿" * 1_000_000

    assert router.propose(long)[0].receiver == BUILDING
