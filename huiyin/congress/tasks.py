"""Background work of congress."""

from procrastinate.contrib.django import app

from huiyin.congress import imports


@app.task
def seat_deputies(token: str, owner: int, term_id: int, mapping: dict[str, str]) -> None:
    """Write a checked file of deputies; the page shows how far it has come."""
    imports.seat_held(token, owner=owner, term_id=term_id, mapping=mapping)
