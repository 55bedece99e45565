"""Where sentences begin and end in ordinary English text."""

import pytest

from paraphraser_tui.text.segment import pieces

RUNNING_TEXT = [
    ["Dr. Smith arrived late.", "He apologised."],
    ["Mr. and Mrs. Jones live at No. 10.", "They are old."],
    ["She moved to the U.S. in 1990.", "It was cold."],
    ["The U.S. Senate voted on it.", "It passed."],
    ["She lives in Washington, D.C.", "He does not."],
    ["Bring fruit, e.g. apples and pears.", "Wash them."],
    ["Use a tool, i.e. a hammer.", "Be careful."],
    ["See Fig. 3 for details.", "It is clear."],
    ["Prof. Lee et al. found it.", "See pp. 3-5 for more."],
    ["It cost $3.50 in 2019.", "Prices rose."],
    ["Version 2.5.1 is out.", "Get it at example.com today."],
    ["Visit https://example.com/a.b?c=d.", "It works."],
    ["The meeting starts at 5 p.m.", "Please come."],
    ["We met at 5 p.m. on Monday.", "It rained."],
    ["Smith vs. Jones was heard on Jan. 5.", "It was long."],
    ["The worm W32/Sobig.C-mm spread fast.", "It was new."],
    ["St. Mary's is old.", "Mt. Everest is high."],
    ["The firm, Acme Inc., closed.", "Staff left."],
    ["J. K. Rowling wrote it.", "It sold well."],
    ["A. Smith left early.", "B. Jones stayed."],
    ["“Come in,” he said.", "“Sit down.”"],
    ['"Are you sure?" she asked.', "He nodded."],
    ["He said, “I am tired.”", "Then he left."],
    ["Well... I do not know.", "Perhaps."],
    ["Wait!", "Who is there?", "Nobody answered."],
    ["What?!", "No way.", "Yes!!"],
]

LAYOUT = {
    "list": ("- It is here.\n- It is there.\n", ["It is here.", "It is there."]),
    "numbered": ("1. Open the box.\n2) Take it out.\n", ["Open the box.", "Take it out."]),
    "lettered": ("a) Open the box.\n(b) Take it out.\n", ["Open the box.", "Take it out."]),
    "heading": ("# A heading\nIt begins. It ends.\n", ["A heading", "It begins.", "It ends."]),
    "quotation": ("> It is quoted. So is this.\n", ["It is quoted.", "So is this."]),
    "address": ("John Smith\n12 Green Street\n", ["John Smith", "12 Green Street"]),
    "letter": ("Dear Anna,\nThank you for it.\n", ["Dear Anna,", "Thank you for it."]),
    "cr lf": ("It begins.\r\n\r\nIt ends.\r\n", ["It begins.", "It ends."]),
}  # fmt: skip

WRAPPED = (
    "The council approved the plan after a long debate\n"
    "that lasted well into the night, although three\n"
    "members voted against it. The mayor was pleased\n"
    "with the result.\n"
)


def prose(text):
    return [piece.text for piece in pieces(text) if piece.prose]


@pytest.mark.parametrize("sentences", RUNNING_TEXT, ids=lambda s: s[0])
def test_running_text(sentences):
    assert prose(" ".join(sentences) + "\n") == sentences


@pytest.mark.parametrize("name", LAYOUT)
def test_layout(name):
    text, sentences = LAYOUT[name]
    assert prose(text) == sentences


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_wrapped_paragraph_is_one_text(end):
    text = WRAPPED.replace("\n", end)
    first, second = prose(text)
    assert first.startswith("The council") and first.endswith("voted against it.")
    assert second == f"The mayor was pleased{end}with the result."


def test_short_lines_are_not_a_wrapped_paragraph():
    assert len(prose("Roses are red,\nviolets are blue,\nsugar is sweet.\n")) == 3


def test_a_list_of_wrapped_items_stays_a_list():
    text = (
        "- The first item goes on for so long that it needs\n"
        "  a second line to end on.\n"
        "- The second one is short.\n"
    )
    assert prose(text)[-1] == "The second one is short."
    assert len(prose(text)) == 2
