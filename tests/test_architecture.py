"""The rules of the house that the import linter cannot see."""

from pathlib import Path

import grimp
from django.apps import apps
from django.db import models

PRIVATE_ROOMS = {
    "views", "forms", "urls", "admin", "tasks", "receivers", "exports", "imports", "documents",
    "pages",
}  # fmt: skip
FITTERS = {"config", "demo"}  # wiring, and the demonstration that uses the bulk imports


def test_other_apps_do_not_enter_private_rooms():
    graph = grimp.build_graph("huiyin")

    trespasses = [
        f"{importer} -> {module}"
        for module in graph.modules
        if _room(module) in PRIVATE_ROOMS and _app(module) not in {"kernel", "ui"}
        for importer in graph.find_modules_that_directly_import(module)
        if _app(importer) not in {_app(module), *FITTERS}
    ]

    assert trespasses == []


def test_foreign_keys_point_down():
    """INSTALLED_APPS lists our apps from the ground up; a table knows only what is below."""
    floors = [app.label for app in apps.get_app_configs() if app.name.startswith("huiyin.")]

    upward = [
        str(field)
        for model in apps.get_models()
        if model._meta.app_label in floors
        for field in model._meta.local_fields
        if field.is_relation and field.related_model._meta.app_label in floors
        if floors.index(field.related_model._meta.app_label) > floors.index(model._meta.app_label)
    ]

    assert upward == []


def test_no_table_orders_itself():
    ordered = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("huiyin.") and model._meta.ordering
    ]

    assert ordered == []


def test_every_link_between_our_tables_is_named():
    unnamed = [
        str(field)
        for model in apps.get_models()
        if model.__module__.startswith("huiyin.") and not _is_history(model)
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        if field.remote_field.related_name is None
    ]

    assert unnamed == []


def test_no_file_has_outgrown_itself():
    long = [
        str(path)
        for folder in ("huiyin", "tests", "bench")
        for path in Path(folder).rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 400
    ]

    assert long == []


def _app(module: str) -> str:
    return module.split(".")[1]


def _room(module: str) -> str:
    """The second name inside an app: a package of a room is the room."""
    return [*module.split("."), "", ""][2]


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_trigger_names") or "pgh_id" in {f.name for f in model._meta.fields}
