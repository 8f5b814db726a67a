"""Single slips of the hand, each from what was meant to what was typed; they know nothing of the person."""

import datetime as dt
import random as chance
from collections.abc import Callable, Mapping
from typing import Final

from huiyin.screening.rolls import confusions, moon, names, numbers

Random = chance.Random
Slip = Callable[[Random, str], str]
DOT: Final = "·"


# Names -------------------------------------------------------------------------------------------


def replaced(table: Mapping[str, str]) -> Slip:
    """One character for another of the table, in the given name rather than in the family name."""

    def slip(random: Random, name: str) -> str:
        places = [place for place, character in enumerate(name) if character in table]
        places = [place for place in places if place] or places
        if not places:
            return name
        place = random.choice(places)
        return name[:place] + random.choice(table[name[place]]) + name[place + 1 :]

    return slip


def traditional(random: Random, name: str) -> str:
    """Either every character of an old keyboard, or one that has a second form."""
    if any(character in confusions.VARIANT for character in name) and random.random() < 0.3:
        return "".join(confusions.VARIANT.get(character, character) for character in name)
    return "".join(confusions.TRADITIONAL.get(character, character) for character in name)


def swapped_characters(random: Random, name: str) -> str:
    """The last two change places: 建国 becomes 国建."""
    return name[:-2] + name[-1] + name[-2] if len(name) > 2 and DOT not in name else name


def dropped_character(random: Random, name: str) -> str:
    place = random.randrange(1, len(name)) if len(name) > 2 else 0
    return name[:place] + name[place + 1 :] if place and name[place] != DOT else name


def reversed_order(random: Random, name: str) -> str:
    """The given name first, as in a list that came from a passport office."""
    if DOT in name:
        return DOT.join(reversed(name.split(DOT)))
    return name[1:] + name[0] if len(name) > 2 else name


def without_last_part(random: Random, name: str) -> str:
    return name.rsplit(DOT, 1)[0] if DOT in name else name


def other_dot(random: Random, name: str) -> str:
    return name.replace(DOT, random.choice(confusions.DOTS))


def cut(random: Random, name: str) -> str:
    """A field of twenty bytes holds ten characters, the dot being one of them."""
    return name[:10]


def emptied(random: Random, name: str) -> str:
    return ""


def soiled(random: Random, name: str) -> str:
    """Something in it that no name has."""
    where = random.randrange(1, len(name) + 1)
    return name[:where] + random.choice("1234567890aAqQwxz") + name[where:]


def spaced(random: Random, name: str) -> str:
    """张 强: the blank that makes two-character names as wide as the others."""
    return f"{name[0]} {name[1:]}" if DOT not in name else name


def lost(random: Random, name: str) -> str:
    """A character the system could not show."""
    place = random.randrange(1, len(name)) if len(name) > 1 else 0
    return name[:place] + random.choice(confusions.LOST[:2]) + name[place + 1 :]


def question_mark(random: Random, name: str) -> str:
    return name[:-1] + "?"


def private_use(random: Random, name: str) -> str:
    return name[:-1] + confusions.LOST[-1]


def in_parts(random: Random, name: str) -> str:
    return "".join(confusions.PARTS.get(character, character) for character in name)


def placeholder(random: Random, name: str) -> str:
    return random.choice(names.PLACEHOLDERS).format(name)


def nickname(random: Random, name: str) -> str:
    return name[0] + random.choice(names.NICKNAMES)


def with_husband_s(random: Random, name: str) -> str:
    """Another family name before one's own."""
    return random.choice("王李张刘陈杨赵黄周吴") + name


# Numbers -----------------------------------------------------------------------------------------


def other_last(random: Random, number: str) -> str:
    return number[:17] + random.choice([c for c in numbers.CHECK if c != number[17]])


def one_digit(random: Random, number: str) -> str:
    place = random.randrange(17)
    digit = random.choice([c for c in "0123456789" if c != number[place]])
    changed = number[:place] + digit + number[place + 1 :]
    return changed if changed[0] != "0" else other_last(random, number)


def two_digits(random: Random, number: str) -> str:
    return one_digit(random, one_digit(random, number))


def swapped_digits(random: Random, number: str) -> str:
    """Two neighbours that differ change places."""
    places = [place for place in range(1, 16) if number[place] != number[place + 1]]
    place = random.choice(places)
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def dropped_digit(random: Random, number: str) -> str:
    place = random.randrange(18)
    return number[:place] + number[place + 1 :]


