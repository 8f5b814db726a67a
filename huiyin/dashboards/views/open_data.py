"""Open data: what there is, what it means, and the files."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.dashboards import open_data as packages


@require_safe
@login_not_required
def open_data(request):
    """Every table with its columns in words, and the files with their sums."""
    package = packages.latest()
    is_withheld = bool(package and package.is_withdrawn)
    context = {
        "package": package,
        "is_withheld": is_withheld,
        "datasets": [(dataset, _files(package, dataset)) for dataset in packages.DATASETS],
    }
    return render(request, "dashboards/open_data.html", context)


@require_safe
@login_not_required
def open_data_description(request):
    """The package's description: columns, licence, day, sizes, checksums."""
    package = _readable()
    return JsonResponse(package.description, json_dumps_params={"ensure_ascii": False})


@require_safe
@login_not_required
def open_data_file(request, name, form):
    package, path = _readable(), f"{name}.{form}"
    resource = package.resource(path)
    if resource is None:
        raise Http404
    etag = f'"{resource["hash"]}"'
    if request.headers.get("if-none-match") == etag:
        return HttpResponseNotModified()
    kind = f"{resource['mediatype']}; charset=utf-8"
    answer = FileResponse(package.open(path), as_attachment=True, filename=path, content_type=kind)
    answer["ETag"] = etag
    return answer


def _readable():
    """The last package; none where something in it was taken back since."""
    package = packages.latest()
    if package is None or package.is_withdrawn:
        raise Http404
    return package


def _files(package, dataset):
    if package is None:
        return []
    resources = (package.resource(f"{dataset.name}.{form}") for form in ("csv", "json"))
    return [resource for resource in resources if resource]
