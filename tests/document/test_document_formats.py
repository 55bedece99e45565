"""What is read of small documents, and how they look with another sentence in place."""

import pytest
from format_samples import SAMPLES

from paraphraser_tui.document.formats import Format, by_name, parse


def sources(text, kind):
    return [segment.source for segment in parse(text, kind).segments]


@pytest.mark.parametrize(
    "name, kind",
    [
        ("a.txt", Format.PLAIN), ("README", Format.PLAIN), ("-", Format.PLAIN),
        ("dir.md/a", Format.PLAIN), ("a.md", Format.MARKDOWN), ("A.Markdown", Format.MARKDOWN),
        ("a.htm", Format.HTML), ("a.b.html", Format.HTML), ("a.tex", Format.LATEX),
        ("film.en.srt", Format.SRT), ("film.vtt", Format.VTT),
    ],
)  # fmt: skip
def test_the_name_tells_the_format(name, kind):
    assert by_name(name) is kind


CUE = "1\n00:00:01,000 --> 00:00:02,000\n"

EXPECTED = {
    Format.PLAIN: [
        "Meeting notes",
        "The budget was approved on Monday.",
        "Everyone was there, and the discussion took longer than we had planned, because nobody"
        " had read the report before the meeting began.",
        "Send the minutes.",
        "Done by Friday.",
        "Call the supplier.",
    ],
    Format.MARKDOWN: [
        "Some plain words with `code. Here` in bold text and a link to here that go on.",
        "Second sentence with $x_1 = 3$ math & more cafés in 2 * 3 rows.",
        "All of this is bold.",
        "A quotation goes on and on until the end.",
        "A second sentence is here.",
        "The first task is to do.",
        "The second item continues in lower case.",
        "This is a sentence.",
        "And `x` another one.",
        "The footnote is here.",
        "See <https://x.y/z> for more.",
        "The last line is here.",
        "See ref and foo again.",
    ],
    Format.HTML: [
        "Some plain words & cafés with `a < b` in a link that wraps.",
        "Second “one” at AT&T is here.",
        "Line two.",
        "The third one.",
        "One item is here",
    ],
    Format.LATEX: [
        "This is the first sentence of Erdős and cafés\u00a0\\cite{foo} here.",
        "It goes on with $x_1 = 3$ and 50% of “quotes” in Figure\u00a0\\ref{fig:a} and so on over"
        " two lines.",
        "The first item is here.",
        "Second item nested here and a link too.",
        "It’s all.",
    ],
    Format.SRT: [
        "We never thought that it would come to this.",
        "Did you see her?",
        "No, and I never will.",
        "The long road went on and on, and nobody knew where it would end.",
    ],
    Format.VTT: ["We & they saw the film again."],
}


@pytest.mark.parametrize("kind", list(SAMPLES), ids=str)
def test_the_sentences_of_a_document(kind):
    assert sources(SAMPLES[kind], kind) == EXPECTED[kind]


@pytest.mark.parametrize("kind", list(SAMPLES), ids=str)
def test_what_is_written_is_read_again(kind):
    document = parse(SAMPLES[kind], kind)
    new = [
        s.source.replace(" is ", " seems ").replace(" and ", " & ").replace("saw", "watched")
        for s in document.segments
    ]
    again = parse(document.write(dict(enumerate(new))), kind)
    assert [segment.source for segment in again.segments] == new
    assert new != [segment.source for segment in document.segments]


