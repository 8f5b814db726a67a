"""A congress's deputies in from a spreadsheet: thousands in a few statements."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from huiyin.accounts.models import User
from huiyin.congress.actions.appointments import keep_acting_as_of
from huiyin.congress.choices import ElectingKind, Level, MandateState, Sex
from huiyin.congress.models import Congress, Deputy, ElectingBase, Person, Term
from huiyin.kernel import clock, codes, crypto, identity, imports, spreadsheets, trail
from huiyin.kernel.imports import Held, Plan, RowReader, Tell
from huiyin.kernel.spreadsheets import Row
from huiyin.kernel.trail import HasActor
from huiyin.kernel.workflow import NotPossible

FIELDS = {
    "name": {"姓名", "代表姓名", "名字"},
    "sex": {"性别"},
    "ethnic_group": {"民族"},
    "post": {"单位及职务", "工作单位及职务", "单位职务", "职务", "工作单位"},
    "phone": {"手机", "手机号", "手机号码", "联系电话", "电话"},
    "identity_number": {"身份证号", "身份证号码", "身份证", "公民身份号码"},
    "delegation": {"代表团", "所在代表团"},
    "electing_base": {"选举单位", "选区", "选区名称", "选举单位或选区"},
    "card_number": {"代表证号", "证号", "代表证编号"},
    "elected_on": {"当选日期", "当选时间"},
}
LABELS = {
    "name": _lazy("姓名"),
    "sex": _lazy("性别"),
    "ethnic_group": _lazy("民族"),
    "post": _lazy("单位及职务"),
    "phone": _lazy("手机号"),
    "identity_number": _lazy("身份证号"),
    "delegation": _lazy("代表团"),
    "electing_base": _lazy("选举单位"),
    "card_number": _lazy("代表证号"),
    "elected_on": _lazy("当选日期"),
}
REQUIRED = ("name",)
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE, "未知": Sex.UNKNOWN}
NUMBER_PROBLEMS = {
    "length": ("身份证号应该是 18 位", "must have 18 characters"),
    "characters": ("身份证号里有不该有的字", "has characters that do not belong there"),
    "birth_date": ("身份证号里的出生日期不对", "holds an impossible birth date"),
    "checksum": ("身份证号最后一位对不上，可能抄错了", "has a wrong last character"),
}
INDIRECT = {Level.PROVINCE, Level.CITY}  # 选举法 art. 3: elected by the congresses below
BATCH = 500  # a step of the progress bar
MOST_NAMESAKES = 5  # in one file


@dataclass(frozen=True)
class NewDeputy:
    """One good row; `person_id` where the human being is already known."""

    name: str
    sex: str
    ethnic_group: str
    post: str
    phone: str
    identity_number: str
    delegation: str
    electing_base: str
    card_number: str
    elected_on: dt.date | None
    person_id: int | None = None


def read_deputies(
    content: bytes, filename: str, *, term: Term, mapping: Mapping[str, str] | None = None
) -> Plan[NewDeputy]:
    """What the file says and what is wrong with it; nothing is written."""
    table = spreadsheets.read(content, filename)
    columns = spreadsheets.map_columns(table.headers, FIELDS, mapping)
    reader = RowReader(table, columns)
    rows = [(row, _deputy(reader, row)) for row in table.rows]
    reader.twice(((row, new.identity_number) for row, new in rows), "identity_number")
    reader.twice(((row, new.card_number) for row, new in rows), "card_number")
    rows = _with_known_people(reader, rows, term)
    good = [new for row, new in rows if reader.is_good(row)]
    return Plan(table, columns, good, reader.problems, _notes(good, term))


@transaction.atomic
def seat_all(plan: Plan[NewDeputy], *, term: Term, tell: Tell | None = None, by: HasActor) -> int:
    """Seat everybody of a clean plan, each with the first line of a trail."""
    if not plan.is_clean:
        raise NotPossible(_("表里还有问题，一行也没有导入。"))
    Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    bases, of = _bases(plan.items, term.congress), len(plan.items)
    for start in range(0, of, BATCH):
        part = plan.items[start : start + BATCH]
        _seat(part, term, bases, by=by)
        if tell:
            tell(start + len(part), of)
    return of


def seat_held(
    token: str, *, owner: int, term_id: int, mapping: Mapping[str, str] | None = None
) -> None:
    """In the worker: read the file kept since the dry run once more, then seat everybody or nobody."""
    term = Term.objects.select_related("congress__region").get(pk=term_id)
    by = User.objects.get(pk=owner)

    def write(kept: Held, tell: Tell) -> int:
        plan = read_deputies(kept.content, kept.name, term=term, mapping=mapping)
        return seat_all(plan, term=term, tell=tell, by=by)

    imports.work(token, owner=owner, write=write)


def fail_held(token: str, *, owner: int, **_rest: object) -> None:
    imports.fail(token, owner=owner)


def _seat(
    items: list[NewDeputy], term: Term, bases: Mapping[str, ElectingBase], *, by: HasActor
) -> None:
    people = _people(items)
    deputies = [
        Deputy(
            person=person,
            congress=term.congress,
            term=term,
            electing_base=bases.get(new.electing_base),
            delegation=new.delegation,
            card_number=new.card_number,
            elected_on=new.elected_on,
            code=codes.new_code(),
            sort_key=person.sort_key,
        )
        for new, person in zip(items, people, strict=True)
    ]
    Deputy.objects.bulk_create(deputies)
    trail.record_many(deputies, "seat", by=by)
    keep_acting_as_of([person.user for person in people if person.user])


def _deputy(reader: RowReader, row: Row) -> NewDeputy:
    phone = identity.normalise_phone(reader.text(row, "phone", longest=40))
    if phone and not identity.is_phone(phone):
        reader.wrong(row, "phone", "不像电话号码", "does not look like a telephone number")
    number = identity.normalise_number(reader.text(row, "identity_number", longest=40))
    problem = identity.problem(number, clock.today()) if number else None
    if problem:
        reader.wrong(row, "identity_number", *NUMBER_PROBLEMS[problem])
    return NewDeputy(
        name=reader.text(row, "name", longest=60, required=True),
        sex=reader.choice(row, "sex", SEXES, Sex.UNKNOWN),
        ethnic_group=reader.text(row, "ethnic_group", longest=20),
        post=reader.text(row, "post", longest=120),
        phone=phone,
        identity_number=number,
        delegation=reader.text(row, "delegation", longest=60),
        electing_base=reader.text(row, "electing_base", longest=80),
        card_number=reader.text(row, "card_number", longest=30),
        elected_on=reader.day(row, "elected_on"),
    )


def _with_known_people(
    reader: RowReader, rows: list[tuple[Row, NewDeputy]], term: Term
) -> list[tuple[Row, NewDeputy]]:
    """The same identity number, else the same name and phone, is the same human being.

    By name and phone only the congress's own people are found: a list of guesses must tell nobody
    another congress's numbers, and a few guesses at one name are all that a file may hold.
    """
    known = _known_people([new for _row, new in rows], term.congress)
    names = Counter(new.name for _row, new in rows)
    seated = set(term.deputies.values_list("person_id", flat=True))
    unrelated = _unrelated(set(known.values()), term.congress)
    found = []
    for row, new in rows:
        if names[new.name] > MOST_NAMESAKES:
            reader.wrong(row, "name", "同一个姓名的行太多", "stands in too many rows")
            continue
        person_id = next((known[mark] for mark in _marks(new) if mark in known), None)
        if person_id in seated:
            reader.wrong(row, "name", "已经是本届代表", "is a deputy of this term already")
        if person_id in unrelated:
            reader.wrong(
                row,
                "name",
                f"已经是{unrelated[person_id]}代表，两地没有隶属关系（选举法第四十八条）",
                f"is a deputy of {unrelated[person_id]}, an unrelated area (Electoral Law 48)",
            )
        found.append((row, replace(new, person_id=person_id)))
    return found


def _marks(new: NewDeputy) -> list[tuple[str, str]]:
    """What a person is known by, strongest first."""
    number = new.identity_number and crypto.blind_index(new.identity_number, "identity")
    phone = new.phone and crypto.blind_index(new.phone, "phone")
    return [mark for mark in (("", number), (new.name, phone)) if mark[1]]


def _known_people(rows: Iterable[NewDeputy], congress: Congress) -> dict[tuple[str, str], int]:
    marks = {mark for new in rows for mark in _marks(new)}
    numbers = [value for name, value in marks if not name]
    phones = [value for name, value in marks if name]
    by_number = Person.objects.filter(identity_index__in=numbers)
    own = Deputy.objects.filter(congress=congress).values("person")
    by_phone = Person.objects.filter(phone_index__in=phones, pk__in=own)
    known = {("", index): pk for index, pk in by_number.values_list("identity_index", "pk")}
    for name, index, pk in by_phone.values_list("name", "phone_index", "pk"):
        known[name, index] = pk
    return known


def _unrelated(people: set[int], congress: Congress) -> dict[int, str]:
    """Who of them sits where neither area contains the other, and where."""
    sitting = Deputy.objects.filter(person__in=people).exclude(state=MandateState.ENDED)
    return {
        deputy.person_id: deputy.congress.name
        for deputy in sitting.select_related("congress__region")
        if not _is_related(deputy.congress, congress)
    }


def _is_related(one: Congress, other: Congress) -> bool:
    return one.region.contains(other.region) or other.region.contains(one.region)


def _notes(items: list[NewDeputy], term: Term) -> list[str]:
    """What the import would do besides: people found again, electing bases opened."""
    again = sum(new.person_id is not None for new in items)
    known = set(term.congress.electing_bases.values_list("name", flat=True))
    opened = {new.electing_base for new in items if new.electing_base} - known
    notes = []
    if again:
        words = ngettext("%(n)d 人已经在库里，接着用。", "%(n)d 人已经在库里，接着用。", again)
        notes.append(words % {"n": again})
    if opened:
        words = ngettext(
            "新建 %(n)d 个选区或者选举单位。", "新建 %(n)d 个选区或者选举单位。", len(opened)
        )
        notes.append(words % {"n": len(opened)})
    return notes


def _bases(items: list[NewDeputy], congress: Congress) -> dict[str, ElectingBase]:
    """By name; a name not there yet is opened."""
    bases = {base.name: base for base in congress.electing_bases.all()}
    kind = ElectingKind.CONSTITUENCY
    if congress.level in INDIRECT:
        kind = ElectingKind.ELECTING_UNIT
    names = dict.fromkeys(new.electing_base for new in items if new.electing_base)
    opened = ElectingBase.objects.bulk_create(
        ElectingBase(congress=congress, kind=kind, name=name) for name in names if name not in bases
    )
    return bases | {base.name: base for base in opened}


def _people(items: list[NewDeputy]) -> list[Person]:
    """In the order of the rows: those already known, and everybody else new."""
    persons = Person.objects.select_related("user")
    known = persons.in_bulk([new.person_id for new in items if new.person_id])
    people = [known.get(new.person_id) or _person(new) for new in items]
    Person.objects.bulk_create(person for person in people if person.pk is None)
    return people


def _person(new: NewDeputy) -> Person:
    return Person(
        name=new.name,
        sort_key=identity.person_sort_key(new.name),
        sex=new.sex,
        ethnic_group=new.ethnic_group,
        post=new.post,
        phone=new.phone,
        identity_number=new.identity_number,
    )
