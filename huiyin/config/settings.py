"""Settings. Everything that differs between machines comes from the environment."""

from pathlib import Path
from typing import cast

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from huiyin.config import postgres

env = Env()
env.read_env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = env.path("HUIYIN_VAR", default=BASE_DIR / "var")

# The demonstration city: known passwords, second factor offered instead of demanded.
# Only `make demo`, the tests and the benchmarks turn it on; `check --deploy` refuses it.
DEMO = env.bool("HUIYIN_DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-the-demonstration" if DEMO else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The region whose rules the public page shows.
HOME_REGION = env.str("HOME_REGION", default="620100")
# Under which the bulk files of /open-data/ may be used; the publisher chooses.
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="CC-BY-4.0")
OPEN_DATA_LICENCE_ADDRESS = env.str(
    "OPEN_DATA_LICENCE_ADDRESS", default="https://creativecommons.org/licenses/by/4.0/"
)
# Stands beside the product's name on every page.
CONGRESS_NAME = env.str("CONGRESS_NAME", default="兰州人大" if DEMO else "")
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://127.0.0.1:8000")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
RATE_LIMITS = env.bool("RATE_LIMITS", default=True)
SECOND_FACTOR_DEMANDED = env.bool("SECOND_FACTOR_DEMANDED", default=not DEMO)

# The web owns nothing in the database; migrations and tests run as the owner.
AS_OWNER = env.bool("HUIYIN_AS_OWNER", default=False)
DATABASE_ADDRESS = "DATABASE_OWNER_URL" if AS_OWNER else "DATABASE_URL"
DATABASES = {
    "default": {
        **env.dj_db_url(
            DATABASE_ADDRESS,
            default=postgres.url(postgres.OWNER if AS_OWNER else postgres.WEB),
        ),
        "ENGINE": "huiyin.kernel.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": env.str("TEST_NAME", default="test_huiyin")},
    }
}
# What is asked again and again is planned once a connection: ten joins take longer to plan than to run.
DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=3)
CACHES = {
    "default": {
        "BACKEND": env.str("CACHE", default="django.core.cache.backends.db.DatabaseCache"),
        "LOCATION": "cache",
        # Counted tries and held files must not be swept away by a few hundred visitors.
        "max_entries": 100_000,
    }
}

# Seconds for which a page of figures is kept for its next reader; 0 counts for everyone anew.
FIGURES_KEPT = env.int("FIGURES_KEPT", default=300)

# From the ground up: tests/test_architecture.py reads the floors from this order.
INSTALLED_APPS = [
    "huiyin.kernel",
    "huiyin.ui",
    "huiyin.regions",
    "huiyin.accounts",
    "huiyin.rulebook",
    "huiyin.congress",
    "huiyin.notices",
    "huiyin.venues",
    "huiyin.opinions",
    "huiyin.suggestions",
    "huiyin.supervision",
    "huiyin.dashboards",
    "huiyin.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_linear_migrations",
    "ninja",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
]
FIRST_PARTY_APPS = [app for app in INSTALLED_APPS if app.startswith("huiyin.")]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "huiyin.kernel.middleware.WithoutNul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.kernel.middleware.NotKept",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "huiyin.accounts.middleware.OwnPassword",
    "huiyin.accounts.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "huiyin.kernel.middleware.History",
    "huiyin.kernel.middleware.DomainErrors",
]
ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "huiyin.dashboards.navigation.navigation",
            ],
            # cotton and template-partials each rewrite TEMPLATES when left to themselves,
            # and undo one another without an error: both are wired by hand.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
COTTON_DIR = "ui"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "huiyin.accounts.sessions.PasswordBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:landing"
LOGOUT_REDIRECT_URL = "dashboards:home"
ACCOUNT_ADAPTER = "huiyin.accounts.adapter.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are opened by administrators, not by mail
MFA_TOTP_ISSUER = "回音"

SESSION_ENGINE = "huiyin.accounts.sessions"
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", default=8 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEMO)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 0 if DEMO else env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# 25 MiB lets a too large picture reach the form that says so, instead of a bare refusal.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "huiyin.kernel.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
NINJA_PAGINATION_MAX_LIMIT = 100
MEDIA_ROOT = VAR_DIR / "uploads"
MEDIA_URL = "/nowhere/"  # uploads leave only through views that ask visible_to

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="huiyin@localhost")
# The HTTP address that sends a text message; without it none goes, and residents are told by hand.
SMS_ADDRESS = env.str("SMS_ADDRESS", default="")
# The demonstration plays that a text message went and writes it to the log.
SMS_TO_LOG = env.bool("SMS_TO_LOG", default=DEMO)
SMS_TOKEN = env.str("SMS_TOKEN", default="")
# Group robots by congress ("620100") or unit ("620100/兰州市教育局"), as apprise writes them:
# {"620100": "wecombot://KEY", "620100/兰州市教育局": "feishu://TOKEN"}; dingtalk://SECRET@TOKEN.
CHAT_ROBOTS = cast("dict[str, str]", env.json("CHAT_ROBOTS", default={}))
# Where a platform runs in the house itself: {"feishu": "https://feishu.example.gov.cn"}.
CHAT_ADDRESSES = cast("dict[str, str]", env.json("CHAT_ADDRESSES", default={}))
# Inner networks to which webhooks may go, e.g. 10.20.0.0/16; else only public addresses by https.
WEBHOOK_NETWORKS: list[str] = env.list(
    "WEBHOOK_NETWORKS", default=["127.0.0.0/8", "::1/128"] if DEMO else []
)

# Keys live outside the database; a demonstration makes its own on first use.
HUIYIN_KEYS = env.path("HUIYIN_KEYS", default=VAR_DIR / "keys" / "keys.json")
HUIYIN_CREATE_KEYS = env.bool("HUIYIN_CREATE_KEYS", default=DEMO)
HUIYIN_CRYPTO = env.str("HUIYIN_CRYPTO", default="international")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
# Reading changes no row, so it needs no context for the history of rows.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_codes": {"()": "huiyin.kernel.logs.WithoutCodes"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_codes"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