@pytest.mark.parametrize(
    "kind, text, paraphrase, written",
    [
        (Format.PLAIN, "- It was cold. We left.\n", "Cold it was.", "- Cold it was. We left.\n"),
        # Markup goes where its words went.
        (
            Format.MARKDOWN,
            "We saw *nobody* in [the old house](u \"t\").\n",
            "In the old house we saw nobody.",
            "In [the old house](u \"t\") we saw *nobody*.\n",
        ),
        (Format.MARKDOWN, "It is *very* cold.\n", "It is freezing.", None),
        (Format.MARKDOWN, "It is *very* cold.\n", "It is very, very cold.", None),
        (Format.MARKDOWN, "***It** is* cold.\n", "Cold is what It is.",
         "Cold is what ***It** is*.\n"),
        (Format.MARKDOWN, "**It is cold**.\n", "The air is icy.", "**The air is icy**.\n"),
        (Format.MARKDOWN, "**It is cold.**\n", "The air is icy.", "**The air is icy.**\n"),
        (Format.MARKDOWN, "Call `f(x)` now.\n", "Now call `f(x)`.", "Now call `f(x)`.\n"),
        (Format.MARKDOWN, "Call `f(x)` now.\n", "Now call it.", None),
        (Format.MARKDOWN, "Call `f(x)` now.\n", "Call `f(x)` and `f(x)`.", None),
        (Format.MARKDOWN, "One fact[^1] is old.\n", "Old is one fact.", "Old is one fact[^1].\n"),
        (Format.MARKDOWN, "The fact is old[^1].\n", "It is true.", "It is true[^1].\n"),
        (Format.MARKDOWN, "The fact is old.[^1]\n", "It is true.", "It is true.[^1]\n"),
        # New words are words, and no markup.
        (Format.MARKDOWN, "It is cold here.\n", "It is *cold*.", "It is \\*cold\\*.\n"),
        (Format.MARKDOWN, "It is cold here.\n", "1. It is cold.", None),
        (Format.MARKDOWN, "It is cold here.\n", "# Cold it is.", None),
        (Format.MARKDOWN, "It is cold here.\n", "  ", None),
        (Format.MARKDOWN, "|a|\n|-|\n|It is cold.|\n", "It | was.", None),
        (Format.MARKDOWN, "We lost 5\\. It hurts.\n", "5 we lost.", "5 we lost\\. It hurts.\n"),
        (Format.MARKDOWN, "The so\\-called 5\\!\n", "The 5, so-called.", "The 5, so\\-called.\n"),
        # Markup that would be read otherwise in its new place.
        (Format.MARKDOWN, "He said *“so”* now.\n", "Now“so”he said.", None),
        (Format.MARKDOWN, "Old *red house* and *house wine* here.\n", "Old red house wine.", None),
        (Format.MARKDOWN, "The *x* is `a x b` here.\n", "Here is `a x b`.", None),
        (Format.HTML, "<p>The <b>x</b> is <code>a x b</code> here.", "Here is `a x b`.", None),
        (Format.HTML, "<p>The caf&eacute; is big.", "It is <é>.", "<p>It is &lt;&eacute;&gt;."),
        # No break inside what is verbatim.
        (Format.MARKDOWN, "It is\n`a b c d e f` so.\n", "`a b c d e f` it is.",
         "`a b c d e f`\nit is.\n"),
        # A line for a line.
        (
            Format.MARKDOWN,
            "> - It was so cold\r\n>   that nobody came.\r\n",
            "Nobody came, for it was cold.",
            "> - Nobody came,\r\n>   for it was cold.\r\n",
        ),
        (Format.MARKDOWN, "It is\ncold.\n", "Freezing.", None),
        (Format.HTML, "<p>Tom &amp; I left.", "I & Tom left <now>.",
         "<p>I &amp; Tom left &lt;now&gt;."),
        (Format.HTML, "<p>The caf&eacute; is big.", "It is a big café.",
         "<p>It is a big caf&eacute;."),
        (Format.HTML, "<p>A <b>big <i>old</i></b> house.", "This house: big old.",
         "<p>This house: <b>big <i>old</i></b>."),
        (Format.HTML, "<p>Only 10&nbsp;km to go.", "It is only 10 km.",
         "<p>It is only 10&nbsp;km."),
        (Format.HTML, "<p>Only 1&nbsp;g here.", "A 1 g, 1 g here.", "<p>A 1 g, 1 g here."),
        (Format.HTML, "<p>A caf&eacute;  is here.", "Here is a café.", "<p>Here is a caf&eacute;."),
        (Format.HTML, "<p>We met\n   in May.", "In May we met.", "<p>In May\n   we met."),
        (Format.LATEX, "We \\emph{know} it~\\cite{a}.\n", "It~is.", None),
        (Format.LATEX, "We \\emph{know} it.\n", "50% & more know.",
         "50\\% \\& more \\emph{know}.\n"),
        (Format.LATEX, "In Figure~\\ref{a} we see it.\n", "We see it in Figure \\ref{a}.",
         "We see it in Figure~\\ref{a}.\n"),
        (Format.LATEX, "It is known~\\cite{a}.\n", "Everyone knows \\cite{a}.",
         "Everyone knows~\\cite{a}.\n"),
        (Format.LATEX, "He said ``yes'' loudly.\n", "Loudly he said “yes”.",
         "Loudly he said ``yes''.\n"),
        (Format.LATEX, "It is so\n% why\n  in May.\n", "So it is in May.",
         "So it is\n% why\n  in May.\n"),
        (Format.LATEX, "It is so % why\nin May.\n", "In May it is so.",
         "In May it % why\nis so.\n"),
        (Format.VTT, "WEBVTT\n\n" + CUE[2:] + "It is cold.\n", "It < <i>cold.",
         "WEBVTT\n\n" + CUE[2:] + "It &lt; &lt;i&gt;cold.\n"),
        (Format.SRT, CUE + "It is cold.\n", "It is <i>cold.", None),
        (Format.SRT, CUE + "It is <i>so</i> cold\nin May.\n",
         "In May it is so cold.",
         CUE + "In May it is\n<i>so</i> cold.\n"),
        (Format.SRT, CUE + "It is cold\nin May.\n", "Cold.", None),
        (Format.SRT, CUE + "It is cold.\n", "It --> cold.", None),
    ],
)  # fmt: skip
def test_a_replaced_sentence(kind, text, paraphrase, written):
    document = parse(text, kind)
    assert (document.segments[0].render(paraphrase) is None) == (written is None)
    assert document.write({0: paraphrase}) == (text if written is None else written)


