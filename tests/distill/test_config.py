"""Settings are read strictly; every mistake is one line that says where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest

from distill.config import from_table, read_toml
from paraphraser_tui.errors import InputError, OptionError


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Inner:
    size: int
    share: float = 0.5

    def __post_init__(self):
        if self.size < 0:
            raise OptionError("size must not be negative")


@dataclass(frozen=True)
class Outer:
    inner: Inner
    path: Path | None = None
    names: tuple[str, ...] = ()
    pair: tuple[float, float] = (0.0, 1.0)
    colour: Colour = Colour.RED
    mode: Literal["fast", "slow"] = "fast"
    weights: dict[str, float] = field(default_factory=dict)
    many: tuple[Inner, ...] = ()
    free: Mapping[str, Any] | None = None


def test_every_kind_of_field():
    table = {
        "inner": {"size": 1, "share": 1},
        "path": "a/b",
        "names": ["x"],
        "pair": [1, 2.5],
        "colour": "blue",
        "mode": "slow",
        "weights": {"w": 2},
        "many": [{"size": 2}],
        "free": {"any": ["thing"]},
    }
    made = from_table(Outer, table)
    assert made == Outer(
        Inner(1, 1.0), Path("a/b"), ("x",), (1.0, 2.5), Colour.BLUE, "slow", {"w": 2.0},
        (Inner(2),), {"any": ["thing"]},
    )  # fmt: skip
    assert isinstance(made.inner.share, float)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "inner: missing"),
        ({"inner": {}}, "inner.size: missing"),
        ({"inner": {"sise": 1}}, "inner.sise: unknown key; did you mean 'size'?"),
        ({"inner": {"size": True}}, "inner.size: must be of type int, not True"),
        ({"inner": {"size": "1"}}, "inner.size: must be of type int, not '1'"),
        ({"inner": {"size": -1}}, "inner: size must not be negative"),
        ({"inner": 3}, "inner: must be a table"),
        ({"inner": {"size": 1}, "names": "x"}, "names: must be a list"),
        ({"inner": {"size": 1}, "names": ["x", 2]}, r"names\[1\]: must be of type str"),
        ({"inner": {"size": 1}, "pair": [1]}, "pair: must have 2 items"),
        ({"inner": {"size": 1}, "colour": "blu"}, "colour: 'blu' is not one of red, blue; did"),
        ({"inner": {"size": 1}, "mode": 1}, "mode: 1 is not one of fast, slow"),
        ({"inner": {"size": 1}, "many": [{"size": 1}, {}]}, r"many\[1\].size: missing"),
        ({"inner": {"size": 1}, "weights": {"w": "a"}}, "weights.w: must be of type float"),
        ({"inner": {"size": 1}, "path": 4}, "path: must be of type Path"),
    ],
)
def test_mistakes_say_where(table, message):
    with pytest.raises(OptionError, match=message) as caught:
        from_table(Outer, table)
    assert "\n" not in str(caught.value)


def test_files(tmp_path):
    (tmp_path / "good.toml").write_text("[inner]\nsize = 3\n")
    assert from_table(Outer, read_toml(tmp_path / "good.toml")).inner == Inner(3)
    (tmp_path / "bad.toml").write_text("[inner\n")
    for name in ("bad.toml", "none.toml"):
        with pytest.raises(InputError, match=name):
            read_toml(tmp_path / name)
