"""Random unix cron expressions and the local times that croniter gives for them, one JSON object per line.

propose.py SEED COUNT: {"expression": ..., "after": local time, "ticks": [local times]}; no ticks: it never fires.
"""
import datetime
import json
import random
import sys

from croniter import croniter, CroniterBadDateError

TICKS = 60
MONTHS = "JAN feb MAR apr MAY jun JUL aug SEP oct NOV dec".split()
DAYS = "SUN mon TUE wed THU fri SAT".split()


def part(least, most, names):
    """A number, a name, a range, a range with steps, or a start with steps.

    No range of one number: croniter reads 5-5/2 as one that goes all the way round.
    """
    start = random.randint(least, most - 1)
    end = random.randint(start + 1, most)
    step = random.randint(2, 6)
    named = names[start - least] if names and start - least < len(names) else str(start)
    return random.choice([str(start), named, f"{start}-{end}", f"{start}-{end}/{step}", f"{start}/{step}"])


def field(least, most, any_share, names=None):
    if random.random() < any_share:
        return "*"
    if random.random() < 0.2:
        return f"*/{random.randint(2, 7)}" if most > 7 else f"*/{random.randint(2, 6)}"
    return ",".join(part(least, most, names) for _ in range(random.randint(1, 3)))


def expression():
    return " ".join([
        field(0, 59, 0.1),
        field(0, 23, 0.3),
        field(1, 31, 0.5),
        field(1, 12, 0.6, MONTHS),
        field(0, 7, 0.5, DAYS),
    ])


def lists_all_days(text):
    """Such a field restricts nothing or everything, depending on a star in the other: croniter's own way."""
    words, values = text.split(), croniter(text).expanded
    return any(words[i] != "*" and (values[i] == ["*"] or len(values[i]) == count) for i, count in ((2, 31), (4, 7)))


def proposal():
    text = expression()
    while lists_all_days(text):
        text = expression()
    after = datetime.datetime(random.randint(2000, 2035), random.randint(1, 12), random.randint(1, 28),
                              random.randint(0, 23), random.randint(0, 59))
    ticks = croniter(text, after, max_years_between_matches=30)
    try:
        local_times = [ticks.get_next(datetime.datetime).isoformat() for _ in range(TICKS)]
    except CroniterBadDateError:
        local_times = []
    return {"expression": text, "after": after.isoformat(), "ticks": local_times}


random.seed(int(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    print(json.dumps(proposal()))
