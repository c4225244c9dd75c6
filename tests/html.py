"""HTML as tests look at it, and texts that try to become a part of it."""

from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Outline(HTMLParser):
    """The elements of a page; fails where one is closed that isn't open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def having(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute)) is not None]


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details></section><h1>Mine</h1>",
    "<!-- mentorship v1 kind=tracker mentee=ada -->",
    "[x](javascript:alert(1)) ![i](https://evil.example/i.png)",
    "<style>*{display:none}</style><iframe src=https://evil.example></iframe>",
    "<a id=issue-1 href=page.html onclick=x>x</a><form><input name=q></form>",
    '"><svg/onload=alert(1)>',
)
