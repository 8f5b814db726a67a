"""Opening and filling in pages as a person would."""

from django.urls import reverse

from huiyin.suggestions import actions
from tests.suggestions.walk import TEXT

PAPER = {
    "title": TEXT.title,
    "situation": TEXT.situation,
    "proposals": TEXT.proposals,
    "subject": "construction",
    "openness": "full",
    "wished_unit": "市住建局",
}


def get(client, user, name, *args, status=200, **query):
    if user is not None:
        client.force_login(user)
    response = client.get(reverse(f"suggestions:{name}", args=args), query)
    assert response.status_code == status
    return b"".join(response).decode() if status == 200 else ""


def post(client, user, name, *args, status=302, follow=False, **data):
    client.force_login(user)
    response = client.post(reverse(f"suggestions:{name}", args=args), data, follow=follow)
    assert response.status_code == status
    return response.content.decode()


def publish(city, suggestion):
    publication = actions.propose_publication(suggestion, by=city.clerk)
    return actions.publish(
        publication,
        title=publication.title,
        text=publication.text,
        reply=publication.reply,
        by=city.clerk,
    )
