"""What can be looked up at the desk: a provision with its quote, and which documents there are."""

from datetime import date

from bot.rendering import LIFECYCLE_WORDS, marked_provision
from chains.prompting import wording
from chains.reply import Citation
from knowledge.document import Lifecycle
from knowledge.library import Library


def provision_text(citation: Citation, library: Library, public_url: str) -> str:
    """The provision with the quote in bold, and where it can be read whole if the pages can be reached."""
    words = marked_provision(citation, library)
    says_where = bool(citation.label) and words.lstrip("*").startswith(citation.label)
    place = "" if says_where else " ".join(part for part in (citation.label, citation.heading) if part)
    lifecycle = LIFECYCLE_WORDS[Lifecycle(citation.lifecycle)]
    head = wording("desk.provision", title=citation.document_title, place=place, lifecycle=lifecycle)
    lines = [head, words]
    if public_url:
        lines.append(f"{public_url}/documents/{citation.document_id}#{citation.provision}")
    return "\n".join(lines)


def sources_text(library: Library, day: date) -> str:
    """The documents that are held, and how they stand on a day."""
    lines = [wording("desk.sources")]
    for document in library.documents.values():
        until = document.record.effective_to
        values = {
            "title": document.record.title,
            "lifecycle": LIFECYCLE_WORDS[document.lifecycle(day)],
            "until": _spoken(until.date) if until else "",
        }
        lines.append(wording("desk.source_until" if until else "desk.source", **values))
    return "\n".join(lines)


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