def doubled_digit(random: Random, number: str) -> str:
    place = random.randrange(17)
    return number[:place] + number[place] + number[place:]


def absent(random: Random, text: str) -> str:
    return ""


def of_old_card(random: Random, number: str) -> str:
    """Cards of the first generation were given to nobody born after 1999."""
    return number[:6] + number[8:17] if number[6:8] == "19" else number


def other_keyboard(random: Random, number: str) -> str:
    """Small x, wide digits, or letters that look like digits."""
    ways = [lambda: number.translate(confusions.FULL_WIDTH)]
    if number[17] == "X":
        ways.append(number.lower)
    if "0" in number[6:17]:
        ways.append(lambda: number[:6] + number[6:17].replace("0", "O", 1) + number[17])
    if "1" in number[6:17]:
        ways.append(lambda: number[:6] + number[6:17].replace("1", "I", 1) + number[17])
    return random.choice(ways)()


def as_float(random: Random, number: str) -> str:
    """What a spreadsheet makes of eighteen digits."""
    if number[17] == "X":
        return dropped_digit(random, number)
    return f"{number[0]}.{number[1:6]}E+17" if random.random() < 0.5 else f"{number[:15]}000.0"


def of_no_county(random: Random, number: str) -> str:
    return checked(f"{random.choice(numbers.NO_COUNTY)}{number[6:17]}")


def of_no_day(random: Random, number: str) -> str:
    """A day the calendar does not have, one still to come, or one too long ago."""
    year = number[6:10]
    day = random.choice(
        [f"{year}0230", f"{year}1305", f"{year}0431", f"{year}0010", "20310506", "18920317"]
    )
    return checked(number[:6] + day + number[14:17])


def second_number(random: Random, number: str) -> str:
    """A number of another place for the same person, with everything right about it."""
    area = random.choice([area for area in numbers.PROVINCE if str(area) != number[:6]])
    order = random.randrange(0, 500) * 2 + int(number[16]) % 2
    return checked(f"{area}{number[6:14]}{order:03d}")


def checked(first: str) -> str:
    """The number with the check character that belongs to its seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first, numbers.WEIGHTS, strict=True))
    return first + numbers.CHECK[total % 11]


# Dates (as YYYYMMDD), phones, addresses ------------------------------------------------------------


def day_and_month(random: Random, day: str) -> str:
    """Swapped where that gives a day; else the next day."""
    return day[:4] + day[6:] + day[4:6] if day[6:] <= "12" != day[4:6] else beside(random, day)


def beside(random: Random, day: str) -> str:
    """A day or two away, within the same month."""
    number = int(day[6:])
    return f"{day[:6]}{number + random.choice((1, 2)) if number < 27 else number - 1:02d}"


def other_year(random: Random, day: str) -> str:
    """One or ten years off; the twenty-ninth of February becomes the twenty-eighth."""
    year = int(day[:4]) + random.choice((-10, -2, -1, 1, -1, 1))
    return f"{year}0228" if day[4:] == "0229" else f"{year}{day[4:]}"


def lunar(random: Random, day: str) -> str:
    """The birthday as the family keeps it, in figures as if it were of the other calendar, or in words."""
    found = moon.lunar(dt.date(int(day[:4]), int(day[4:6]), int(day[6:])))
    if random.random() < 0.3:
        return found.written
    return f"{found.year}{found.month:02d}{found.day:02d}"


def other_phone(random: Random, phone: str) -> str:
    if len(phone) < 11:
        return phone
    place = random.randrange(3, 11)
    return (
        phone[:place] + str((int(phone[place]) + random.randrange(1, 10)) % 10) + phone[place + 1 :]
    )


def new_phone(random: Random, phone: str) -> str:
    return f"154{random.randrange(10**8):08d}"


def shorter_address(random: Random, address: str) -> str:
    """Without the city, or with strokes instead of words."""
    if random.random() < 0.5:
        return address.replace("兰州市", "")
    return address.replace("号楼", "-").replace("单元", "-").replace("室", "")


def other_room(random: Random, address: str) -> str:
    if not address.endswith("室"):
        return address[:-1] + "号"
    return address[:-3] + f"{random.randrange(1, 5):02d}室"
