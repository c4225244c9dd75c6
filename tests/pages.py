"""The Markdown pages that people read: their fenced blocks, headings and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
_FENCE: Final = re.compile(
    r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```\n", re.MULTILINE | re.DOTALL
)
_CODE: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_LINK: Final = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_SOURCE: Final = re.compile(r"\bsrc(?:set)?=\"([^\"]+)\"|\bhref=\"([^\"]+)\"")
_HEADING: Final = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block. Of its info string GitHub shows no more than the language."""

    page: str
    line: int
    language: str
    note: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Page:
    """A page by its path below the repository."""

    path: str

    def __str__(self) -> str:
        return self.path

    @property
    def text(self) -> str:
        return (ROOT / self.path).read_text(encoding="utf-8")

    def blocks(self) -> Iterator[Block]:
        """Yield the fenced blocks, without the indentation that they have in a list."""
        text = self.text
        for found in _FENCE.finditer(text):
            language, _, note = found["info"].strip().partition(" ")
            yield Block(
                page=self.path,
                line=text.count("\n", 0, found.start()) + 1,
                language=language,
                note=note.strip(),
                text=re.sub(f"^{found['indent']}", "", found["text"], flags=re.MULTILINE),
            )

    def links(self) -> Iterator[str]:
        """Yield where links and pictures lead to, also those in HTML."""
        text = _CODE.sub("", _FENCE.sub("", self.text))
        yield from _LINK.findall(text)
        for source, target in _SOURCE.findall(text):
            yield source or target

    def anchors(self) -> set[str]:
        """Return the anchors that GitHub gives to the headings."""
        found: dict[str, int] = {}
        for heading in _HEADING.findall(_FENCE.sub("", self.text)):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
            anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
            found[anchor] = found.get(anchor, -1) + 1
        return {
            anchor if not number else f"{anchor}-{number}"
            for anchor, last in found.items()
            for number in range(last + 1)
        }


def pages() -> list[Page]:
    """Return all pages that people read in the repository."""
    folders = ("", ".github/", "docs/", "mentees/")
    found = (path for folder in folders for path in (ROOT / folder).glob("*.md"))
    return [Page(path.relative_to(ROOT).as_posix()) for path in sorted(found)]
