"""Errors that explain themselves to the reader in Chinese or in English, also where Django is not loaded."""


class BilingualError(ValueError):
    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh
        self.message_en = message_en

    def text(self, language: str) -> str:
        return self.message_en if language.startswith("en") else self.message_zh
