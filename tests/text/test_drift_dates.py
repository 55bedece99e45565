"""Dates and times of day."""

import pytest

from paraphraser_tui.text.drift import Drift, find_drift

SAME = [
    ("The shop opened on Sept. 5 last year.", "On September 5 last year the shop opened."),
    ("The shop opened on September 5.", "On 5 September the shop opened."),
    ("The shop opened on the 5th of September.", "On September 5th the shop opened."),
    ("The shop opened on the fifth of June.", "The shop opened on June 5."),
    ("The vote is on Tuesday morning.", "On Tuesday morning they vote."),
    ("The office is closed Mondays.", "The office is closed on Monday."),
    ("The train leaves at 3:45 pm.", "At 15:45 the train leaves."),
    ("The train leaves at 3 p.m. from here.", "From here the train leaves at 3:00 PM."),
    ("Lunch is at noon.", "Lunch is at 12 pm."),
    ("The bus leaves at half past three.", "The bus goes at 3:30."),
    ("School starts at 9 in the morning.", "School starts at 9 am."),
    ("The pool is open from 7 to 9 pm.", "The pool is open from 7 pm to 9 pm."),
    ("The meeting starts at nine o'clock.", "The meeting begins at 9 o'clock."),
    ("It may rain on the march home.", "It might rain as we march home."),
    ("The sun sat low over the hills.", "Low over the hills stood the sun."),
    ("In today's world, time is money.", "In the modern world, time is money."),
    ("Theresa May spoke in the evening.", "In the evening Theresa May spoke."),
    ("It was the strongest quake since October.", "It was the worst since mid-October."),
    ("They mar the view and wed in haste.", "They spoil the view and marry in haste."),
    ("Last week the river froze.", "The river froze last week."),
]
OTHER = [
    ("The shop opened on September 5.", "The shop opened on October 5."),
    ("The shop opened in March.", "The shop opened."),
    ("The shop opened.", "The shop opened in March."),
    ("The shop opened in May.", "The shop opened in spring."),
    ("The vote is on Tuesday.", "The vote is on Thursday."),
    ("The vote is on Tuesday.", "The vote is soon."),
    ("The report came out on Sun. 4 June.", "The report came out on 4 June."),
    ("They met on May 3 and June 4.", "They met on May 4 and June 3."),
    ("She called yesterday.", "She called today."),
    ("The parcel comes tomorrow.", "The parcel comes."),
    ("The train leaves at 3:45 pm.", "The train leaves at 3:45 am."),
    ("The train leaves at 3:45.", "The train leaves at 4:45."),
    ("The train leaves at 15:45.", "The train leaves at 15:40."),
    ("Lunch is at noon.", "Lunch is at midnight."),
    ("The pool is open until 9 pm.", "The pool is open."),
    ("The strike begins next week.", "The strike began last week."),
]


def kinds(source, target):
    return {finding.kind for finding in find_drift(source, target)}


@pytest.mark.parametrize(("source", "target"), SAME)
def test_a_date_may_be_written_differently(source, target):
    quiet = {Drift.DATE, Drift.NUMBER, Drift.NAME}
    assert kinds(source, target).isdisjoint(quiet)
    assert kinds(target, source).isdisjoint(quiet)


@pytest.mark.parametrize(("source", "target"), OTHER)
def test_dates_stay(source, target):
    assert Drift.DATE in kinds(source, target)
    assert Drift.DATE in kinds(target, source)


def test_a_weekday_is_a_date_and_no_name():
    assert kinds("The vote was on Monday.", "The vote was on Friday.") == {Drift.DATE}


def test_a_finding_shows_the_time():
    (finding,) = find_drift("The bus leaves at half past three.", "The bus leaves.")
    assert str(finding) == "date 3:30 is missing"
