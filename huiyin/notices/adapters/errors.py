"""What every way out may answer with."""


class Undelivered(Exception):
    """The message did not go; the words say why, without the receiver's address."""


class NoWayOut(Undelivered):
    """Nothing is set up that could send it: to try again would change nothing."""
