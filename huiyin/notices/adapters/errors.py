"""What every way out may answer with."""


class Undelivered(Exception):
    """The message did not go; the words say why, without the receiver's address."""
