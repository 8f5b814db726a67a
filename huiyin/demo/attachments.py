"""A few photos and papers at suggestions, so that whoever tries the city sees what attachments are."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from huiyin.accounts.models import User
from huiyin.congress.models import Congress
from huiyin.demo.office import Office, account_of
from huiyin.kernel.documents import PlainLetter
from huiyin.kernel.papers import Paper, clean_paper
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AttachmentPart, State
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.workflow.attaching import open_places

EACH = 3  # of every kind
SKY, WALL, WINDOW = "#dce8f0", "#b9a58a", "#6f8797"


def attach_papers(congress: Congress, office: Office, today: dt.date) -> None:
    """The lead's photo, the unit's papers and evidence, the desk's signed paper."""
    photo, plan = clean_paper(_photo()), clean_paper(_plan(congress, today))
    for paper in _some(congress, State.DRAFT, State.COLLECTING):
        _lay(paper, account_of(paper.lead), AttachmentPart.TEXT, "现场照片", photo)
    for paper in _handled(congress, State.HANDLING):
        _lay(paper, _handler(office, paper), AttachmentPart.CONTACT, "走访现场照片", photo)
    for paper in _handled(congress, State.DRAFTING):
        _lay(paper, _handler(office, paper), AttachmentPart.REPLY, "施工安排", plan)
    for paper in _handled(congress, State.TRACKING):
        _lay(paper, _handler(office, paper), AttachmentPart.PROMISE, "完工照片", photo)
    for paper in _some(congress, State.REPLIED):
        _lay(paper, office.clerk, AttachmentPart.SIGNED_PAPER, "代表签收单", plan)


def _some(congress: Congress, *states: str) -> list[Suggestion]:
    found = Suggestion.objects.filter(congress=congress, state__in=states, is_secret=False)
    return list(found.select_related("lead__person__user").order_by("title", "pk")[:EACH])


def _handled(congress: Congress, state: str) -> list[Suggestion]:
    return [paper for paper in _some(congress, state) if paper.lead_unit_id]


def _handler(office: Office, paper: Suggestion) -> User:
    clerk, _leader = office.handlers[paper.lead_unit_id or 0]
    return clerk


def _lay(suggestion: Suggestion, by: User, part: str, title: str, paper: Paper) -> None:
    """At the first such place that is open; a paper has not always one."""
    place = next((one for one in open_places(by, suggestion) if one.part == part), None)
    if place is not None:
        actions.attach(suggestion, place=place.place, title=title, paper=paper, by=by)


def _photo() -> bytes:
    """A block of flats under a pale sky, drawn: nobody's home."""
    picture = Image.new("RGB", (960, 640), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((180, 120, 780, 640), fill=WALL)
    for top in range(160, 600, 90):
        for left in range(220, 740, 110):
            draw.rectangle((left, top, left + 60, top + 50), fill=WINDOW)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def _plan(congress: Congress, today: dt.date) -> bytes:
    return PlainLetter(
        issuer=f"{congress.name}（示例）",
        document_number="",
        title="示例文件",
        salutation="",
        paragraphs=["这是演示用的附件，内容是虚构的。"],
        unit="演示单位",
        signed_on=today,
    ).pdf()
