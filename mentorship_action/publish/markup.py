"""Markdown to HTML as GitHub shows it, cleaned so that no text of a user becomes markup."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.tasklists import tasklists_plugin

_MENTION_OR_NUMBER = re.compile(
    r"(?<![\w/#@.-])(?:@(?P<login>[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})(?![\w/-])"
    r"|#(?P<number>[1-9][0-9]{0,6})(?!\w))",
    re.ASCII,
)
_EMOJI = {":tada:": "🎉", ":wave:": "👋", ":+1:": "👍", ":heart:": "❤️"}
_SHORT_CODE = re.compile("|".join(map(re.escape, _EMOJI)))

# What GitHub's own sanitiser lets through and an issue of ours can need; no images, for a
# rehearsal fetches nothing.
_TAGS = set(
    "a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i input ins kbd li "
    "ol p pre s samp span strong sub summary sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {
    "a": {"href"},
    "details": {"open"},
    "input": {"aria-label", "checked", "disabled"},
    "ol": {"start"},
}
_OWN_CLASSES = {
    "li": {"task-list-item"},
    "ul": {"contains-task-list"},
    "a": {"mention", "reference"},
    "span": {"mention"},
}
_HREF = re.compile(
    r"(?:https?://|mailto:|#issue-[0-9]+$|#line-[0-9]+-[0-9]+-[0-9]+$)", re.IGNORECASE
)


def to_html(markdown: str) -> Markup:
    """Return a body or a comment as GitHub would show it: tables, task lists, mentions, no more."""
    return Markup(_cleaner().clean(_parser().render(markdown)))  # noqa: S704 - cleaned right here


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(tasklists_plugin)
    parser.core.ruler.push("references", _mark_references)
    parser.core.ruler.push("labels", _label_for_screen_readers)
    return parser


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_OWN_CLASSES,
        attribute_filter=_keep,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        # One alone: of several the cleaner would choose another order in each process.
        set_tag_attribute_values={"input": {"disabled": ""}},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _keep(tag: str, attribute: str, value: str) -> str | None:
    """Return an attribute's value, or None for an address that leads to our own page or nowhere."""
    if (tag, attribute) == ("a", "href") and not _HREF.match(value):
        return None
    return value


def _mark_references(state: StateCore) -> None:
    """Turn mentions and issue numbers in running text into what GitHub makes of them."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_with_references(token.children))


def _label_for_screen_readers(state: StateCore) -> None:
    """Say of a box whether it is ticked; a heading of a table without text is a plain cell."""
    for before, token, after in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if before.type == "th_open" and not token.content:
            before.tag = after.tag = "td"
        for child in token.children or ():
            if child.content.startswith('<input class="task-list-item-checkbox"'):
                label = "done" if "checked" in child.content else "not done"
                child.content = child.content.replace("<input", f'<input aria-label="{label}"')


def _with_references(tokens: Sequence[Token]) -> Iterable[Token]:
    in_link = 0
    for token in tokens:
        in_link += token.type == "link_open"
        in_link -= token.type == "link_close"
        if token.type == "text" and not in_link:
            yield from _split(token.content)
        else:
            yield token


def _split(text: str) -> Iterable[Token]:
    text = _SHORT_CODE.sub(lambda match: _EMOJI[match[0]], text)
    end = 0
    for match in _MENTION_OR_NUMBER.finditer(text):
        yield _text(text[end : match.start()])
        if match["login"]:
            yield from _element("span", {"class": "mention"}, match[0])
        else:
            href = f"#issue-{match['number']}"
            yield from _element("a", {"class": "reference", "href": href}, match[0])
        end = match.end()
    yield _text(text[end:])


def _element(tag: str, attributes: dict[str, str | int | float], text: str) -> Iterable[Token]:
    yield Token(f"{tag}_open", tag, 1, attrs=attributes)
    yield _text(text)
    yield Token(f"{tag}_close", tag, -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
