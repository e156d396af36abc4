"""Long answers as they are read: Markdown, with line ends where their writers put them."""

import re

from markupsafe import Markup

from govmatch.kit.markdown import kept, render

# Two blanks at its end make a line end a line break.
_LINE_END = re.compile(r"(?<=\S)[ \t]*\n(?=[ \t]*\S)")
_HEADING = re.compile(r"<h[2-5](?: id=\"[^\"]*\")?>(.*?)</h[2-5]>", re.DOTALL)


def prose(text: str) -> Markup:
    """Return a long answer as HTML without script, frame or image.

    A heading becomes a line in bold: an answer is a part of a page that has its own headings, and
    two answers may have the same one.
    """
    html = str(render(_LINE_END.sub("  \n", text)))
    return kept(_HEADING.sub(r"<p><strong>\1</strong></p>", html))
