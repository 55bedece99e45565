"""The list of variants: what it shows, what it posts, and its states without variants."""

import pytest
from widget_host import FORBIDDEN, HOSTILE, hosted, rows, segments, styles_of

from paraphraser_tui.engine.result import Kept, Paraphrase, Result
from paraphraser_tui.text.prose import NotProse
from paraphraser_tui.tui.widgets.variant_list import WAITING, VariantList

SOURCE = "The old dog barked at two cats."
RESULT = Result(
    SOURCE,
    (
        Paraphrase("The old dog growled at two cats.", 0.97, 0.4, 0.8),
        Paraphrase("The dog barked at three cats.", 0.5, 0.05, 0.7, ("a number", "a word")),
        Paraphrase("Two cats heard the old dog.", 1.0, 1.0, 0.6),
    ),
)


def posted(pilot, kind) -> list[int]:
    return [message.index for message in pilot.app.heard if isinstance(message, kind)]


async def test_what_it_shows():
    variants = VariantList()
    async with hosted(variants):
        variants.show(SOURCE, RESULT)
        assert rows(variants)[1:8] == [
            "▌1 The old dog growled at two cats.",
            "▌  meaning ███▉ 0.97  change █▋   0.40",
            " 2 The dog barked at three cats.",
            "   meaning ██   0.50  change ▎    0.05",
            "   ! a number; a word",
            " 3 Two cats heard the old dog.",
            "   meaning ████ 1.00  change ████ 1.00",
        ]


async def test_new_words_are_marked_without_colours_too():
    variants = VariantList()
    async with hosted(variants):
        variants.show(SOURCE, RESULT)
        (new,) = styles_of(variants, "growled")
        (old,) = styles_of(variants, "The old dog ")
        assert new.bold and new.underline and not old.underline


async def test_removed_words_are_shown_on_demand():
    variants = VariantList()
    async with hosted(variants):
        variants.show(SOURCE, RESULT)
        assert "barked" not in rows(variants)[1]
        variants.show_removed = True
        assert rows(variants)[1] == "▌1 The old dog barked growled at two cats."
        assert styles_of(variants, "barked")[0].strike
        variants.show_removed = False
        assert "barked" not in rows(variants)[1]


async def test_long_variants_are_wrapped_beside_their_number():
    variants = VariantList()
    async with hosted(variants, size=(22, 20)):
        variants.show(SOURCE, RESULT)
        assert rows(variants)[1:3] == ["▌1 The old dog growled", "▌  at two cats."]


@pytest.mark.parametrize("theme", ["textual-dark", "ansi-dark"])
async def test_keys_move_the_bar_and_tell(theme):
    variants = VariantList()
    async with hosted(variants, theme=theme) as pilot:
        variants.focus()
        variants.show(SOURCE, RESULT)
        await pilot.press("j", "down", "k", "up", "down")
        assert posted(pilot, VariantList.Highlighted) == [0, 1, 2, 1, 0, 1]
        assert [row[:2] for row in rows(variants)[1:8]] == [
            *(" 1", "  "),
            *("▌2", "▌ ", "▌ "),
            *(" 3", "  "),
        ]
        assert variants.variant == RESULT.variants[1]


async def test_enter_numbers_and_clicks_choose():
    variants = VariantList()
    async with hosted(variants) as pilot:
        variants.focus()
        variants.show(SOURCE, RESULT)
        await pilot.press("down", "enter", "3", "4")
        await pilot.click(variants, offset=(6, 1))
        await pilot.pause()
        assert posted(pilot, VariantList.Chosen) == [1, 2, 0]  # there is no fourth


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (Result(SOURCE, kept=Kept.TOO_LONG), " = Stays as it is: longer than the model reads"),
        (Result(SOURCE, kept=NotProse.GREETING), " = Stays as it is: a greeting or closing"),
        (
            Result(SOURCE, kept=Kept.REJECTED, refused={"numbers": 2}),
            " = Stays as it is: no candidate passed the checks (numbers 2)",
        ),
        (Result(SOURCE), " = Stays as it is: no variant was found"),
    ],
)
async def test_a_kept_sentence_says_why(result, told):
    variants = VariantList()
    async with hosted(variants):
        variants.show(SOURCE, RESULT)
        variants.show(SOURCE, result)
        assert [row for row in rows(variants)[1:] if row] == [told]


async def test_waiting_and_failing():
    variants = VariantList()
    async with hosted(variants) as pilot:
        variants.focus()
        variants.show(SOURCE, RESULT)
        variants.wait()
        assert [row for row in rows(variants)[1:] if row] == [f" {WAITING}"]
        variants.fail("the model is gone")
        assert [row for row in rows(variants)[1:] if row] == [" ! the model is gone"]
        await pilot.press("enter", "1", "down")
        assert posted(pilot, VariantList.Chosen) == []
        assert variants.variant is None
        variants.clear()
        assert not any(rows(variants)[1:])
        variants.show(SOURCE, RESULT)
        assert variants.variant == RESULT.variants[0]


@pytest.mark.parametrize("count", [1, 3])
async def test_other_variants_than_before(count):
    variants = VariantList()
    async with hosted(variants) as pilot:
        variants.focus()
        for key in ("end", "down", "home"):
            variants.show(SOURCE, RESULT)
            await pilot.press(key)
            variants.show(SOURCE, Result(SOURCE, RESULT.variants[-count:]))
            await pilot.pause()
            assert variants.highlighted == 0
            assert [row[0] for row in rows(variants)[1:] if row[:1] == "▌"] == ["▌"] * 2


async def test_numbers_of_two_digits_stand_in_line():
    variants = VariantList()
    async with hosted(variants):
        variants.show(SOURCE, Result(SOURCE, RESULT.variants[:1] * 10))
        assert rows(variants)[1].startswith("▌ 1 The")
        assert rows(variants)[19].startswith(" 10 The")


async def test_nothing_hostile_reaches_the_terminal():
    variants = VariantList()
    async with hosted(variants):
        nasty = Paraphrase(f"It is {HOSTILE}\n.", 0.9, 0.1, 0.9, (HOSTILE,))
        for show in (
            lambda: variants.show(HOSTILE, Result(HOSTILE, (nasty,))),
            lambda: variants.fail(HOSTILE),
        ):
            show()
            text = "".join(s.text for row in segments(variants) for s in row)
            assert not FORBIDDEN & set(text)
            assert "[@click=app.quit]" in text
            assert not any(
                s.style and "@click" in s.style.meta for r in segments(variants) for s in r
            )


async def test_words_that_are_only_left_out_are_shown():
    variants = VariantList()
    async with hosted(variants):
        shorter = Paraphrase("The dog barked at two cats.", 0.9, 0.1, 0.5)
        variants.show("The old dog barked at two cats.", Result("", (shorter,)))
        assert "The old dog barked" in rows(variants)[1]