@pytest.mark.parametrize(
    "kind, text",
    [
        (Format.MARKDOWN, "# A heading is here.\n\nAnother one is here.\n====\n"),
        (Format.MARKDOWN, "```\nThis is code.\n"),
        (Format.MARKDOWN, "---\na: This is data.\n---\n"),
        (Format.MARKDOWN, "+++\na = 'This is data.'\n+++\n"),
        (Format.MARKDOWN, "$$\na is b.\n\nc is d.\n$$\n"),
        (Format.MARKDOWN, "\\begin{align}\na is b.\n\\end{align}\n"),
        (Format.MARKDOWN, "<p>This is HTML.</p>\n"),
        (Format.MARKDOWN, "[a]: b 'This is a title.'\n"),
        (Format.MARKDOWN, "| This is | the head |\n|---|---|\n"),
        (Format.MARKDOWN, "::: note\n:::\n\n!!! warning\n\n*[A]: This is long.\n"),
        (Format.MARKDOWN, "The *first one. And the* second.\n"),
        (Format.MARKDOWN, "`code is here`\n"),
        (Format.MARKDOWN, "This <b>is <i>so</b> it</i> is.\n"),
        (Format.MARKDOWN, "- [It is so](u)\n- [It is. It was.](u)\n"),
        (Format.MARKDOWN, "[It is so.  \nIt was so.](u)\n"),
        (Format.HTML, "<a href=u>It is so.<br>It was so.<p>It is.</a>"),
        (Format.MARKDOWN, "[It is.][] [It is.]\n\n[It is.]: u\n"),
        (Format.HTML, "<p><a href=u>It is so. It was so.</a></p>"),
        (Format.LATEX, "\\href{u}{It is so.}\n"),
        (Format.HTML, "<p>The <b>first one. And the</b> second.</p>"),
        (Format.HTML, "<script>if (a < b) { It is. }</script><code>It is."),
        (Format.HTML, "<pre>It is <b>so</b>.</pre><p translate=no>It is."),
        (Format.LATEX, "\\section{It is so.}\\begin{verbatim}\nIt is.\n\\end{verbatim}\n"),
        (Format.LATEX, "This is \\unknown{so} here. % It is so.\n"),
        (Format.LATEX, "\\begin{tabular}{l}\\begin{tabular}{l}a\\end{tabular}It is.\\end{tabular}"),
        (Format.HTML, "<p>The last </> words are here.</p>"),
        (Format.LATEX, "It is some%\nthing here.\n"),
        (Format.LATEX, "It is so.\n\\begin{document}\n\\end{document}\nIt was so.\n"),
        (Format.SRT, "\n".join(CUE + "and so it goes on\n" for _ in range(4))),
        (Format.LATEX, "We see \\[ a = b \\] as well.\n"),
        (Format.LATEX, "It is\\c\nhis so.\n"),
        (Format.LATEX, "\\newcommand{\\x}{It is so.}\n"),
        (Format.SRT, "It is no cue.\n\n" + CUE + "[It is so.]\n"),
        (Format.VTT, "WEBVTT\n\nSTYLE\nIt is so.\n\n00:01.000 --> 00:02.000\n♪ It is so\n"),
        (Format.VTT, "WEBVTT\n\n00:01.000 --> 00:02.000\nIt <00:01.5>is <00:01.8>so.\n"),
    ],
)
def test_what_is_left_alone(kind, text):
    assert sources(text, kind) == []


