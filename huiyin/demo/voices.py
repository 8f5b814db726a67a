"""What residents said: voices that became suggestions, voices that went other ways, and an import."""

import csv
import datetime as dt
import io
import random

from django.db.models import QuerySet

from huiyin.accounts.models import User
from huiyin.congress.models import Congress, Deputy, Unit
from huiyin.demo.office import account_of
from huiyin.demo.places import short_name
from huiyin.demo.stories import Story, draw, templates
from huiyin.kernel import clock, spreadsheets
from huiyin.opinions import actions, imports
from huiyin.opinions.choices import Channel, Door, ProposalState, State
from huiyin.opinions.models import Matter, MergeProposal, Voice
from huiyin.venues.models import Venue

DAY = dt.timedelta(days=1)
CHANNELS = (Channel.CODE, Channel.WEB, Channel.CODE, Channel.WALK_IN)
OPENINGS = (
    "",
    "您好，",
    "代表好，",
    "反映个事：",
    "请帮忙看看，",
    "我是这里的老住户，",
    "替邻居问一句，",
)
CLOSINGS = ("", "谢谢。", "盼回复。", "希望有个准信。", "拜托了！", "大家都很着急。")
PLATFORM = "小兰帮办"
LEFT_OPEN = 24  # one in so many stays for whoever tries the desk


def place_of(venue: Venue) -> str:
    """The estate or village as people call it."""
    return short_name(venue.region)


def is_rural(venue: Venue) -> bool:
    return "村" in venue.region.name


def say(chance: random.Random, text: str) -> str:
    return chance.choice(OPENINGS) + text + chance.choice(CLOSINGS)


def gather(
    story: Story, venue: Venue, n: int, day: dt.date, *, clerk: User, chance: random.Random
) -> Matter:
    """n residents say the same over some weeks: a clerk makes it public, and the others join.

    Today belongs to whoever tries the city, so nobody joins later than yesterday.
    """
    today = clock.today()
    with clock.set_to(clock.at(day, chance.randint(7, 19), chance.randrange(60))):
        matter = _receive(story, venue, chance, None, 0).matter
    if n > 1:
        with clock.set_to(clock.at(day, 20)):
            matter = actions.publish(matter, title=story.matter, by=clerk)
    for number in range(1, n):
        day += DAY * chance.randint(0, 4)
        if day >= today:
            break
        with clock.set_to(clock.at(day, chance.randint(7, 21), chance.randrange(60))):
            _receive(story, venue, chance, matter, number)
    return matter


def _receive(
    story: Story, venue: Venue, chance: random.Random, matter: Matter | None, number: int
) -> Voice:
    return actions.receive(
        congress=venue.congress,
        text=say(chance, story.voices[number % len(story.voices)]),
        channel=Channel.JOINED if matter else chance.choice(CHANNELS),
        place=story.place,
        region=venue.region,
        venue=venue,
        phone=f"1541{chance.randrange(10**7):07d}" if chance.random() < 0.4 else "",
        joined=matter,
        title=story.matter,
        subject=story.voice_subject,
    )


def hear_echo(matter: Matter, clerk: User, chance: random.Random, today: dt.date) -> None:
    """Asked whether it is solved, most residents who answer say yes."""
    asked = Voice.objects.filter(matter=matter, asked_at__isnull=False, is_solved=None)
    for voice in asked.order_by("pk"):
        asked_at = voice.asked_at or clock.now()
        day = asked_at.astimezone(clock.ZONE).date() + DAY * chance.randint(1, 5)
        if day >= today or chance.random() < 0.35:
            continue
        with clock.set_to(clock.at(day, 20, chance.randrange(60))):
            solved = chance.random() < 0.88
            words = "" if solved else "只修了一半，剩下的没有动。"
            actions.resident_answers(Voice.objects.get(pk=voice.pk), solved=solved, words=words)
    _go_again(Matter.objects.get(pk=matter.pk), clerk, today, chance)


def _go_again(matter: Matter, clerk: User, today: dt.date, chance: random.Random) -> None:
    """What came back is seen to within days, as the rules ask."""
    if matter.state != State.REOPENED:
        return
    day = matter.updated_at.astimezone(clock.ZONE).date() + DAY * chance.randint(1, 4)
    if day < today:
        with clock.set_to(clock.at(day, 11)):
            words = "已再到现场，剩下的部分本周做完，由社区盯着。"
            actions.answer_on_the_spot(matter, words=words, by=clerk)


def follow(
    story: Story, venue: Venue, deputy: Deputy, clerk: User, today: dt.date,
    chance: random.Random, *, is_solved: bool | None,
) -> None:  # fmt: skip
    """A deputy follows a matter; once answered, the resident says whether it is solved."""
    matter = gather(story, venue, 2, today - DAY * 12, clerk=clerk, chance=chance)
    with clock.set_to(clock.at(today - DAY * 4, 10)):
        matter = actions.take_up(matter, deputy=deputy, by=account_of(deputy))
    if is_solved is None:
        return
    with clock.set_to(clock.at(today - DAY * 3, 10)):
        words = "已到现场看过，物业答应本周修好。"
        actions.deputy_answers(matter, words=words, by=account_of(deputy))
    voice = Voice.objects.filter(matter=matter).order_by("pk")[0]
    with clock.set_to(clock.at(today - DAY * 2, 20)):
        actions.resident_answers(voice, solved=is_solved, words="还是老样子，没有人来。")


