"""What must not come in: sentences and repetition."""

import pytest

from paraphraser_tui.text.drift import Drift, find_drift

LONG = (
    "The old mill by the river was sold to a young couple from the city last spring, and they"
    " turned it into a small hotel with a garden."
)
SAME_SENTENCES = [
    (LONG, "A young couple from the city bought the old mill by the river last spring. They"
           " turned it into a small hotel with a garden."),
    ("It rained; we left.", "It rained. We left."),
    ("It rained. We left.", "We left as it rained."),
    ("Dr. Brown met Mr. Gray at 5 p.m. in St. Albans.", "Mr. Gray met Dr. Brown there, in St."
     " Albans."),
    ("J. K. Lee, e.g. in 1990, wrote it.", "It was J. K. Lee who wrote it, e.g. in 1990."),
    ("He waited... and then he left.", "He waited, then left..."),
    ("Stop! The road is closed.", "Stop! They closed the road."),
    ("The shop in the U.S. closed.", "In the U.S. the shop closed."),
    ("It costs 3.50 now.", "Now it costs 3.50."),
    ("He said it was late. Then he left.", "He left. He had said that it was late."),
    ("The sea was calm - nobody swam.", "The sea was calm. Nobody swam."),
    ("Doctor Brown met them at noon.", "At noon Dr. Brown met them."),
    ("The team from the States won.", "The U.S. Team won."),
    ("See fig. 3 and no. 5 for more.", "For more see fig. 3 and no. 5."),
]  # fmt: skip
MORE_SENTENCES = [
    ("The dog slept.", "The dog slept. It was tired."),
    ("It rained; we left.", "It rained. We left. The roads were empty and cold."),
    ("We booked the hall.", "Great news! We booked the hall."),
    ("The sea was calm.", "The sea was calm. Nobody swam."),
    (LONG, LONG + " Guests love it."),
    (LONG, LONG.replace(", and they", ". They") + " Guests love it."),
    ("The dog slept in the sun.", "The dog slept. In the sun."),
    ("Why is it late?", "Why? It is late?"),
    ("He said it was late. Then he left.", "He said so. It was late. Then he left."),
    ("They sold the car.", 'They sold the car. "Good," he said.'),
    ("She knows the way.", "She knows the way! Follow her."),
    ("It rained.", "It rained… We left."),
]
CALM = [
    ("It is worth $2m to $3m.", "It is worth $2 million to $3 million."),
    ("They went up and up the hill.", "Up and up the hill they went."),
    ("The dog saw the other dog.", "The other dog saw the dog."),
    ("It is as good as it is old.", "It is as old as it is good."),
    ("He and I sing, and we dance.", "We dance and sing, he and I."),
    ("That that is odd is clear.", "It is clear that that is odd."),
    ("The more you read, the more you know.", "The more you read the more you learn."),
    ("I saw it.", "It was seen by me."),
    ("Day after day she came.", "She came day after day."),
    ("On the one hand it is cold.", "It is cold on the one hand."),
    ("Row, row, row the boat.", "Row, row, row the small boat."),
    ("In the end we lost.", "We lost in the end."),
    ("He came to see the sea.", "To see the sea he came."),
]
STUCK = [
    ("The dog ran home.", "The dog ran home, the dog did."),
    ("The cat sat down.", "The the cat sat down."),
    ("In the end we lost.", "In the in the end we lost."),
    ("We lost in the end.", "We lost in the end, as it was, as it was."),
    ("He came to us.", "He came to us to us."),
    ("She is of the people.", "She is of the of the people."),
    ("He said he was here for us.", "He said he was here for us and he was here for us."),
    ("A good plan needs time.", "A good plan needs a good time."),
    ("They left at once.", "They left at once and left."),
    ("It was what it was.", "It was what it was and it was what it was."),
    ("I know it.", "I know it and I know."),
    ("The town is old.", "The town is old, old town."),
]
CASES = [
    (Drift.SENTENCE, SAME_SENTENCES, MORE_SENTENCES),
    (Drift.REPETITION, CALM, STUCK),
]


def kinds(source, target):
    return {finding.kind for finding in find_drift(source, target)}


@pytest.mark.parametrize(
    ("kind", "source", "target"), [(k, *pair) for k, same, _ in CASES for pair in same]
)
def test_nothing_came_in(kind, source, target):
    assert kind not in kinds(source, target)


@pytest.mark.parametrize(
    ("kind", "source", "target"), [(k, *pair) for k, _, more in CASES for pair in more]
)
def test_what_came_in_is_found(kind, source, target):
    assert kind in kinds(source, target)


@pytest.mark.parametrize(
    ("source", "target", "added"),
    [
        ("He was ill and she left.", "He was ill, but she left.", True),
        ("He was ill; she left.", "But he was ill; she left.", True),
        ("Although he was ill, she left.", "He was ill, but she left.", False),
        ("He was ill, yet she stayed.", "He was ill, but she stayed.", False),
        ("He could only wait.", "He had no choice but to wait.", False),
        ("He didn't come.", "He said yes but did not come.", False),
        ("He put butter on it.", "He used butter.", False),
    ],
)
def test_a_contrast_is_not_added(source, target, added):
    found = [str(f) for f in find_drift(source, target)]
    assert ("connective but is new" in found) == added
