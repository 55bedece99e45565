"""A document, a file name and markup that mean harm are shown, never obeyed."""

import re

import pytest

TITLE, CLIPBOARD = "TITLE-OF-THE-DOCUMENT", "Y2xpcGJvYXJk"
ATTACKS = {
    "clipboard": f"\x1b]52;c;{CLIPBOARD}\x07",
    "title": f"\x1b]0;{TITLE}\x1b\\",
    "icon": f"\x1b]2;{TITLE}\x07",
    "C1 title": f"\x9d0;{TITLE}\x9c",
    "link": "\x1b]8;;https://example.com/trap\x1b\\",
    "cursor": "\x1b[2J\x1b[7;7H\x9b3A",
    "report": "\x1b[6n\x1bP$qm\x1b\\",
    "reset": "\x1bc",
    "backwards": "\u202eevil\u202c\u2066\u2069\u200f",
    "delete": "\x08\x08\x7f\x0e",
}
MARKUP = "[bold]loud[/bold] [@click=app.quit]press[/] [/nonsense] [$primary]"
SENTENCES = [f"The {name} {attack} house was big and old." for name, attack in ATTACKS.items()]
DOCUMENT = f"We found {MARKUP} in the house.\n\n" + "\n\n".join(SENTENCES) + "\n"
NAME = f"a\x1b]0;{TITLE}\x07[bold]b[@click=app.quit]\u202ec.txt"
SHOWN_NAME = "DOCUMENT␇[bold]b[@click=app.quit]�c.txt"
POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")  # the shape of the mouse's pointer: Textual's own
TABOO = re.compile(
    rb"\x1b\]|\x1bP|\x1bc|\x1b\[2J|\x1b\[7;7H|\x1b\[6n|[\x00-\x07\x0b\x0c\x0e-\x1a\x7f]"
    rb"|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
)
STRAY_C1 = re.compile(rb"(?<![\xc2-\xf4\x80-\xbf])[\x80-\xbf]")  # a byte that is part of nothing
READY = "change"
DIALOGS = {  # by the key that opens it: its heading, and what is pressed in it
    "s": ("─ Sentences ─", "down"),
    "/": ("─ Find ─", "down"),
    "c": ("─ Before and after ─", "down"),
    "e": ("─ Edit the sentence ─", "right"),
    "w": ("─ Word by word ─", "enter"),
    "f": ("─ Frozen terms ─", "tab"),
    "i": ("─ Statistics ─", "tab"),
    "f1": ("─ Keys ─", "down"),
    "f2": ("─ Settings ─", "down"),
    "ctrl+p": ("Search for commands", "down"),
    "f12": ("─ Save as ─", "tab"),
    "ctrl+e": ("─ Export ─", "down"),
    "ctrl+o": ("─ Leave? ─", "tab"),
    "ctrl+q": ("─ Leave? ─", "tab"),
    "ctrl+s": ("─ The file has changed ─", "tab"),
}


def harm(written: bytes) -> list[bytes]:
    """What a terminal would obey, or show the wrong way round, with what stands around it."""
    written = POINTER.sub(b"", written)
    found = [*TABOO.finditer(written), *STRAY_C1.finditer(written)]
    return [written[max(m.start() - 20, 0) : m.end() + 20] for m in found]


@pytest.fixture
def hostile(tmp_path):
    """The file, its name as bad as what it says."""
    path = tmp_path / NAME
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def test_the_check_would_notice():
    assert all(harm(attack.encode()) for attack in ATTACKS.values())
    assert harm(b"\x9b3A") and not harm("\x1b[1mnaïve … ▌\x1b[0m\r\n".encode())


def test_nothing_of_the_document_is_obeyed(start, hostile):
    ui = start(hostile)
    ui.wait_for(READY)
    ui.settle()
    assert SHOWN_NAME in ui.text().splitlines()[0]
    assert "[bold]loud[/bold] [@click=app.quit]press[/]" in ui.text()
    ui.press("enter")
    ui.wait_for("1 done")
    hostile.write_text(DOCUMENT + "More.\n", encoding="utf-8")  # which saving asks about
    for key, (heading, then) in DIALOGS.items():
        ui.press(key)
        ui.wait_for(heading)
        ui.press(then, "escape")
        ui.wait_until(lambda heading=heading: heading not in ui.text(), "the dialog closed")
    ui.press("u")
    ui.press(*"n" * len(SENTENCES))
    ui.settle()
    assert harm(ui.written) == []
    ui.press("ctrl+q")
    assert ui.ended() == 0
    assert harm(ui.written) == []
    assert TITLE not in ui.screen.title + ui.screen.icon_name


def test_what_is_saved_is_as_it_was(start, hostile):
    ui = start(hostile)
    ui.wait_for(READY)
    ui.press("enter")
    ui.wait_for("1 done")
    ui.press("ctrl+s")
    ui.wait_for("Saved:")
    ui.press("ctrl+q")
    assert ui.ended() == 0
    saved = hostile.read_text(encoding="utf-8")
    assert saved.partition("\n\n")[2] == DOCUMENT.partition("\n\n")[2]
    assert MARKUP in saved and saved != DOCUMENT


def test_a_hostile_review_that_was_cut_off_is_offered_harmlessly(start, hostile, tmp_path):
    ui = start(hostile)
    ui.wait_for(READY)
    ui.press("enter")
    ui.wait_for("1 done")
    ui.kill()
    ui = start()
    ui.wait_for(SHOWN_NAME)
    ui.settle()
    assert harm(ui.written) == []
