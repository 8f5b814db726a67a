"""Hands the settings of this installation to the parts of the kernel that do not know Django."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from huiyin.kernel import crypto


class KernelConfig(AppConfig):
    name = "huiyin.kernel"

    def ready(self) -> None:
        crypto.configure(
            Path(settings.HUIYIN_KEYS),
            create=settings.HUIYIN_CREATE_KEYS,
            suite=settings.HUIYIN_CRYPTO,
        )
