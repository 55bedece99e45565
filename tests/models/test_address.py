"""How a model of the Hub is written."""

import pytest

from paraphraser_tui.errors import OptionError
from paraphraser_tui.models.address import HubModel, is_address, read_address


@pytest.mark.parametrize(
    ("source", "model"),
    [
        ("hub:google/flan-t5-small", HubModel("google", "flan-t5-small")),
        ("hub:me_/x.y@main", HubModel("me_", "x.y", "main")),
        ("hub:a/b@refs/pr/1", HubModel("a", "b", "refs/pr/1")),
    ],
)
def test_what_can_be_asked_for(source, model):
    assert is_address(source) and read_address(source) == model
    assert str(model) == source


@pytest.mark.parametrize(
    "source",
    [
        "hub:", "hub:t5-small", "hub:a/b/c", "hub:/b", "hub:a/", "hub:a/b@", "hub:a/b@-x",
        "hub:../b", "hub:a/..", "hub:a/b--c", "hub:a/b..c", "hub:-a/b", "hub:a b/c", "hub:a/b\n",
        "hub:a/é", "hub:https://huggingface.co/a/b", f"hub:a/{'b' * 97}", f"hub:a/b@{'c' * 201}",
    ],
)  # fmt: skip
def test_what_cannot(source):
    assert is_address(source)
    with pytest.raises(OptionError, match="hub:OWNER/NAME@REVISION"):
        read_address(source)


@pytest.mark.parametrize("source", ["a/b", "Hub:a/b", "./hub:a/b", "house", "", " hub:a/b"])
def test_what_is_no_model_of_the_hub(source):
    assert not is_address(source)