def other_way(
    venue: Venue, deputies: list[Deputy], units: list[Unit], clerk: User, *,
    chance: random.Random, day: dt.date, today: dt.date,
) -> None:  # fmt: skip
    """A matter that never becomes a suggestion: most do not."""
    story = draw(chance, place_of(venue), rural=is_rural(venue))
    n = chance.choice([1, 1, 1, 2, 3])
    matter = gather(story, venue, n, day, clerk=clerk, chance=chance)
    day += DAY * chance.randint(1, 3)
    if day >= today:
        return
    with clock.set_to(clock.at(day, 10)):
        ways = [_answer, _answer, _department, _hotline, _deputy, _elsewhere]
        go = _wait if day > today - DAY * 2 else chance.choice(ways)
        go(matter, deputies, units, clerk, chance)
    later = day + DAY * chance.randint(3, 15)
    if later < today:
        with clock.set_to(clock.at(later, 16)):
            _finish(Matter.objects.get(pk=matter.pk), clerk)
    hear_echo(Matter.objects.get(pk=matter.pk), clerk, chance, today)


def _wait(matter, deputies, units, clerk, chance):
    """Nobody has got to it yet."""


def _answer(matter, deputies, units, clerk, chance):
    words = "已当面说明办理渠道和所需材料，社区安排专人陪同办理。"
    actions.answer_on_the_spot(matter, words=words, by=clerk)


def _department(matter, deputies, units, clerk, chance):
    unit = chance.choice(units)
    actions.hand_to_department(matter, unit=unit, words="请核实办理并回复。", by=clerk)


def _hotline(matter, deputies, units, clerk, chance):
    number = f"{clock.today():%Y%m%d}{chance.randrange(10_000):04d}"
    actions.hand_to_hotline(matter, ticket_number=number, by=clerk)


def _deputy(matter, deputies, units, clerk, chance):
    actions.give_to_deputy(matter, deputy=chance.choice(deputies), by=clerk)


def _elsewhere(matter, deputies, units, clerk, chance):
    words = "这件事正在诉讼程序中，请按法院通知参加庭审；需要法律援助可到司法所申请。"
    actions.point_elsewhere(matter, door=Door.COURT, words=words, by=clerk)


def _finish(matter: Matter, clerk: User) -> None:
    """The answer that comes back after some days."""
    if matter.state == State.WITH_DEPUTY and matter.deputy:
        words = "已和社区、物业一起到现场看过，物业本周内修好，代表会再去看。"
        actions.deputy_answers(matter, words=words, by=account_of(matter.deputy))
    elif matter.state == State.WITH_DEPARTMENT:
        actions.report_back(matter, words="已派人现场处理，问题已解决。", by=clerk)


def platform_file(
    venues: list[Venue], n: int, chance: random.Random, today: dt.date
) -> tuple[str, bytes]:
    """A file as another platform gives it: no names, no telephones."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["编号", "主题", "留言时间", "留言内容", "地点"])
    for number in range(1, n + 1):
        venue = chance.choice(venues)
        story = draw(chance, place_of(venue), rural=is_rural(venue))
        at = clock.at(today - DAY * chance.randint(1, 300), chance.randint(6, 22))
        text = say(chance, chance.choice(story.voices))
        writer.writerow(
            [f"XL{number:06d}", story.matter, f"{at:%Y/%m/%d %H:%M:%S}", text, story.place]
        )
    return f"{PLATFORM}.csv", out.getvalue().encode("utf-8-sig")


def import_platform(congress: Congress, clerk: User, name: str, content: bytes) -> None:
    """The same import that staff use, then a clerk's week: most proposals taken, most handed on."""
    checked = imports.check(spreadsheets.read(content, name), congress=congress, source=PLATFORM)
    matters = imports.take_in(checked, congress=congress, source=PLATFORM, by=clerk)
    actions.propose_among(congress, new=[matter.pk for matter in matters])
    proposals = MergeProposal.objects.filter(congress=congress, state=ProposalState.OPEN)
    for number, proposal in enumerate(proposals.order_by("pk")):
        mine = list(proposal.matters.filter(pk__in=_from_platform()))
        if number % LEFT_OPEN and len(mine) > 1:
            actions.accept(proposal, matters=mine, by=clerk)


def _from_platform() -> QuerySet[Voice, int]:
    """Only what the platform sent: the other matters are under way in a process beside this one."""
    return Voice.objects.filter(source=PLATFORM).values_list("matter", flat=True)


def pass_to_hotline(congress: Congress, clerk: User) -> None:
    """What only one person said goes to the line that answers such calls; a few wait at the desk."""
    single = Matter.objects.filter(
        congress=congress, state=State.RECEIVED, n_voices=1, pk__in=_from_platform()
    )
    for number, matter in enumerate(single.order_by("pk")):
        if number % LEFT_OPEN:
            ticket = f"{clock.today():%Y%m%d}{number:05d}"
            actions.hand_to_hotline(matter, ticket_number=ticket, by=clerk)


def work_through(congress: Congress, clerk: User, units: dict[str, Unit]) -> None:
    """What was gathered goes to the departments that can act; most of them report back."""
    waiting = Matter.objects.filter(
        congress=congress, state=State.RECEIVED, n_voices__gt=1, pk__in=_from_platform()
    )
    by_title = {template["matter"].format(place=""): template for template in templates()}
    for number, matter in enumerate(waiting.order_by("pk")):
        template = next((t for words, t in by_title.items() if matter.title.endswith(words)), None)
        if template is None or number % LEFT_OPEN == 0:
            continue
        actions.publish(matter, title=matter.title, by=clerk)
        unit = units[template["unit"]]
        matter = actions.hand_to_department(Matter.objects.get(pk=matter.pk), unit=unit, by=clerk)
        if number % 3:
            actions.report_back(matter, words="已到现场核实并处理，后续安排已公布。", by=clerk)
