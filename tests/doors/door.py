"""What a line of the table of doors says, and the groups of roles it names."""

from dataclasses import dataclass

from tests.doors.world import ELSEWHERE, HERE

STAFF = "clerk director"
UNIT = "unit_clerk unit_leader"
UNITS = f"{UNIT} cohandler other_unit"
DEPUTIES = "lead cosigner deputy"
ADMINISTRATORS = "administrator security auditor"
ALL = " ".join((*HERE, "nobody"))


@dataclass(frozen=True)
class Door:
    """`may` goes through, `sees` knows what is behind it and is refused (403).

    `read` answers GET only, `post` POST only, `form` both. With `own` the same roles of another
    congress go through too: to what is theirs; else they are answered `elsewhere`. `others` is
    what everybody else is answered.
    """

    kind: str
    may: str
    sees: str = ""
    own: bool = False
    others: int = 404
    elsewhere: int = 404

    def answer_to(self, role: str) -> int:
        plain, is_here = role.removesuffix(" elsewhere"), role not in ELSEWHERE
        if plain in self.may.split():
            return 200 if self.own or is_here else self.elsewhere
        return 403 if role in self.sees.split() else self.others


def read(may: str, **more) -> Door:
    return Door("read", may, **more)


def post(may: str, **more) -> Door:
    return Door("post", may, **more)


def form(may: str, **more) -> Door:
    return Door("form", may, **more)
