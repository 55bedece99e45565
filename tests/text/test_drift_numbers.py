"""Numbers and units: compared by value, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.drift import Drift, find_drift, numbers

SAME_NUMBERS = [
    ("Third, the bridge is too narrow.", "Besides, the bridge is too narrow."),
    ("First of all, the bridge is too narrow.", "To be clear, the bridge is too narrow."),
    ("The price fell by a third.", "The price dropped by one third."),
    ("A 25-year-old man was held on Monday.", "On Monday, a man aged 25 was held."),
    ("Only 1 in 10 children can swim.", "Just one child in ten is able to swim."),
    ("The bridge has three lanes in each direction.", "In each direction the bridge has 3 lanes."),
    ("About 1,000 people came to the fair.", "Around 1000 people visited the fair."),
    ("About 1000 people came to the fair.", "Around a thousand people visited the fair."),
    ("Nearly 50% of the voters stayed at home.", "Nearly fifty percent of voters stayed home."),
    ("Some 50 per cent of the voters stayed at home.", "Some 50% of voters stayed home."),
    ("Half of the voters stayed at home.", "50% of the voters stayed home."),
    ("The house was sold for $5 million.", "They sold the house for 5 million dollars."),
    ("The firm made $2.5bn last year.", "Last year the firm made 2.5 billion dollars."),
    ("The loan came to £1,500,000.", "The loan was £1.5 million."),
    ("She finished in 3rd place.", "She came in third place."),
    ("It was the twenty-first such attack.", "It was the 21st such attack."),
    ("They ordered a dozen eggs and two rolls.", "Two rolls and 12 eggs were ordered."),
    ("Half a million homes lost power.", "500,000 homes were without power."),
    ("Two and a half years went by.", "2.5 years passed."),
    ("Two-thirds of the land is forest.", "Two thirds of the land is wooded."),
    ("A quarter of the crop failed.", "One quarter of the crop was lost."),
    ("The course takes one hour and 20 minutes.", "The course lasts an hour and twenty minutes."),
    ("One of the guards fell asleep.", "A guard dozed off."),
    ("One never knows what the sea will do.", "You never know what the sea will do."),
    ("The two brothers both signed it.", "Both brothers signed it."),
    ("Prices have doubled since the war.", "Since the war prices are twice as high."),
    ("For twenty years she ran the shop.", "She ran the shop for two decades."),
    ("First, heat the oil in a pan.", "Begin by heating the oil in a pan."),
    ("At first nobody believed the boy.", "Nobody believed the boy initially."),
    ("She paused for a second, then went on.", "She paused briefly, then went on."),
    ("The music of the 1990s is back.", "The music of the nineties is back."),
    ("One hundred and five men were hired.", "They hired 105 men."),
    ("In 2019 five ships sank.", "Five ships sank in 2019."),
    ("The town has 12 thousand inhabitants.", "12,000 people live in the town."),
    ("Add 1/2 of the flour.", "Add half the flour."),
]
OTHER_NUMBERS = [
    ("He paid 20 dollars for the lamp.", "He paid 30 dollars for the lamp."),
    ("Three of the witnesses were heard.", "Some of the witnesses were heard."),
    ("Some of the witnesses were heard.", "Four of the witnesses were heard."),
    ("She finished in third place.", "She finished in second place."),
    ("She finished third of three.", "She finished second of three."),
    ("Half of the voters stayed at home.", "The voters stayed at home."),
    ("Half of the voters stayed at home.", "60% of the voters stayed at home."),
    ("The firm made $2.5 billion last year.", "The firm made $2.5 million last year."),
    ("A dozen eggs were broken.", "Ten eggs were broken."),
    ("It grew from 5 to 5 percent in May.", "It grew to 5 percent in May."),
    ("The night was -5 degrees cold.", "The night was 5 degrees cold."),
    ("Add .5 kg of sugar.", "Add 5 kg of sugar."),
    ("The treaty was signed in 1951.", "The treaty was signed in 1915."),
    ("Two-thirds of the land is forest.", "Two of the land is forest."),
    ("Thousands marched through the city.", "People marched through the city."),
    ("Version 2.5.1 fixes the bug.", "Version 2.5.2 fixes the bug."),
    ("One man survived the crash.", "Two men survived the crash."),
    ("She was the first woman to vote there.", "She was the second woman to vote there."),
    ("Both sisters moved to the coast.", "All three sisters moved to the coast."),
    ("There were 1,005 entries.", "There were 1,500 entries."),
]
SAME_UNITS = [
    ("The stone weighs 20 lb.", "The stone weighs 20 pounds."),
    ("He paid US$40 for it.", "It cost him $40."),
    ("The speed limit is 30 mph.", "30 miles per hour is the speed limit."),
    ("The village is 5 km from the sea.", "The sea is 5 kilometres from the village."),
    ("The village is 5 km away.", "The 5-kilometer way leads to the village."),
    ("The parcel weighs 3 kg.", "It is a parcel of three kilograms."),
    ("The water is at 30 °C.", "The water is at 30 degrees Celsius."),
    ("The water is at 30°C.", "The water is at 30 degrees."),
    ("Wait for 5 min before you open it.", "Before opening it, wait five minutes."),
    ("He paid €40 for the seat.", "The seat cost him 40 euros."),
    ("He paid $40 for the seat.", "The seat cost him forty US dollars."),
    ("He lost £5 on the way.", "On the way he lost 5 pounds."),
    ("It grew by 7%.", "It grew by seven per cent."),
    ("It takes from 5 to 10 minutes.", "It takes 5 minutes to 10 minutes."),
    ("She is 25 years old.", "She is aged 25."),
    ("A two-hour film was shown.", "They showed a film of 2 hours."),
    ("The farm has 12 acres.", "It is a 12-acre farm."),
    ("Two second prizes were given.", "They gave two second prizes."),
]
OTHER_UNITS = [
    ("The truck weighs 5 tons.", "The truck weighs 5 tonnes."),
    ("The village is 5 km from the sea.", "The village is 5 miles from the sea."),
    ("Wait for 5 minutes before you open it.", "Wait for 5 hours before you open it."),
    ("He paid €40 for the seat.", "He paid $40 for the seat."),
    ("He paid 40 euros for the seat.", "He paid 40 pounds for the seat."),
    ("The parcel weighs 3 kg.", "The parcel weighs 3 grams."),
    ("The water is at 30 °C.", "The water is at 30 °F."),
    ("It grew by 7%.", "It grew by 7 people."),
    ("It grew by 7%.", "It grew by 7."),
    ("It cost $5 million to build.", "It cost 5 million to build."),
    ("It cost 5 million to build.", "It cost €5 million to build."),
    ("The farm has 12 acres.", "The farm has 12 hectares."),
    ("The flat has 80 square metres.", "The flat has 80 cubic metres."),
    ("The disk holds 500 GB.", "The disk holds 500 MB."),
    ("The trial lasted three weeks.", "The trial lasted three months."),
    ("The rate fell by 2 percentage points.", "The rate fell by 2 percent."),
]


def kinds(source, target):
    return {finding.kind for finding in find_drift(source, target)}


@pytest.mark.parametrize(("source", "target"), SAME_NUMBERS)
def test_equal_values_may_be_written_differently(source, target):
    assert Drift.NUMBER not in kinds(source, target)
    assert Drift.NUMBER not in kinds(target, source)


@pytest.mark.parametrize(("source", "target"), OTHER_NUMBERS)
def test_values_stay(source, target):
    assert Drift.NUMBER in kinds(source, target)
    assert Drift.NUMBER in kinds(target, source)


@pytest.mark.parametrize(("source", "target"), SAME_UNITS)
def test_units_may_be_written_differently(source, target):
    assert kinds(source, target).isdisjoint({Drift.UNIT, Drift.NUMBER})
    assert kinds(target, source).isdisjoint({Drift.UNIT, Drift.NUMBER})


@pytest.mark.parametrize(("source", "target"), OTHER_UNITS)
def test_units_stay(source, target):
    assert Drift.UNIT in kinds(source, target)
    assert Drift.UNIT in kinds(target, source)


def test_numbers_are_values():
    assert numbers("Twenty-one of 1,000.5, half of two; one, 5% and the 3rd") == {
        21: 1, 1000.5: 1, 0.5: 1, 2: 1, 5: 1, "3rd": 1,
    }  # fmt: skip


@given(st.integers(100, 10**9))
def test_thousands_separators_do_not_count(n):
    assert numbers(f"They sold {n:,} cars.") == numbers(f"They sold {n} cars.") == {n: 1}


@given(st.integers(2, 10**6), st.integers(2, 10**6))
def test_other_values_are_always_found(a, b):
    drift = Drift.NUMBER in kinds(f"They sold {a} cars.", f"They sold {b} cars.")
    assert drift is (a != b)
