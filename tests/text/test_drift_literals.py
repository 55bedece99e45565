"""What is kept to the letter: names, addresses, code, quotations, brackets."""

import pytest

from paraphraser_tui.text.drift import Drift, find_drift

SAME_NAMES = [
    ("They left the U.S. Dogs stayed behind.", "They left the U.S. and the dogs stayed behind."),
    ("The U.K. left the union.", "The UK quit the union."),
    ("Talks began in the U.S.", "In the US talks began."),
    ("He works in the United States.", "He works in the US."),
    ("We sold two ATMs in Boston.", "In Boston we sold each ATM."),
    ("NASA's rover landed.", "The rover of NASA landed."),
    ("The old COVID-19 rules are gone.", "Gone are the old COVID-19 rules."),
]
OTHER_NAMES = [
    ("The mountain creek is cold.", "The mountain Creek is cold."),
    ("The rover was built by NASA in Texas.", "The rover was built in Texas."),
    ("The rover was built in Texas.", "The rover was built by NASA in Texas."),
    ("The UK left the union.", "The US left the union."),
    ("The U.K. left the union.", "The country left the union."),
    ("We met Anna's brother in Rome.", "We met her brother in Rome."),
    ("The film was praised by the BBC.", "The film was praised by the ABC."),
]
SAME_LITERALS = [
    ("Read https://example.org/a?b=1 first.", "First read https://example.org/a?b=1."),
    ("Write to info@example.org today.", "Today, write to info@example.org."),
    ("Save it as report.pdf on the disk.", "On the disk, save it as report.pdf."),
    ("Call `run_all()` before you leave.", "Before leaving, call `run_all()`."),
    ("Thanks to @anna for the help.", "For the help, thanks to @anna."),
    ("You can bring tea and/or coffee.", "You can bring coffee and tea."),
    ("They say he/she must sign.", "They say they must sign."),
    ("It was *really* good.", "It was good indeed."),
    ("We rank #1 in the county.", "In the county we are number 1."),
    ("The dog is an F/A-18 fan.", "The dog loves the F/A-18."),
    ("It is very hot.The sea is near.", "It is hot. The sea is near."),
    ("He spent $5 there.", "There he spent $5."),
]
OTHER_LITERALS = [
    ("Read https://example.org/a first.", "Read https://example.org/b first."),
    ("Read https://example.org/a first.", "Read the page first."),
    ("See www.example.org for more.", "See example for more."),
    ("Write to info@example.org today.", "Write to sales@example.org today."),
    ("Save it as report.pdf on the disk.", "Save it as report.txt on the disk."),
    ("Save it as report.pdf on the disk.", "Save the report on the disk."),
    ("Open main.py and config.json now.", "Open main.py now."),
    ("Call run_all before you leave.", "Call run_each before you leave."),
    ("Call `stop` before you leave.", "Call stop before you leave."),
    ("Thanks to @anna for the help.", "Thanks to anna for the help."),
    ("A great day at sea #sailing", "A great day at sea sailing"),
    ("A great day at sea.", "A great day at sea. #sailing"),
    ("The file lies in C:\\Temp\\old here.", "The file lies in Temp here."),
]
SAME_QUOTES = [
    ('"We are late," said the guide.', 'The guide said, "We are late."'),
    ("“We are late,” said the guide.", 'The guide said: "We are late".'),
    ('He called it a "small step" at most.', 'At most it was a "small step", he said.'),
    ("He called it a 'small step' at most.", "At most it was a 'small step', he said."),
    ("The dogs' owners didn't pay.", "The owners of the dogs did not pay."),
    ("Those were the '90s, rock 'n' roll and all.", "The '90s, with rock 'n' roll and all."),
    ("It's the boys' room and the girls' room.", "It is the room of the boys and girls."),
    ('The 5" nail bent.', 'The nail of 5" bent.'),
    ('and then we left," he said.', 'then we went," he said.'),
    ("She didn't say 'it's over' at once.", "At once she did not say 'it's over'."),
    ('He yelled "Stop" and "Wait" at us.', 'At us he yelled "Wait" and "Stop".'),
    ("‘Never again,’ the farmer said.", "The farmer said, ‘Never again.’"),
]
OTHER_QUOTES = [
    ("He called it a small step.", 'He called it "a small step.'),
    ("He called it a 'small step' at most.", 'At most it was a "small step", he said.'),
    ('"It is late," he said.', "'It is late,' he said."),
    ('"We are late," said the guide.', '"We are too late," said the guide.'),
    ('"We are late," said the guide.', "The guide said they were late."),
    ("“We are late,” said the guide.", "“We are tardy,” said the guide."),
    ("‘Never again,’ the farmer said.", "‘Not ever again,’ the farmer said."),
    ("He called it a 'small step' at most.", "He called it a small step at most."),
    ('He called it a "small step" at most.', "He called it a small step at most."),
    ("He called it a small step at most.", 'He called it a "small step" at most.'),
    ('"We are late," said the guide.', '"We are late, said the guide.'),
    ('and then we left," he said.', "then we went, he said."),
    ('He yelled "Stop" and "Wait" at us.', 'He yelled "Stop and wait" at us.'),
    ('The "old" and the "new" town.', 'The "old" and the new town.'),
    ('"It is late," he said.', 'He said, "It is later."'),
]
SAME_BRACKETS = [
    ("The hall (built in 1890) is empty.", "Empty is the hall (built in 1890)."),
    ("The hall (an old mill) is empty.", "The hall, an old mill, is empty."),
    ("The hall is empty.", "The hall lies empty."),
    ("Bring your own cup(s) today.", "Today, bring your own cup."),
    ("1) Fill the tank.", "1) Let the tank be full."),
    ("The list [see below] is long.", "Long is the list [see below]."),
    ("We first (i) clean the pan.", "We clean the pan first."),
    ("The bird (a young owl) flew.", "The bird, an owl, flew."),
    ("A smile :) and a wave.", "A wave and a smile :)"),
    ("The set {a, b} is small.", "Small is the set {a, b}."),
    ("It (the (old) dog) slept.", "It (the (old) dog) was asleep."),
    ("He left (too soon).", "He went (too early)."),
]
OTHER_BRACKETS = [
    ("The hall (an old mill) is empty.", "The hall is empty."),
    ("The hall is empty.", "The hall (an old mill) is empty."),
    ("The hall (an old mill) is empty.", "The hall (an old mill is empty."),
    ("The hall (an old mill) is empty.", "The hall an old mill) is empty."),
    ("The list [see below] is long.", "The list is long."),
    ("The list [see below] is long.", "The list [see below is long."),
    ("The set {small ones} is here.", "The set is here."),
    ("The hall (an old mill) is (nearly) empty.", "The hall is (nearly) empty."),
    ("The hall (an old mill) is empty.", "The hall (an old mill] is empty."),
    ("The drug (taken daily) helps (most) people.", "The drug helps (most) people."),
    ("The river (frozen) was quiet.", "The river was quiet."),
    ("The river was quiet.", "The river was quiet (and cold)."),
]
CASES = [
    (Drift.NAME, SAME_NAMES, OTHER_NAMES),
    (Drift.VERBATIM, SAME_LITERALS, OTHER_LITERALS),
    (Drift.QUOTE, SAME_QUOTES, OTHER_QUOTES),
    (Drift.BRACKET, SAME_BRACKETS, OTHER_BRACKETS),
]


def kinds(source, target):
    return {finding.kind for finding in find_drift(source, target)}


@pytest.mark.parametrize(
    ("kind", "source", "target"), [(k, *pair) for k, same, _ in CASES for pair in same]
)
def test_what_is_kept_is_no_drift(kind, source, target):
    assert kind not in kinds(source, target)


@pytest.mark.parametrize(
    ("kind", "source", "target"), [(k, *pair) for k, _, other in CASES for pair in other]
)
def test_what_is_lost_or_new_is_drift(kind, source, target):
    assert kind in kinds(source, target)
