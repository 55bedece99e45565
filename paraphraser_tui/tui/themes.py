"""The colours: light, dark, high contrast, and those of the terminal itself."""

from contextlib import suppress
from pathlib import Path

from textual.app import App
from textual.theme import BUILTIN_THEMES, Theme

from .. import paths

FILE_NAME = "theme"
MAX_CHARACTERS = 100  # more than a name has

PAPER = Theme(
    name="paper",
    dark=False,
    primary="#2f5d8a",
    secondary="#6b5b95",
    accent="#8a4b08",
    warning="#8a5a00",
    error="#a8232d",
    success="#2b6e3f",
    foreground="#2a2723",
    background="#f7f3ea",
    surface="#fffdf7",
    panel="#ebe5d6",
    variables={
        "text-muted": "auto 72%",
        "block-cursor-foreground": "#ffffff",
        "button-color-foreground": "#ffffff",
        "footer-key-foreground": "#8a4b08",
    },
)

NIGHT = Theme(
    name="night",
    dark=True,
    primary="#6ca6d9",
    secondary="#a893d6",
    accent="#e0a458",
    warning="#e3b04b",
    error="#ec7077",
    success="#83bf8b",
    foreground="#dedbd4",
    background="#16181d",
    surface="#1e2128",
    panel="#2a2e37",
    variables={
        "text-muted": "auto 68%",
        "block-cursor-foreground": "#11141a",
        "button-color-foreground": "#11141a",
        "footer-key-foreground": "#e0a458",
    },
)

# Text has at least 7 to 1 against what it stands on (level AAA of WCAG).
CONTRAST = Theme(
    name="contrast",
    dark=True,
    primary="#7cc4ff",
    secondary="#d3b3ff",
    accent="#ffd84d",
    warning="#ffd84d",
    error="#ffa3a3",
    success="#8ff0a4",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    luminosity_spread=0.05,  # shades stay near to their colours
    variables={
        "surface-lighten-1": "#909090",  # edges of buttons
        "surface-darken-1": "#909090",
        "text": "auto 100%",
        "text-muted": "auto 85%",
        "text-disabled": "auto 85%",
        "foreground-muted": "#d9d9d9",
        "foreground-disabled": "#d9d9d9",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-background": "#333333",
        "button-color-foreground": "#000000",
        "border-blurred": "#b0b0b0",
        "input-selection-background": "#7cc4ff",
        "input-selection-foreground": "#000000",
        "scrollbar": "#b0b0b0",
        "scrollbar-background": "#1a1a1a",
        "footer-key-foreground": "#ffd84d",
    },
)

# The sixteen colours that a terminal names, as its owner has set them.
ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "surface-active": "ansi_default",
        "foreground-disabled": "ansi_default 50%",
        "border": "ansi_blue",
        "border-blurred": "ansi_bright_black",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "block-cursor-text-style": "none",  # some terminals draw bold black in grey
        "block-cursor-blurred-text-style": "underline",
        "input-selection-foreground": "ansi_black",
        "footer-key-foreground": "ansi_magenta",
    },
)

THEMES = {theme.name: theme for theme in (NIGHT, PAPER, CONTRAST, ANSI)}
DEFAULT = NIGHT.name


def register(app: App) -> None:
    """Make these themes known to an app, beside those that Textual brings."""
    for theme in THEMES.values():
        app.register_theme(theme)


def remembered() -> str:
    """The name of the theme that was used last; the default if there is none, or none we know."""
    name = ""
    with suppress(OSError), _file().open(encoding="utf-8", errors="replace") as stream:
        name = stream.read(MAX_CHARACTERS).strip()
    return name if name in THEMES or name in BUILTIN_THEMES else DEFAULT


def remember(name: str) -> None:
    """Begin with this theme next time; where that cannot be written, it is forgotten."""
    with suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _file().write_text(f"{name}\n", encoding="utf-8")


def _file() -> Path:
    return paths.state_dir() / FILE_NAME
