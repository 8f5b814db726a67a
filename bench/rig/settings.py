"""The product's settings; one address more, the bare page that the list is compared with."""

from huiyin.config.settings import *  # noqa: F403, TID251 -- settings of the same server

ROOT_URLCONF = "rig.bare"
