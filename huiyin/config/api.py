"""The public API: one router an app, described at /api/v1/docs."""

from ninja import NinjaAPI

api = NinjaAPI(title="Huiyin 回音", version="1", urls_namespace="api")
