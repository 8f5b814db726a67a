"""A table of steps answers who may do what now, and says why not."""

from dataclasses import dataclass

import pytest

from huiyin.kernel.workflow import NotAllowed, NotPossible, Step, Workflow


@dataclass
class Door:
    state: str = "shut"
    is_locked: bool = False

    def get_state_display(self) -> str:
        return {"shut": "关着", "open": "开着"}[self.state]


def is_keeper(user: str, door: Door) -> bool:
    return user == "keeper"


def not_locked(door: Door) -> str | None:
    return "门锁着。" if door.is_locked else None


DOOR = Workflow[str, Door](
    "door",
    Step("open", "开门", ("shut",), "open", is_keeper, not_locked),
    Step("shut", "关门", ("open",), "shut", is_keeper),
    Step("knock", "敲门", ("shut", "open"), None, lambda user, door: True),
)


def test_check_returns_the_step():
    assert DOOR.check("open", Door(), by="keeper").target == "open"


def test_check_refuses_the_wrong_person():
    with pytest.raises(NotAllowed):
        DOOR.check("open", Door(), by="guest")


def test_check_refuses_the_wrong_state_in_words():
    with pytest.raises(NotPossible, match="现在不能“开门”：这件事目前是“开着”"):
        DOOR.check("open", Door("open"), by="keeper")


def test_check_refuses_a_closed_step_with_its_reason():
    with pytest.raises(NotPossible, match="门锁着。"):
        DOOR.check("open", Door(is_locked=True), by="keeper")


def test_buttons_show_closed_steps_with_their_reason():
    buttons = DOOR.buttons("keeper", Door(is_locked=True))

    assert [(b.name, b.label, b.reason) for b in buttons] == [
        ("open", "开门", "门锁着。"),
        ("knock", "敲门", None),
    ]


def test_open_steps_leave_closed_ones_out():
    assert [step.name for step in DOOR.open_to("keeper", Door(is_locked=True))] == ["knock"]


def test_the_picture_is_drawn_from_the_table():
    assert DOOR.as_mermaid() == "\n".join(
        [
            "stateDiagram-v2",
            "    shut --> open: open",
            "    open --> shut: shut",
            "    shut --> shut: knock",
            "    open --> open: knock",
        ]
    )