@pytest.mark.parametrize(
    "kind, text, freeze",
    [
        (Format.PLAIN, "It is `so`.", ()),
        (Format.MARKDOWN, "It *is* `so` in $x$ [here and there and everywhere else now](u).",
         ("`so`", "$x$", "is", "here and there and everywhere else now")),
        (Format.MARKDOWN, "It *is so that many more words are marked* here.", ()),
        (Format.MARKDOWN, "*It is so*.", ()),
        (Format.MARKDOWN, "This[^1] is so.", ("This",)),
        (Format.HTML, "<p>Set <code>a<b>b</b> &lt; c</code> here.", ("`ab < c`",)),
        (Format.HTML, "<p>Set <kbd>a`b</kbd> here.", ("<kbd>a`b</kbd>",)),
        (Format.LATEX, "Set \\texttt{a\\_b} and \\verb|c d| here.", ("`a\\_b`", "`c d`")),
        (Format.LATEX, "See \\cite{a} and \\citep[p.~3]{b}.", ("\\cite{a}", "\\citep[p.~3]{b}")),
    ],
)  # fmt: skip
def test_what_a_paraphrase_must_keep(kind, text, freeze):
    (segment,) = parse(text, kind).segments
    assert segment.freeze == freeze


@pytest.mark.parametrize(
    "written, read",
    [
        ("na\\\"{\\i}ve", "naïve"), ("\\c{c}a", "ça"), ("\\v s", "š"), ("\\'\\i", "í"),
        ("\\^o", "ô"), ("\\~n", "ñ"), ("\\aa{}s", "ås"), ("hy\\-phen", "hyphen"),
        ("a\\ldots{} b", "a… b"), ("1--2", "1–2"), ("a---b", "a—b"), ("`a'", "‘a’"),
        ("50\\%", "50%"), ("a\\,b", "a\u202fb"), ("\\ae{}on", "æon"),
    ],
)  # fmt: skip
def test_characters_of_latex(written, read):
    (segment,) = parse(f"It is {written} here.", Format.LATEX).segments
    assert segment.source == f"It is {read} here."
    assert segment.render(f"Here it is {read}.") == f"Here it is {written}."


@pytest.mark.parametrize(
    "text, answer, written",
    [
        ("**Default:** `'/'`.\n", "Standard: `'/'`.", None),
        ("**Default:** `'/'`.\n", "`'/'` is the Default:.", "`'/'` is the **Default:**."),
        ("© [Jane Doe](u)\n", "By Jane Doe ©", "By [Jane Doe](u) ©"),
        ("([It is so](u).)\n", "(Yes, It is so.)", "(Yes, [It is so](u).)"),
    ],
)
def test_what_stands_beside_marked_words_is_not_marked(text, answer, written):
    (segment,) = parse(text, Format.MARKDOWN).segments
    assert segment.render(answer) == written


def test_an_environment_that_is_only_talked_about_ends_with_its_paragraph():
    text = "We write |\\begin{aligned}| for it. And so.\n\nIt goes on here.\n"
    assert sources(text, Format.LATEX) == ["It goes on here."]
    text = "\\begin{foo} It is so. \\begin{foo} It is so. \\end{foo} It is so.\n"
    assert sources(text, Format.LATEX) == []


def test_markup_around_a_whole_sentence_is_outside_of_it():
    (segment,) = parse("***It is so.***\n", Format.MARKDOWN).segments
    assert segment.raw == "It is so."


def test_no_sentence_ends_in_a_formula():
    assert sources("We use $x. Y$ here.\n", Format.MARKDOWN) == ["We use $x. Y$ here."]


def test_equal_cells_of_a_table_are_two():
    document = parse("|a|b|\n|-|-|\n|It is so.|It is so.|\n", Format.MARKDOWN)
    assert document.write({0: "So it is."}).endswith("|So it is.|It is so.|\n")
    assert document.write({1: "So it is."}).endswith("|It is so.|So it is.|\n")


def test_a_break_inside_a_cue_ends_no_sentence():
    assert sources(CUE + "I met old\nMr. Jones in May.\n", Format.SRT) == [
        "I met old Mr. Jones in May."
    ]


@pytest.mark.parametrize("nothing", ["\\/", "\\-"])
def test_markup_that_stands_for_no_letters(nothing):
    document = parse(f"It rained {nothing} a lot.", Format.LATEX)
    paraphrase = "There was ... much rain ."
    assert document.segments[0].render(paraphrase) == paraphrase
