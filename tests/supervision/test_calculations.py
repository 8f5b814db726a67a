"""The arithmetic of a score sheet, against numbers counted by hand."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.supervision.calculations import Correction, Facts, alike, corrected, score_sheet

WEIGHTS = {"on_time": 20, "contact": 15, "quality": 15, "satisfaction": 25, "implementation": 25}
DEDUCTIONS = {"late": 1, "redo": 2, "broken": 2, "most": 20}


def facts(**lines):
    """facts(on_time=(10, 8)): ten rows count, the first eight count well."""
    made = Facts()
    for line, (base, good) in lines.items():
        for row in range(base):
            made.count(line, row, is_good=row < good)
    return made


def test_five_lines_counted_by_hand():
    made = facts(
        on_time=(10, 8),
        contact=(10, 10),
        quality=(10, 9),
        satisfaction=(8, 6),
        implementation=(4, 1),
    )
    made.take("late", 1)
    made.take("redo", 2)

    sheet = score_sheet(made, WEIGHTS, DEDUCTIONS)

    # 16 + 15 + 13.5 + 18.75 + 6.25 = 69.5, of 100 possible; less 1 and 2
    assert [line["points"] for line in sheet["lines"]] == ["16.0", "15.0", "13.5", "18.8", "6.3"]
    assert (sheet["possible"], sheet["taken"], sheet["total"]) == (100, 3, "66.6")


def test_a_line_without_rows_takes_its_weight_with_it():
    sheet = score_sheet(facts(on_time=(4, 2), contact=(4, 4)), WEIGHTS, DEDUCTIONS)

    # (10 + 15) of 35
    assert (sheet["possible"], sheet["reached"], sheet["total"]) == (35, "25.0", "71.4")


def test_no_more_is_taken_than_the_rule_says():
    made = facts(on_time=(40, 40))
    for row in range(40):
        made.take("late", row)

    assert score_sheet(made, WEIGHTS, DEDUCTIONS)["total"] == "80.0"


def test_a_unit_of_which_nothing_is_known_has_no_points():
    assert score_sheet(Facts(), WEIGHTS, DEDUCTIONS)["total"] == "0.0"


def test_a_ruling_counts_a_row_well_or_leaves_it_out():
    made = facts(on_time=(4, 2))
    made.take("late", 2)

    well = corrected(made, [Correction("on_time", 3, True)])
    out = corrected(made, [Correction("on_time", 3, False), Correction("late", 2, False)])

    assert (len(well.good["on_time"]), len(well.base["on_time"])) == (3, 4)
    assert (len(out.good["on_time"]), len(out.base["on_time"])) == (2, 3)
    assert (out.off["late"], made.off["late"]) == (set(), {2})


def test_a_ruling_on_a_row_that_is_gone_changes_nothing():
    made = facts(on_time=(2, 1))

    assert corrected(made, [Correction("on_time", 99, True)]).good == made.good


def test_texts_alike_are_found_and_others_not():
    texts = {
        1: "您提出的建议收悉，我局高度重视，将认真研究，积极推进。",
        2: "您提出的建议收悉，我局高度重视，将认真研究，积极推进！",
        3: "翠园小区三号楼电梯已于五月完工，居民当天开始使用。",
    }

    assert (alike(texts, 80), alike({1: "", 2: ""}, 80)) == ({1, 2}, set())


lines = st.dictionaries(
    st.sampled_from(sorted(WEIGHTS)), st.tuples(st.integers(0, 9), st.integers(0, 9))
)


@settings(
    suppress_health_check=[HealthCheck.too_slow], deadline=None
)  # a busy machine is no defect
@given(lines, st.lists(st.integers(0, 50), max_size=10))
def test_points_stay_between_nothing_and_a_hundred(given_lines, late):
    made = facts(**{name: (max(pair), min(pair)) for name, pair in given_lines.items()})
    for row in late:
        made.take("late", row)

    assert 0 <= float(score_sheet(made, WEIGHTS, DEDUCTIONS)["total"]) <= 100


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(1, 30), st.data())
def test_one_more_row_done_well_never_costs_points(base, data):
    good = data.draw(st.integers(0, base - 1))
    before = score_sheet(facts(on_time=(base, good)), WEIGHTS, DEDUCTIONS)
    after = score_sheet(facts(on_time=(base, good + 1)), WEIGHTS, DEDUCTIONS)

    assert float(after["total"]) >= float(before["total"])
