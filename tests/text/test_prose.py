"""Telling English sentences from what only looks like text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paraphraser_tui.text.prose import NotProse, not_prose
from paraphraser_tui.text.verbs import has_signs

PROSE = [
    # Short ones, dialogue, questions, commands.
    "He left early.", "It is raining.", "That sounds right to me.", "Birds sing at dawn.",
    "“I don’t think so,” she said.", '"Where are you going?" asked Tom.', "JOHN: I don't know.",
    "Who wrote this book?", "Is Paul in Berlin?", "What a wonderful day!", "Not at all!",
    "A cold and silent night.", "Shut the door!", "Please call me back tomorrow.",
    "No problem at all.", "Thank you for your help.", "Hi, how are you?", "Hello, my name is Ann.",
    "Hi I need some help", "Thanks for sending the files so quickly.",
    "Good morning was all he said.",
    # Recipes and instructions.
    "Bake for 20 minutes.", "Bake for 20 minutes at 180 °C", "Add 2 cups of flour and stir.",
    "Step 1: Preheat the oven to 200 degrees.", "Click Save to keep your changes",
    "Run the tests before you open a pull request.", "Note: this is experimental.",
    "Use `foo_bar()` to set `x == 1` in the config.", "Call foo_bar() to set the value to None.",
    "Set DEBUG=1 if you want more output.", "The /etc/hosts file maps names to addresses.",
    "See https://example.com/docs for more details.", "Make sure git is installed.",
    "The option --verbose prints more, and -q prints nothing.",
    "Select the cells (A1:B3) and press Ctrl+C.", "Return to the main menu and try again.",
    "While it is warm (under 30 degrees), keep the lid closed.", "Import the file and save it.",
    "With {name} you greet the user.", "Update your profile and set a password.",
    # News, with names and numbers.
    "Shares of Microsoft fell 3.2 percent, or $1.10, to $33.25 on Tuesday.",
    "Mr. Smith, 54, joined Acme Inc. in 1999.", "Oscar de la Hoya beat Floyd Mayweather.",
    "Van der Sar saved two penalties for Manchester United.", "Thiago Silva left Rio de Janeiro.",
    "Erdoğan met Željko Čeferin in Zürich.", "The café serves crème brûlée and jalapeño poppers.",
    "NASA and ESA will launch the probe in 2031.", "London, Paris and Rome are crowded in summer.",
    "Police arrested 12, 14 and 19 people on Monday, Tuesday and Friday.",
    "Smith et al. (2003) found no effect.", "The parties met on 3, 4, 5 and 6 May 2011.",
    "Angela Merkel visited Île-de-France.", "El Niño brought heavy rain to Peru.",
    "My fiancée loves déjà vu moments.", "I said bonjour and she laughed.",
    "Many soldiers die in the war.", "His hat fell off.", "La La Land won six awards.",
    "Terri Jones, 39, suffered severe brain damage following a heart attack.",
    "$33.25 was the price on Friday.", "... and then he left.", "Los Angeles traffic worsens.",
    "Name(s) and date(s) will follow.", "if you want to know more:",
    "Works on Linux and Windows.", "Written in Python.", "C++ is fast.", "python is great for this",
    "R&D spending rose & fell.", "import duties rose sharply", "if you see foo() it failed",
    "Investors lowered stocks following disappointing job creation reports.",
    # Contracts, e-mails, chats.
    "the Seller shall deliver the goods within 30 days;",
    'the services set out in Schedule 1 (the "Services") shall be provided by the Supplier;',
    "Notwithstanding Section 4(b), the Tenant may terminate this Agreement.",
    "cant make it tonight sorry", "see you tomorrow at noon", "lol that was so funny",
    "i think he's right tbh", "heading home now", "I will be there at 5",
    "Loved it from start to finish", "The following options are available:",
    "She told me: the house is for sale.", "Is there a doctor?", "The man I saw died",
]  # fmt: skip

NOT_PROSE = {
    NotProse.FRAGMENT: ["No comment", "Really?", "fresh basil leaves", "two ripe tomatoes",
        "Getting started",
        "1.2 Related work",
        "right of appeal;"],
    NotProse.HEADING: ["Introduction to machine learning", "Frequently asked questions",
        "The Lord of the Rings", "How I Met Your Mother", "3.1 Results and discussion",
        "Table of contents", "Terms and Conditions of Sale", "Installation on Windows and macOS",
        "Treaty on the Functioning of the European Union."],
    NotProse.CAPITALS: ["TERMS AND CONDITIONS", "THIS IS NOT A DRILL!", "ALL RIGHTS RESERVED."],
    NotProse.NAMES: ["John Smith, Mary Jones, and Bob Brown",
        "Argentina (4), South Africa (5), Kenya, Tunisia, Russia, Uruguay.",
        "Anna Karlsson, Jörg Müller, Chen Wei"],
    NotProse.LABEL: ["Name: John Smith", "Date of birth: 12 May 1980", "Status: in progress",
        "File > Open > Recent Files", "Opening hours: Monday to Friday",
        "Chapter 3: The dark forest",
        "Subject: Quarterly Report"],
    NotProse.GREETING: ["Dear Sir or Madam,", "Dear Ms. O'Neill,", "Hi John,", "Hello world",
        "Hello everyone!",
        "Good morning all,", "Kind regards,", "With best wishes,", "Yours sincerely,",
        "Many thanks in advance!", "Best regards, Anna", "To whom it may concern:",
        "Sent from my iPhone"],
    NotProse.ADDRESS: ["221B Baker Street, London NW1 6XE", "1600 Pennsylvania Avenue NW",
        "P.O. Box 1234, Springfield", "Phone +44 20 7946 0958", "Springfield, IL 62704, USA"],
    NotProse.REFERENCE: ["Vaswani, A., Shazeer, N., and Parmar, N. (2017).",
        "[12] Knuth, D. E. (1984).", "Journal of Machine Learning Research, 12(3), 45-67, 2003.",
        "Smith, J., & Doe, A. (2003). The nature of things. Nature, 12, 4."],
    NotProse.FIGURES: ["| Name | Age | City |", "1,204 3,400 5,600 units",
        "Introduction ......... 3",
        "12 May 2024", "2019 45 67 Berlin 12 Paris Rome", "12.5 %"],
    NotProse.QUOTATION: ['"The house on the hill was sold yesterday."',
        "“We are very sorry for the long delay", '"You can see that it works".'],
    NotProse.LINK: ["https://example.com/a/b?c=d", "jane.doe@example.com", "See www.example.com"],
    NotProse.CODE: [
        "x = foo(bar)", "for i in range(10):", "def main(argv: list[str]) -> int:",
        "return x + y;", "public static void main(String[] args) {", "if (a == b && c != d) {",
        "$ pip install paraphraser-tui", "pip install foo bar",
        "git clone https://example.com/x.git",
        "sudo apt-get install build-essential", ">>> print(1)", "import numpy as np",
        "from os import path", "SELECT name, age FROM users WHERE id = 3",
        "INSERT INTO users VALUES (1, 'Ann')", '"name": "value",', '{"a": 1, "b": [2, 3]}',
        "Traceback (most recent call last):", 'File "x.py", line 3, in main',
        "at com.foo.Bar.baz(Bar.java:12)", r"\begin{itemize}", r"\frac{a}{b} = \sqrt{2} + c",
        "<div class=\"note\">", "<p>He went home.</p>", "#include <stdio.h> // for printf",
        "const x = await fetch(url);", "let total = items.map(i => i.price)", "color: dark blue;",
        "2024-01-01 12:00:00 INFO Started server", "std::vector<int> v; v.push_back(3);",
        "fn main() -> Result<()> {", "print(f\"{name} is here\")", "echo $HOME && ls -la /tmp",
        "export PATH=$PATH:/opt/bin", "while (node != null) node = node.next;",
    ],
    NotProse.LANGUAGE: [
        "Die Sitzung wurde auf Montag verschoben.", "Ich gehe heute nicht nach Hause.",
        "Das war so in der Stadt am Montag.", "Vielen Dank im Voraus.",
        "Er hat gestern seinen Schlüssel verloren.", "Die Kinder spielen im Garten.",
        "Veuillez fermer la porte.", "Ella no vino.", "Feche a porta, por favor.",
        "Domani andiamo al mare.", "Dzieci bawią się w ogrodzie.",
        "Wo ist der Bahnhof?",
        "La réunion a été reportée à lundi.", "Je ne sais pas où il est.", "C'est la vie.",
        "Nous vous remercions de votre visite.", "La reunión se aplazó hasta el lunes.",
        "¿Dónde está la biblioteca?", "No sé qué decir a mi madre.", "Me gusta mucho el café.",
        "La riunione è stata rinviata a lunedì.", "Non so che cosa dire.",
        "Ci vediamo domani alla stazione.",
        "A reunião foi adiada para segunda-feira.", "Não sei o que dizer.",
        "Ela está em casa hoje.",
        "De vergadering is uitgesteld tot maandag.", "Ik weet niet wat ik moet zeggen.",
        "Het regent vandaag in Amsterdam.",
        "Spotkanie zostało przełożone na poniedziałek.", "Nie wiem, co powiedzieć.",
        "To jest mój dom.",
        "Mötet har skjutits upp till måndag.", "Jeg ved ikke hvad jeg skal sige.",
        "Schůzka byla odložena na pondělí.", "Ședința a fost amânată pentru luni.",
        "Kokous on siirretty maanantaille ja se alkaa kello kymmenen.",
        "Toplantı pazartesi gününe ertelendi.",
        "会议推迟到星期一。",
        "تم تأجيل الاجتماع إلى يوم الاثنين.", "Встреча перенесена на понедельник.",
        "会議は月曜日に延期されました。",
        "Η συνάντηση αναβλήθηκε για τη Δευτέρα.", "הפגישה נדחתה ליום שני.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_prose(text):
    assert not_prose(text) is None


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in NOT_PROSE.items() for text in texts]
)
def test_what_is_no_prose_is_called_by_its_kind(kind, text):
    assert not_prose(text) is kind


def test_every_kind_is_tried():
    assert set(NOT_PROSE) == set(NotProse)


@given(st.one_of(st.text(), st.text(alphabet=st.sampled_from("aA1. ,:;|/$(){}[]\"'é的_-=<>"))))
def test_any_text_has_an_answer_and_blanks_around_it_do_not_matter(text):
    found = not_prose(text)
    assert found is None or isinstance(found, NotProse)
    assert not_prose(f"\n {text}\t") is found


@pytest.mark.parametrize(
    "part", ["a", "A", "(", "a.", "a ", "1 ", ". ", "http://", "Aa, A. ", "€", "`a"]
)
def test_long_texts_take_no_longer_than_short_ones(part):
    start = time.process_time()
    not_prose(part * 100_000)
    assert time.process_time() - start < 0.5


def test_curly_apostrophes_count_as_straight_ones():
    assert not_prose("C’est magnifique vraiment.") is NotProse.LANGUAGE
    assert not_prose("Don’t Panic, It’s Fine.") is None
    assert has_signs(["They’re", "Ready"]) is has_signs(["They're", "Ready"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("He left", True), ("Walked to Rome", True), ("Shares rose", True), ("You've Got Mail", True),
     ("Frequently asked questions", False), ("Advanced settings", False), ("The red bed", False),
     ("A feather", False)],
)  # fmt: skip
def test_signs_of_a_sentence(text, expected):
    assert has_signs(text.split()) is expected
