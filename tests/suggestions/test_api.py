"""What machines read: the same as the public pages, and no more."""

from ninja.pagination import LimitOffsetPagination

from huiyin.suggestions import actions
from huiyin.suggestions.models import Publication
from tests.suggestions.browse import publish
from tests.suggestions.walk import promised


def test_published_suggestions_are_listed_and_counted(client, city):
    publish(city, city.tracking())
    city.registered()

    answer = client.get("/api/v1/suggestions").json()

    assert answer["count"] == 1
    assert answer["items"][0] == {
        "number": "17-5-B001",
        "congress": "620100",
        "title": "关于为翠园小区三号楼加装电梯的建议",
        "lead": str(city.lead),
        "cosigners": 0,
        "subject": "construction",
        "state": "tracking",
        "unit": "兰州市住房和城乡建设局",
        "submitted_on": "2026-03-05",
        "handed_over_on": "2026-03-05",
        "replied_on": "2026-03-05",
        "round": 1,
    }


def test_one_suggestion_carries_its_replies_and_promises(client, city):
    publish(city, city.tracking())

    answer = client.get("/api/v1/suggestions/17-5-B001").json()

    assert [reply["document_number"] for reply in answer["replies"]] == ["兰建办字〔2026〕1号"]
    assert [promise["text"] for promise in answer["promises"]] == ["三号楼加装电梯并投入使用"]
    assert answer["text"].startswith("翠园小区建于一九九六年")


def test_what_is_not_published_is_not_there(client, city):
    suggestion = city.tracking()

    assert client.get(f"/api/v1/suggestions/{suggestion.number}").status_code == 404
    assert client.get("/api/v1/promises").json()["count"] == 0


def test_the_ledger_is_open(client, city):
    publish(city, city.tracking())

    assert client.get("/api/v1/promises").json()["items"] == [
        {
            "suggestion": "17-5-B001",
            "congress": "620100",
            "text": "三号楼加装电梯并投入使用",
            "unit": "兰州市住房和城乡建设局",
            "promised_on": "2026-09-30",
            "state": "open",
        }
    ]


def test_a_nonsense_question_gets_a_clear_answer(client, city):
    publish(city, city.tracking())

    assert client.get("/api/v1/suggestions", {"q": "长" * 61}).status_code == 422
    assert client.get("/api/v1/suggestions", {"subject": "nonsense"}).status_code == 422
    assert client.get("/api/v1/suggestions", {"q": "电梯"}).json()["count"] == 1


def test_what_is_taken_back_is_gone_at_once(client, city):
    publication = publish(city, city.tracking())
    actions.take_back(publication, reason="有差错", by=city.clerk)

    assert client.get("/api/v1/suggestions").json()["count"] == 0


def test_lists_end_at_a_hundred_whatever_was_asked():
    assert LimitOffsetPagination().max_limit == 100


def test_what_a_promise_says_of_a_person_is_not_public(client, city):
    phone = "19900001234"
    promises = [promised(f"加装电梯，进度请问马秀兰 {phone}")]
    suggestion = city.replied(result_class="B", promises=promises)
    publish(city, suggestion)
    pages = ["/promises/", f"/suggestions/620100/{suggestion.number}/", "/api/v1/promises"]
    pages += [
        f"/api/v1/suggestions/{suggestion.number}",
        f"/trace/suggestions.suggestion/{suggestion.pk}/",
    ]

    found = [client.get(page).content.decode() for page in pages]

    assert [(phone in text, "进度请问" in text or r"\u8fdb\u5ea6" in text) for text in found] == [
        (False, True)
    ] * 5


def test_promises_are_found_by_the_approved_title_only(client, city):
    publication = publish(city, city.tracking())
    Publication.objects.filter(pk=publication.pk).update(title="关于加装电梯的建议")

    assert "三号楼" not in client.get("/promises/?q=翠园小区").content.decode()
    assert "三号楼" in client.get("/promises/?q=关于加装").content.decode()
