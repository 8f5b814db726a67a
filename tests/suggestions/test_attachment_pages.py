"""Attachments on the pages, in the API, in the trace and in the package that is filed."""

import hashlib
import io
import json
import re
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.accounts.actions import make_token
from huiyin.kernel import crypto, verify_archive
from huiyin.kernel.pictures import MOST_BYTES
from huiyin.suggestions import actions, documents
from huiyin.suggestions.models import Attachment
from tests.doors.machines import ask
from tests.papers import MAKER, paper, pdf_of, picture
from tests.suggestions import ways
from tests.suggestions.browse import get, post, publish
from tests.suggestions.walk import fresh, promised

PRIVATE = "不对外公开"


def upload(content: bytes = b"", name: str = "a.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf_of(), "text/html")


def lay(city, suggestion, *, by, place="text", title="现场照片") -> Attachment:
    return actions.attach(suggestion, place=place, title=title, paper=paper(), by=by)


def test_the_lead_lays_a_file_from_the_page_and_saves_it_again(client, city):
    suggestion = city.written()
    assert reverse("suggestions:deputy_attach", args=[suggestion.pk]) in get(
        client, city.deputy_user, "deputy_detail", suggestion.pk
    )
    form = get(client, city.deputy_user, "deputy_attach", suggestion.pk)
    assert (PRIVATE in form, "请不要上传居民的姓名" in form) == (True, True)

    page = post(
        client, city.deputy_user, "deputy_attach", suggestion.pk, status=200, follow=True,
        place="text", title="三号楼 🏢", paper=upload(picture(), "../../長" + "长" * 300 + ".exe"),
    )  # fmt: skip

    found = Attachment.objects.get()
    assert ("附件已添加。" in page, "三号楼 🏢" in page, "图片" in page) == (True, True, True)
    answer = client.get(reverse("suggestions:attachment_file", args=[found.pk]))
    assert hashlib.sha256(answer.content).hexdigest() == found.sha256
    assert MAKER.encode() not in answer.content
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><script>1</script>", "不是 PDF，也不是图片"),
        (b"%PDF-1.7 ends here", "不完整"),
        (pdf_of(b"<</Encrypt 1 0 R>>"), "密码"),
        (pdf_of(b"<</S /JavaScript>>"), "脚本"),
        (b"%PDF-" + b" " * (MOST_BYTES - 4), "最多 20 MB"),
    ],
    ids=["html", "cut off", "encrypted", "script", "one byte too many"],
)
def test_a_wrong_file_is_told_and_what_was_typed_stays(client, city, content, said):
    suggestion = city.written()

    page = post(
        client, city.deputy_user, "deputy_attach", suggestion.pk, status=422,
        place="text", title="三号楼现场", paper=upload(content),
    )  # fmt: skip

    assert (said in page, 'value="三号楼现场"' in page) == (True, True)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "长" * 81},
        {"title": "📷📷"},
        {"title": ""},
        {"place": "signed_paper"},
        {"place": "contact:1"},
        {"paper": ""},
    ],
    ids=str,
)
def test_what_else_is_wrong_is_told_too(client, city, typed):
    suggestion = city.written()
    filled = {"place": "text", "title": "图", "paper": upload()} | typed

    page = post(client, city.deputy_user, "deputy_attach", suggestion.pk, status=422, **filled)

    assert "govuk-error-summary" in page
    assert not Attachment.objects.exists()


def test_an_empty_file_is_told_in_the_readers_language(client, city):
    client.cookies["django_language"] = "en"
    suggestion = city.written()

    answer = post(
        client, city.deputy_user, "deputy_attach", suggestion.pk, status=422,
        place="text", title="Front door", paper=SimpleUploadedFile("a.pdf", b""),
    )  # fmt: skip

    assert "This file is empty." in answer


def test_a_full_place_is_told_and_what_was_typed_stays(client, city):
    suggestion = city.written()
    for _time in range(10):
        lay(city, suggestion, by=city.deputy_user)

    page = post(
        client, city.deputy_user, "deputy_attach", suggestion.pk, status=409,
        place="text", title="第十一张", paper=upload(),
    )  # fmt: skip

    assert ("最多放10个附件" in page, 'value="第十一张"' in page) == (True, True)


def test_whoever_adds_nothing_has_no_form(client, city):
    suggestion = city.handling()

    for user, name in ((city.deputy_user, "deputy_attach"), (city.government, "attach")):
        get(client, user, name, suggestion.pk, status=403)
        post(client, user, name, suggestion.pk, status=403, place="text", title="图")


