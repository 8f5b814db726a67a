"""What was typed on the way, carried from step to step in the page itself: signed, no cookie, no session."""

import secrets
from dataclasses import asdict, dataclass, fields

from django.core import signing

from huiyin.opinions.actions import waiting

A_DAY = 24 * 3600  # as long as its photo is kept
SALT = "opinions.say"


@dataclass
class Draft:
    token: str = ""
    text: str = ""
    region: int | None = None
    place: str = ""
    picture: str = ""
    venue: int | None = None
    deputy: int | None = None
    joined: int | None = None

    @classmethod
    def new(cls, **given) -> "Draft":
        return cls(token=secrets.token_urlsafe(18), **given)

    @classmethod
    def opened(cls, sealed: str) -> "Draft":
        """As it was sealed; a foreign or broken one is a new one."""
        try:
            kept = signing.loads(sealed, salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            return cls.new()
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def sealed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def keep_picture(self, content: bytes) -> None:
        self.drop_picture()
        self.picture = waiting.keep_picture(content)

    def pictures(self) -> list[bytes]:
        return waiting.waiting_picture(self.picture)

    def drop_picture(self) -> None:
        waiting.drop_picture(self.picture)
        self.picture = ""
