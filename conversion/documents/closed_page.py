"""What a page may consist of: a closed list of elements, none of which refers to anything.

The engine passes over much that it doesn't know, and what it learns to fetch with its next version
nobody foresees. So a page is refused for an element that papers don't use or an attribute by which
one refers to something, before the engine sees it; the closed table of assets stands behind that.
"""

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from conversion.errors import DocumentRefused

ELEMENTS: Final = frozenset(
    {
        *("html", "head", "title", "meta", "style", "body", "section", "div", "span", "br"),
        *("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "b", "strong", "sup", "sub"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
        *("svg", "g", "desc", "path", "line", "polyline", "polygon", "circle", "ellipse", "rect"),
        *("text", "tspan"),
    }
)
"""What papers are made of; `templates/documents/_elements.css` says how each is printed."""

REFERRING: Final = frozenset(
    {
        *("action", "archive", "background", "cite", "classid", "codebase", "data", "formaction"),
        *("href", "http-equiv", "icon", "longdesc", "manifest", "ping", "poster", "profile"),
        *("src", "srcdoc", "srcset", "usemap", "xlink:href", "xml:base"),
    }
)
"""Attributes whose value is an address (HTML §4, SVG 2 §16)."""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"


def refuse_foreign(number: str, elements: Iterable[Element]) -> None:
    """Refuse a page with an element that papers don't use, or one that refers to something.

    Raises:
        DocumentRefused: names the first of them.
    """
    for element in elements:
        if found := _foreign(element.tag.removeprefix(_SVG), element.attrib):
            remedy = "从模板中删去；文书不引用任何外部内容"
            raise DocumentRefused(f"印制文书{number}", found, remedy)


def _foreign(tag: str, attributes: dict[str, str]) -> str:
    if tag not in ELEMENTS:
        return f"页面含有文书不用的元素 <{tag}>"
    names = (name.replace(_XLINK, "xlink:").lower() for name in attributes)
    referring = next((name for name in names if name in REFERRING), "")
    return f"页面的元素 <{tag}> 用 {referring} 引用了别的内容" if referring else ""