def test_a_place_can_be_meant_by_the_link(client, city):
    suggestion = city.drafted()
    place = f"reply:{suggestion.replies.get().pk}"

    letter = get(client, city.unit_clerk, "draft_reply", suggestion.pk)
    form = client.get(reverse("suggestions:attach", args=[suggestion.pk]), {"to": place})

    assert f"?to={place}" in letter
    chosen = re.findall(r'value="([^"]+)"\s+selected\s*>\s*([^<]+?)\s*<', form.content.decode())
    assert chosen == [(place, "答复附件：第 1 轮")]


def test_what_lies_at_a_draft_is_on_nobody_elses_page(client, city):
    suggestion = city.drafted(cohandled=True)
    found = lay(
        city, suggestion, by=city.unit_clerk, place=f"reply:{suggestion.replies.get().pk}",
        title="答复附图",
    )  # fmt: skip
    people = (city.unit_clerk, city.clerk, city.deputy_user, city.finance_clerk)

    def shown():
        return [
            (
                "答复附图" in get(client, user, "detail", suggestion.pk),
                client.get(reverse("suggestions:attachment_file", args=[found.pk])).status_code,
                "答复附图" in trace_of(client, suggestion),
            )
            for user in people
        ]

    assert shown() == [(True, 200, True)] + [(False, 404, False)] * 3
    assert "答复附图" in get(client, city.unit_clerk, "draft_reply", suggestion.pk)

    actions.send_for_review(suggestion, by=city.unit_clerk)
    actions.sign_reply(fresh(suggestion), by=city.leader)

    assert shown() == [(True, 200, True)] * 4


def trace_of(client, suggestion) -> str:
    address = reverse("dashboards:trace", args=["suggestions.suggestion", suggestion.pk])
    return client.get(address).content.decode()


def test_removing_asks_why_and_leaves_a_line_in_list_and_trace(client, city):
    suggestion = city.written()
    found = lay(city, suggestion, by=city.deputy_user)
    address = reverse("suggestions:attachment_remove", args=[found.pk])

    assert address in get(client, city.deputy_user, "deputy_detail", suggestion.pk)
    assert "留下一行" in get(client, city.deputy_user, "attachment_remove", found.pk)
    post(client, city.deputy_user, "attachment_remove", found.pk, status=422, words="")
    page = post(
        client, city.deputy_user, "attachment_remove", found.pk, status=200, follow=True,
        words="照片里有人脸",
    )  # fmt: skip

    assert ("<del>现场照片</del>" in page, "照片里有人脸" in page, address in page) == (
        True, True, False,
    )  # fmt: skip
    assert "移除附件" in trace_of(client, suggestion)
    get(client, city.deputy_user, "attachment_file", found.pk, status=404)
    post(client, city.deputy_user, "attachment_remove", found.pk, status=409, words="再来")


def test_a_lost_file_does_not_exist(client, city):
    found = lay(city, city.written(), by=city.deputy_user)
    default_storage.delete(found.file.name)

    get(client, city.deputy_user, "attachment_file", found.pk, status=404)


def test_who_is_asked_to_sign_sees_what_lies_at_the_text(client, city):
    suggestion = city.invited()
    lay(city, suggestion, by=city.deputy_user)
    signature = suggestion.signatures.get(deputy=city.cosigner)

    pages = [
        get(client, city.cosigner_user, "cosign", signature.pk),
        get(client, city.cosigner_user, "deputy_versions", suggestion.pk),
        get(client, city.deputy_user, "revise", suggestion.pk),
    ]

    assert ["现场照片" in page for page in pages] == [True] * 3


def test_evidence_is_laid_on_the_way_to_the_claim(client, city):
    promise = city.promise(city.tracking())

    page = get(client, city.unit_clerk, "promise_claim_done", promise.pk)

    assert f"?to=promise:{promise.pk}" in page


def test_the_public_reads_nothing_of_it(client, city):
    suggestion = city.tracking()
    lay(city, suggestion, by=city.clerk, place="signed_paper", title="盖章的签收单")
    publish(city, suggestion)
    client.logout()

    pages = [
        client.get(reverse("suggestions:published", args=fresh(suggestion).public_address)),
        client.get(reverse("dashboards:trace", args=["suggestions.suggestion", suggestion.pk])),
        client.get("/api/v1/suggestions"),
    ]

    assert [page.status_code for page in pages] == [200] * 3
    assert ["附件" in page.content.decode() for page in pages] == [False] * 3
    assert ["签收单" in page.content.decode() for page in pages] == [False] * 3


