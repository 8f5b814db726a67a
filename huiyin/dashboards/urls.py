"""Addresses of the landing pages, the overview and the trace."""

from django.urls import path

from huiyin.dashboards.views import (
    health,
    inside,
    matters,
    open_data,
    public,
    rates,
    reports,
    steps,
    trace,
)

app_name = "dashboards"
urlpatterns = [
    path("", public.home, name="home"),
    path("figures/", public.public_figures, name="figures"),
    path("open-data/", open_data.open_data, name="open_data"),
    path(
        "open-data/datapackage.json",
        open_data.open_data_description,
        name="open_data_description",
    ),
    path("open-data/<slug:name>.<slug:form>", open_data.open_data_file, name="open_data_file"),
    path("landing/", inside.landing, name="landing"),
    path("deputy/", inside.deputy, name="deputy"),
    path("desk/", inside.desk, name="desk"),
    path("overview/", inside.overview, name="overview"),
    path("overview/steps/", steps.steps, name="steps"),
    path("overview/steps/<int:number>/", steps.step, name="step"),
    path("overview/rates/", rates.rates, name="rates"),
    path("overview/rates/<str:key>/", rates.rate, name="rate"),
    path("overview/matters/<str:key>/", matters.matters, name="matters"),
    path("overview/comparisons/", rates.comparisons, name="comparisons"),
    path("overview/reports/", reports.reports, name="reports"),
    path("overview/reports/begin/", reports.begin_report, name="begin_report"),
    path("overview/reports/<int:pk>/", reports.report, name="report"),
    path("overview/reports/<int:pk>/revise/", reports.revise_report, name="revise_report"),
    path("overview/reports/<int:pk>/give-up/", reports.give_up_report, name="give_up_report"),
    path("overview/reports/<int:pk>/<str:kind>/", reports.report_file, name="report_file"),
    path("trace/<str:kind>/<int:pk>/", trace.trace, name="trace"),
    path("trace/<str:kind>/<int:pk>/print/", trace.trace_pdf, name="trace_pdf"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
