"""The front page and the figures anyone may see."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.dashboards import figures
from huiyin.dashboards.forms import ScopeForm
from huiyin.dashboards.front import front
from huiyin.dashboards.views.keeping import keeping
from huiyin.kernel import clock


@require_safe
@login_not_required
def home(request):
    today = clock.today()
    return render(request, "dashboards/home.html", {"front": front(today), "today": today})


@require_safe
@login_not_required
def public_figures(request):
    form = ScopeForm(request.GET)
    scope = form.scope()
    if scope is None:
        return render(request, "dashboards/nothing_yet.html")
    context = {
        "form": form,
        "scope": scope,
        "overview": figures.Overview(scope),
        **keeping(scope),
    }
    return render(request, "dashboards/figures.html", context)