@pytest.mark.parametrize(("rows", "queries"), [(0, 15), (1, 16), (3, 16)])
def test_the_list_costs_one_query(client, city, django_assert_num_queries, rows, queries):
    suggestion = city.drafted(promises=[promised("加装电梯")])
    letter = f"reply:{suggestion.replies.get().pk}"
    signed = f"signed_paper:{city.task(suggestion).pk}"
    for place in [letter, signed, letter][:rows]:
        lay(city, suggestion, by=city.unit_clerk, place=place)
    client.force_login(city.unit_clerk)
    address = reverse("suggestions:detail", args=[suggestion.pk])
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


def test_programs_read_the_list_and_get_the_file(city):
    suggestion = city.drafted()
    lay(city, suggestion, by=city.unit_clerk, place=f"reply:{suggestion.replies.get().pk}")
    lay(city, suggestion, by=city.clerk, place="signed_paper", title="签收单")
    keys = {
        user: make_token(user, name="程序", can_write=False, days=1, by=user)[1]
        for user in (city.clerk, city.unit_clerk, city.cosigner_user)
    }

    def listed(user):
        answer = ask("get", f"/api/v1/work/suggestions/{suggestion.pk}", keys[user])
        return answer.json()["attachments"]

    assert [row["title"] for row in listed(city.unit_clerk)] == ["现场照片", "签收单"]
    (row,) = listed(city.clerk)
    assert (row["part"], row["state"], row["added_by"]) == (
        "signed_paper", "kept", city.clerk.name,
    )  # fmt: skip
    file = ask("get", row["file"], keys[city.clerk])
    assert (file["Content-Type"], hashlib.sha256(file.content).hexdigest()) == (
        "application/pdf",
        row["sha256"],
    )
    hidden = listed(city.unit_clerk)[0]["file"]
    assert [ask("get", hidden, keys[user]).status_code for user in keys] == [404, 200, 404]


def test_the_package_holds_what_was_laid_there_and_says_what_went(city):
    suggestion = city.replied()
    kept = lay(city, suggestion, by=city.clerk, place="signed_paper", title="签收单")
    gone = lay(city, suggestion, by=city.clerk, place="signed_paper", title="拿错的")
    lost = lay(city, suggestion, by=city.clerk, place="signed_paper", title="丢了的")
    default_storage.delete(lost.file.name)
    actions.remove_attachment(gone, words="拿错了", by=city.clerk)

    package = documents.archive(fresh(suggestion)).content

    assert verify_archive.faults(package, crypto.public_key().hex()) == []
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        names = [name for name in files.namelist() if name.startswith("attachments/")]
        rows = json.loads(files.read("tables/attachments.json"))
        told = {e["path"]: e["sha256"] for e in json.loads(files.read("manifest.json"))["files"]}
    assert names == [f"attachments/{kept.pk}.pdf"]
    assert told[names[0]] == kept.sha256
    assert [(row["title"], row["path"], row["is_lost"], row["removed_words"]) for row in rows] == [
        ("签收单", names[0], False, ""),
        ("拿错的", "", False, "拿错了"),
        ("丢了的", f"attachments/{lost.pk}.pdf", True, ""),
    ]


def test_the_package_leaves_out_what_lies_at_a_draft(city):
    suggestion = city.drafted()
    lay(city, suggestion, by=city.unit_clerk, place=f"reply:{suggestion.replies.get().pk}")

    package = documents.archive(suggestion).content

    with zipfile.ZipFile(io.BytesIO(package)) as files:
        assert json.loads(files.read("tables/attachments.json")) == []
        items = json.loads(files.read("items.json"))
    assert "suggestions.attachment" not in {item["kind"] for item in items}


def test_a_merged_item_shows_the_files_of_its_own_letter(client, city):
    lead = city.drafted()
    lay(city, lead, by=city.unit_clerk, place=f"reply:{lead.replies.get().pk}", title="答复附图")
    follower = ways.merged(city, into=lead)
    actions.send_for_review(lead, by=city.unit_clerk)
    actions.sign_reply(fresh(lead), by=city.leader)

    assert "答复附图" in get(client, city.deputy_user, "deputy_detail", follower.pk)
