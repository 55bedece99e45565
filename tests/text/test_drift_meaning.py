"""Negation, modality, question and order."""

import pytest

from paraphraser_tui.text.drift import Drift, find_drift

SAME_POLARITY = [
    ("We could not help but laugh at it.", "We had to laugh at it."),
    ("They gave valuable help.", "Their help was invaluable."),
    ("He was not able to open the door.", "He was unable to open the door."),
    ("She can't swim in the cold lake.", "She cannot swim in the cold lake."),
    ("It is not uncommon to see deer here.", "It is common to see deer here."),
    ("It is not uncommon to see deer here.", "Deer are often seen here."),
    ("The children were not happy with it.", "The children were unhappy with it."),
    ("They no longer sell bread.", "They stopped selling bread."),
    ("He did not pass the test.", "He failed the test."),
    ("The village has no doctor.", "The village is without a doctor."),
    ("The plan lacks money.", "There is no money for the plan."),
    ("She is not only a singer but also a poet.", "She is both a singer and a poet."),
    ("Neither the cook nor the waiter knew.", "The cook and the waiter did not know."),
    ("There is no doubt that it works.", "It certainly works."),
    ("There was no bread and no milk.", "There was no bread or milk."),
    ("Whether or not he comes, we leave.", "We leave whether he comes or stays."),
    ("I couldn't help but laugh at it.", "I had to laugh at it."),
    ("The street was hardly lit.", "The street was not lit well."),
    ("It does not often snow there.", "It rarely snows there."),
    ("No. 5 is the oldest house.", "The oldest house is number 5."),
    ("It’s not late yet.", "It isn't late yet."),
    ("Nobody saw the homeless man.", "No one saw the homeless man."),
]
OTHER_POLARITY = [
    ("He was able to open the door.", "He was unable to open the door."),
    ("She can't swim in the cold lake.", "She can swim in the cold lake."),
    ("It is not uncommon to see deer here.", "It is uncommon to see deer here."),
    ("The story is common.", "The story is uncommon."),
    ("The children were happy with it.", "The children were unhappy with it."),
    ("His answer was correct.", "His answer was incorrect."),
    ("The village has no doctor.", "The village has a doctor."),
    ("The plan lacks money.", "The plan has money."),
    ("He came without his dog.", "He came with his dog."),
    ("He did not say that it wasn't true.", "He said that it wasn't true."),
    ("They no longer sell bread.", "They sell bread."),
    ("Nobody saw the man.", "Everybody saw the man."),
    ("The street was hardly lit.", "The street was lit."),
    ("It is possible to win.", "It is impossible to win."),
    ("He always eats meat.", "He never eats meat."),
    ("The road is safe.", "The road is unsafe."),
]
SAME_STRENGTH = [
    ("If it rains, we stay at home.", "If it rains, we will stay at home."),
    ("He could feel the cold.", "He felt the cold."),
    ("Could you tell me the time?", "What time is it, please?"),
    ("You must sign the form.", "You have to sign the form."),
    ("All staff must wear a badge.", "All staff are required to wear a badge."),
    ("She can read four languages.", "She is able to read four languages."),
    ("The test may take an hour.", "The test might take an hour."),
    ("The plan may fail in winter.", "Perhaps the plan fails in winter."),
    ("You should see a doctor.", "You ought to see a doctor."),
    ("You should see a doctor.", "It is advisable to see a doctor."),
    ("The shop will close at noon.", "The shop is going to close at noon."),
    ("We'll meet at the station.", "We will meet at the station."),
    ("The road closed in May.", "In May the road closed."),
    ("The will of the people counts.", "What the people want counts."),
    ("He opened a can of beans.", "He opened some beans."),
    ("With all his might he pushed.", "He pushed hard."),
    ("Will Smith opened the show.", "The show was opened by Will Smith."),
    ("Visitors must not feed the birds.", "Visitors cannot feed the birds."),
    ("It has to do with the cold.", "It is about the cold."),
    ("The firm will hire three people.", "The firm is to hire three people."),
    ("Water can be found there.", "Water is found there."),
    ("It could possibly be a fox.", "It might be a fox."),
    ("The bus will likely be late.", "The bus will probably be late."),
    ("Could you open the window?", "Open the window, would you?"),
    ("He is a must for every team.", "Every team wants him."),
]
OTHER_STRENGTH = [
    ("It may rain if the wind turns.", "It will rain if the wind turns."),
    ("It seems that he may be ill.", "It seems that he is ill."),
    ("You may leave at noon.", "You must leave at noon."),
    ("It could rain in the evening.", "It will rain in the evening."),
    ("He may have lost the key.", "He has lost the key."),
    ("The drug might help some patients.", "The drug helps some patients."),
    ("You should see a doctor.", "You must see a doctor."),
    ("You must see a doctor.", "You should see a doctor."),
    ("You have to sign the form.", "You can sign the form."),
    ("The shop will close at noon.", "The shop closed at noon."),
    ("The shop closed at noon.", "The shop will close at noon."),
    ("Perhaps the boat sank.", "The boat sank."),
    ("The boat probably sank.", "The boat sank."),
    ("The boat sank.", "The boat might have sunk."),
    ("Staff must wear a badge.", "Staff wear a badge."),
    ("Staff wear a badge.", "Staff must wear a badge."),
    ("The new law will likely pass.", "The new law must pass."),
    ("Voting is compulsory there.", "Voting is usual there."),
]
SAME_MOOD = [
    ("Keep the door closed at night.", "The door must be kept closed at night."),
    ("Please wait for the guide.", "Wait for the guide, please."),
    ("Add the eggs to the bowl.", "The eggs should go into the bowl."),
    ("Make sure the lid is on.", "Ensure that the lid is on."),
    ("Play is good for them.", "It is good for them to play."),
    ("Open markets help the poor.", "The poor gain from open markets."),
    ("Follow the path to the lake.", "Take the path to the lake."),
    ("You should try the soup.", "Try the soup."),
    ("It is best to avoid the crowds.", "Avoid the crowds."),
    ("Did you call him?", "Have you called him?"),
    ("Let's leave before dark.", "Let us leave before dark."),
    ("I would like to see the list.", "Please show me the list."),
]
OTHER_MOOD = [
    ("Keep the door closed at night.", "The door is closed at night."),
    ("Add the eggs to the bowl.", "The eggs are in the bowl."),
    ("Follow the path to the lake.", "This is the path to the lake."),
    ("Do not touch the wire.", "They do not touch the wire."),
    ("Please wait for the guide.", "She waits for the guide."),
    ("The eggs are in the bowl.", "Put the eggs into the bowl."),
    ("They keep the door closed.", "Keep the door closed."),
    ("He takes the early train.", "Take the early train."),
    ("Tell the guard about it.", "The guard knows about it."),
    ("We visit the old harbour.", "Visit the old harbour."),
    ("Avoid the main road at noon.", "The main road is full at noon."),
    ("Remove the lid with care.", "The lid comes off."),
]
CASES = [
    (Drift.NEGATION, SAME_POLARITY, OTHER_POLARITY),
    (Drift.MODALITY, SAME_STRENGTH, OTHER_STRENGTH),
    (Drift.IMPERATIVE, SAME_MOOD, OTHER_MOOD),
]


def kinds(source, target):
    return {finding.kind for finding in find_drift(source, target)}


@pytest.mark.parametrize(
    ("kind", "source", "target"), [(k, *pair) for k, same, _ in CASES for pair in same]
)
def test_rewording_is_no_drift(kind, source, target):
    assert kind not in kinds(source, target)
    assert kind not in kinds(target, source)


@pytest.mark.parametrize(
    ("kind", "source", "target"), [(k, *pair) for k, _, other in CASES for pair in other]
)
def test_a_change_is_drift_both_ways(kind, source, target):
    assert kind in kinds(source, target)
    assert kind in kinds(target, source)
