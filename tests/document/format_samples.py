"""Small documents that look like real ones, and what hypothesis makes of their like."""

import re

from hypothesis import strategies as st

from paraphraser_tui.document.formats import Format

PLAIN = """\
Meeting notes

The budget was approved on Monday. Everyone was there, and the discussion
took longer than we had planned, because nobody had read the report before
the meeting began.

- Send the minutes.\tDone by Friday.
- Call the supplier.
"""

MARKDOWN = """\
---
title: A *very* plain title
---
# What this is about and why

Some *plain* words with `code. Here` in **bold text** and a [link to
here](http://a.b/c "t") that go on. Second sentence[^1] with $x_1 = 3$ math &amp; more
caf&eacute;s in 2 \\* 3 rows.
**All of this is bold.** Next *one. Two* done now.

> A quotation goes on
> and on until the end. A second
> sentence is here.

- [ ] The first task is to do.
- The second item
  continues in lower case.

| a | b |
|---|---|
| This is a sentence. | And `x` another one. |

$$
a = b
$$

```python
print("Nothing is here.")
```

[^1]: The footnote is here. See <https://x.y/z> for more.

[ref]: http://foo.bar

<div>
No words of this block are read.
</div>

    indented code is here.

The last line is here. See [ref] and [foo][ref] again.
"""

HTML = """\
<!DOCTYPE html>
<html><head><title>The title is here.</title><style>p {a: b}</style></head>
<body><h1>A heading is here.</h1>
<p class="x">Some <em>plain</em> words &amp; caf&eacute;s with <code>a &lt; b</code> in
   <a href="http://x.y">a link</a> that wraps. Second &ldquo;one&rdquo; at AT&T is
   here.<br>Line two. <!-- a note --> The third one.</p>
<pre>This code is here.</pre><script>var x = "<p>Hello there.</p>";</script>
<ul><li>One item is here<li>Two <b>items. Or</b> three.</ul>
<textarea>Nothing to read.</textarea><div translate="no">Not this one.</div>
</body></html>
"""

LATEX = r"""\documentclass{article}
\title{The title is here.}
\begin{document}
\section{Introduction to the matter}
This is the \emph{first} sentence of Erd\H{o}s and caf\'es~\cite{foo} here. % comment
% nothing but a comment
It goes on with $x_1 = 3$ and 50\% of ``quotes'' in Figure~\ref{fig:a}\footnote{A note.} and so on
over two lines. {\bf Bold is here.} The next \foo{bar} is unknown.

\begin{tabular}{ll}
A cell is here. & Another is there.
\end{tabular}
\begin{itemize}
\item The first item is here.
\item[Foo] Second \textbf{item \emph{nested} here} and \href{http://x.y}{a link} too.
\end{itemize}
We have
\begin{equation}
a = b
\end{equation}
where the result is shown.\label{x} It's all.
\end{document}
Nothing is here.
"""

SRT = """\
1
00:00:01,000 --> 00:00:04,000
<i>We never thought</i> that it
would come to this.

2
00:00:05,000 --> 00:00:07,000
- Did you see her?
- No, and I never will.

3
00:00:08,000 --> 00:00:10,000
The long road went on and on, and

4
00:00:10,000 --> 00:00:12,000
nobody knew where it would end.

5
00:00:13,000 --> 00:00:15,000
[door creaks in the distance]
{\\an8}♪ All the leaves are brown ♪
"""

VTT = """\
WEBVTT - The words of a film

NOTE Nothing to read is here.

intro
00:01.000 --> 00:04.000 align:start
<v Mary>We &amp; they saw <b>the film</b> again.</v>
<c.yellow>Who <00:02.000>is it that came here?</c>
"""

SAMPLES = {
    Format.PLAIN: PLAIN, Format.MARKDOWN: MARKDOWN, Format.HTML: HTML,
    Format.LATEX: LATEX, Format.SRT: SRT, Format.VTT: VTT,
}  # fmt: skip

_WORDS = [
    "The dog", "barked", "loudly", " ", " ", " ", ". ", ", ", "! ", "\n", "\n", "\r\n", "\n\n",
    "é", "’", "“", "\u00a0", "\u2028", "\x0b", "x", "1",
]  # fmt: skip
_MARKS = {
    Format.PLAIN: ["- ", "\t", "\r", "1. ", "   "],
    Format.MARKDOWN: [
        "*", "**", "_", "~~", "`", "```\n", "[", "](u)", "[x][y]", "[^1]", "$", "$$", "<b>", "</b>",
        "<!--", "-->", "&amp;", "&", "\\", "> ", "- ", "# ", "| ", "|---|\n", "    ", "  \n",
        "---\n",
        "[y]: z\n", "<http://a.b>", "https://c.d", "!", "{.c}", "@k", ":::\n", "<br>", "<", "^",
    ],
    Format.HTML: [
        "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href='x'>", "</a>", "<br>", "<!--", "-->",
        "<script>", "</script>", "<code>", "</code>", "&amp;", "&eacute;", "&#233;", "&x", "&", "<",
        ">", "</>", "<img alt='a'>", "<pre>", "</pre>", "<![CDATA[", "]]>", "<?php", "?>", "'", '"',
    ],
    Format.LATEX: [
        "\\emph{", "}", "{", "\\cite{k}", "$", "$$", "\\[", "\\]", "\\(", "\\)", "%", "\\%", "~",
        "--", "``", "''", "\\'e", "\\begin{equation}", "\\end{equation}", "\\begin{itemize}",
        "\\item ",
        "\\footnote{a}", "\\", "\\\\", "[", "]", "&", "\\begin{document}", "\\end{document}", "\\c",
        "\\verb|", "|", "\\href{u}{", "\\ldots ", "\\foo",
    ],
    Format.SRT: [
        "1\n", "00:00:01,000 --> 00:00:02,000\n", "<i>", "</i>", "- ", "{\\an8}", "♪ ", "[", "]",
        "<",
    ],
    Format.VTT: [
        "WEBVTT\n", "00:01.000 --> 00:02.000\n", "<v A>", "</v>", "<c.d>", "</c>", "<00:01.000>",
        "&lt;", "&", "-->", "NOTE ", "- ",
    ],
}  # fmt: skip


@st.composite
def documents(draw, kind: Format) -> str:
    """Any text, words and marks of the format, or a sample with some thrown in."""
    marks = st.lists(st.sampled_from(_WORDS + _MARKS[kind]), max_size=25).map("".join)
    sample = SAMPLES[kind]
    which = draw(st.integers(0, 3))
    if which == 0:
        return draw(st.text(max_size=60))
    if which == 1:
        return draw(marks)
    start, end = sorted(draw(st.integers(0, len(sample))) for _ in range(2))
    if which == 2:
        return sample[:start] + draw(marks) + sample[start:]
    return sample[start:end]


def changed(source: str, freeze: tuple[str, ...]) -> str:
    """The source in capitals, but for what must stay."""
    if not freeze:
        return source.upper()
    longest_first = sorted(freeze, key=len, reverse=True)
    kept = "|".join(rf"(?<!\w){re.escape(f)}(?!\w)|{re.escape(f)}" for f in longest_first)
    return re.sub(f"({kept})|(.)", lambda m: m[1] or m[2].upper(), source, flags=re.S)
