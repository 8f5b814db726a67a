"""The repository tests itself: templates, addresses named in them, diagrams, promises of the files."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import NoReverseMatch, get_resolver, reverse

from huiyin.congress import workflow as congress
from huiyin.dashboards import workflow as dashboards
from huiyin.opinions import workflow as opinions
from huiyin.suggestions import workflow as suggestions
from huiyin.supervision import workflow as supervision
from huiyin.venues import workflow as venues

HOUSE = Path("huiyin")
DIAGRAMS = Path("docs/workflows")
# The forms' own templates are found by the names Django gives them, allauth's by its.
NAMED_ELSEWHERE = ("django/forms/", "allauth/", "account/", "mfa/")
# Shown when nothing works, not even the catalogue: they say everything in both languages.
IN_TWO_LANGUAGES = {"400.html", "500.html"}
GALLERY = "ui/gallery.html"  # for developers, with invented samples
WORD = r"[\w./-]+"
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
URL_TAG = re.compile(r"\{%\s*url\s+['\"]([\w:-]+)['\"]")
FRAGMENT = re.compile(rf"[\"']({WORD}\.(?:html|js|txt))(?:#\w+)?[\"']")
DOCUMENT = re.compile(r"[\w./-]+\.md\b")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
COMPONENT = re.compile(r"(?:<c-|\{%\s*cotton\s+)([\w.-]+)")


def templates() -> dict[str, Path]:
    """Every template of the house by the name it is loaded with."""
    found = {}
    for folder in HOUSE.glob("*/templates"):
        for path in sorted(folder.rglob("*.*")):
            found[path.relative_to(folder).as_posix()] = path
    return found


TEMPLATES = templates()
PAGES = {name: path for name, path in TEMPLATES.items() if path.suffix == ".html"}


def words_of(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name):
    assert get_template(name)


def test_no_template_is_unused():
    used = _named() | _used_as_components()

    unused = {name for name in TEMPLATES.keys() - used if not name.startswith(NAMED_ELSEWHERE)}

    assert unused == set()


def test_every_address_named_in_a_template_exists():
    names = _address_names()

    missing = {
        (name, address)
        for name, path in PAGES.items()
        for address in URL_TAG.findall(words_of(path))
        if address not in names
    }

    assert missing == set()


def test_every_address_named_in_code_exists():
    names = _address_names()
    pattern = re.compile(r"(?:reverse|reverse_lazy|redirect)\(\s*\"([\w-]+:[\w-]+)\"")

    missing = {
        (str(path), address)
        for path in HOUSE.rglob("*.py")
        for address in pattern.findall(path.read_text(encoding="utf-8"))
        if address not in names
    }

    assert missing == set()


@pytest.mark.parametrize("name", PAGES)
def test_no_template_carries_style_or_script(name):
    """The Content-Security-Policy would drop it without a word."""
    text = words_of(PAGES[name])

    inline = [
        *re.findall(r"\sstyle\s*=\s*[\"']", text),
        *re.findall(r"<style\b", text),
        *re.findall(r"\son(?:click|change|submit|load|input|error)\s*=", text),
        *re.findall(r"javascript:", text),
        *(
            script
            for script in re.findall(r"<script\b[^>]*>", text)
            if "nonce" not in script and "src=" not in script and "application/json" not in script
        ),
    ]

    assert inline == []


@pytest.mark.parametrize("name", PAGES)
def test_no_template_points_off_the_machine(name):
    text = words_of(PAGES[name])

    assert re.findall(r"(?:src|href|action|url)\s*=\s*[\"'](?:https?:)?//[^\"']*", text) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_posts_carries_its_token(name):
    forms = re.findall(
        r"<form\b[^>]*method=[\"']post[\"'].*?</form>",
        words_of(PAGES[name]),
        re.DOTALL | re.IGNORECASE,
    )

    assert [form[:80] for form in forms if "csrf_token" not in form] == []


@pytest.mark.parametrize("name", sorted(PAGES.keys() - IN_TWO_LANGUAGES - {GALLERY}))
def test_chinese_words_in_a_template_can_be_translated(name):
    text = words_of(PAGES[name])
    text = re.sub(
        r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", "", text, flags=re.DOTALL
    )
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)

    assert [words for words in re.findall(r"[一-鿿]+", text) if words not in SAME_EVERYWHERE] == []


SAME_EVERYWHERE = {"回音", "中文"}  # the product's own name, and the name of a language in itself
WORKFLOWS = (
    *suggestions.ALL,
    *supervision.ALL,
    opinions.MATTER,
    venues.DUTY,
    congress.MANDATE,
    dashboards.YEAR_REPORT,
)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_each_diagram_is_drawn_from_its_table(workflow):
    drawn = (DIAGRAMS / f"{workflow.name}.md").read_text(encoding="utf-8")

    assert workflow.as_mermaid() in drawn


def test_no_diagram_is_left_of_a_workflow_that_went():
    names = {workflow.name for workflow in WORKFLOWS} | {"README"}

    assert {path.stem for path in DIAGRAMS.glob("*.md")} - names == set()


@pytest.mark.parametrize("folder", ["huiyin", "tests", "bench"])
def test_code_names_no_document_that_is_not_there(folder):
    """A reader follows the name from where the project begins, or from the file that names it."""
    unknown = {
        f"{path}: {name}"
        for path in Path(folder).rglob("*.py")
        for name in DOCUMENT.findall(path.read_text(encoding="utf-8"))
        if not any(
            (place / name).exists() for place in (Path(), path.parent, *Path("docs").iterdir())
        )
    }

    assert unknown == set()


@pytest.mark.parametrize("document", [*Path().glob("*.md"), *Path("docs").rglob("*.md")], ids=str)
def test_every_link_of_a_document_leads_somewhere(document):
    links = LINK.findall(document.read_text(encoding="utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


def _used_as_components() -> set[str]:
    return {
        f"ui/{component.replace('-', '_').replace('.', '/')}.html"
        for path in PAGES.values()
        for component in COMPONENT.findall(words_of(path))
    }


def _named() -> set[str]:
    """Names of templates that stand in code or in another template."""
    sources = [*HOUSE.rglob("*.py"), *TEMPLATES.values()]
    named = {
        name for path in sources for name in FRAGMENT.findall(path.read_text(encoding="utf-8"))
    }
    return named | {f"{code}.html" for code in (400, 403, 404, 500)} | {"403_csrf.html"}


def _address_names(resolver=None, prefix: str = "") -> set[str]:
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names |= _address_names(pattern, inner)
        elif pattern.name:
            names.add(prefix + pattern.name)
    return names


def test_addresses_without_arguments_lead_somewhere():
    """A name that is taken twice would lead to only one of the two."""
    names = _address_names()

    assert "dashboards:home" in names
    with pytest.raises(NoReverseMatch):
        reverse("dashboards:nowhere")
