"""What the commands and environments of LaTeX mean to a reader of the page."""

# Their argument is running text.
AROUND_TEXT = frozenset(
    "emph textbf textit textsl textsc textsf textrm textup textmd textnormal underline uline"
    " enquote mbox textsuperscript textsubscript".split()
)
# The same after a first argument that is none.
AROUND_SECOND = frozenset("href textcolor hyperref".split())
# Read as they are, with their arguments.
VERBATIM = frozenset(
    "cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite"
    " footcite supercite fullcite nocite ref eqref autoref pageref nameref cref Cref vref subref"
    " url path nolinkurl mintinline ensuremath SI si num qty unit ang gls Gls"
    " glspl acrshort acrlong ac LaTeX TeX LaTeXe BibTeX S P ss copyright pounds euro textregistered"
    " texttrademark textdegree today dots".split()
)
CODE = frozenset("texttt code lstinline".split())
# Not read where they stand; they hang on a word.
NOTES = frozenset("footnote footnotemark footnotetext label index thanks marginpar todo".split())
# Paragraphs end here, and the arguments are no running text.
BORDERS = frozenset(
    "part chapter section subsection subsubsection paragraph subparagraph title author date"
    " maketitle tableofcontents item par newpage clearpage bibliography bibliographystyle"
    " printbibliography include input includegraphics caption vspace hspace bigskip medskip"
    " smallskip noindent centering documentclass usepackage newcommand renewcommand def"
    " setlength appendix pagestyle thispagestyle keywords newline linebreak pagebreak hline"
    " addcontentsline listoffigures listoftables begin end and affil institute email address"
    " frametitle setcounter raggedright small footnotesize large Large LARGE huge Huge"
    " normalsize scriptsize tiny bibitem newblock".split()
)
# Environments of running text; any other is left alone.
PROSE = frozenset(
    "document abstract itemize enumerate description quote quotation center flushleft flushright"
    " theorem lemma proof definition remark example corollary proposition frame block minipage"
    " multicols sloppypar".split()
)
# They stand in the middle of a sentence.
DISPLAYS = frozenset(
    "equation align alignat flalign gather multline eqnarray displaymath math".split()
)
# Written for one character that the reader sees.
SYMBOLS = {
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textendash": "–", "textemdash": "—", "ldots": "…",
    "textellipsis": "…", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "j": "ȷ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı",
}  # fmt: skip
# The combining characters of the accents.
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "'": "’", "~": "\u00a0"}
