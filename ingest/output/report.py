"""What segmentation made of a source, as a report for people and for machines."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass

from ingest.corpus.load import Segmented
from ingest.output.json_form import document_json
from ingest.types import Corpus, PolicyDocument

SHOWN_DOUBTS = 20  # lines per file in the report for people; --json has all


@dataclass(frozen=True, slots=True)
class FileReport:
    """One source: counts, share of the text by owner, doubtful places, seconds taken."""

    segmented: Segmented
    seconds: float
    unchanged: bool = False

    def shares(self) -> dict[str, float]:
        """Share of all characters by role of clause, headings and kind of furniture; sums to 1."""
        total = max(1, len(self.segmented.source.text))
        counts: Counter[str] = Counter()
        for clause in self.segmented.clauses:
            counts[clause.role.value] += sum(len(piece) for piece in clause.own_pieces)
        for heading in self.segmented.headings:
            counts["heading"] += sum(len(piece) for piece in heading.pieces)
        for item in self.segmented.furniture:
            counts[item.kind] += len(item.span)
        return {name: count / total for name, count in counts.most_common()}

    def as_json(self) -> dict[str, object]:
        """For ``--json``."""
        segmented = self.segmented
        counts = Counter(clause.document for clause in segmented.clauses)
        return {
            "file": segmented.source.name,
            "format": segmented.source.format,
            "encoding": segmented.source.encoding,
            "sha256": segmented.source.sha256,
            "characters": len(segmented.source.text),
            "documents": Counter(document.kind for document in segmented.documents),
            "clauses": Counter(clause.role.value for clause in segmented.clauses),
            "described": [document_json(document, counts[document.id]) for document in segmented.documents],
            "shares": self.shares(),
            "doubts": [{"line": doubt.line, "message": doubt.message} for doubt in segmented.doubts],
            "unchanged": self.unchanged,
            "seconds": round(self.seconds, 3),
        }

    def as_text(self) -> str:
        """A few lines for the terminal, doubts with line numbers last."""
        segmented = self.segmented
        kinds = Counter(document.kind for document in segmented.documents)
        roles = Counter(clause.role.value for clause in segmented.clauses)
        again = " · unchanged" if self.unchanged else ""
        size = f"{segmented.source.format} · {len(segmented.source.text):,} characters"
        lines = [
            f"{segmented.source.name}   {size} · sha256 {segmented.source.sha256[:8]}{again} · {self.seconds:.2f} s",
            f"  documents  {len(segmented.documents)}  (" + ", ".join(f"{n} {k}" for k, n in kinds.items()) + ")",
            f"  clauses    {len(segmented.clauses)}  (" + ", ".join(f"{n} {r}" for r, n in roles.most_common()) + ")",
            "  text       " + ", ".join(f"{name} {share:.1%}" for name, share in self.shares().items()),
        ]
        lines.extend(f"  ! line {doubt.line:,}  {doubt.message}" for doubt in segmented.doubts[:SHOWN_DOUBTS])
        if len(segmented.doubts) > SHOWN_DOUBTS:
            lines.append(f"  ! {len(segmented.doubts) - SHOWN_DOUBTS} more doubtful places: --json lists them all")
        return "\n".join(lines)


def document_lines(document: PolicyDocument) -> list[str]:
    """What is known of a document, a fact a line; nothing for what is no policy of its own."""
    validity = document.validity
    named = {"replaces": document.replaces, "repeals": document.repeals}
    facts = {
        "level": document.level,
        "issuer": document.issuer,
        "number": document.number,
        "issued": document.issued,
        "in force from": validity.valid_from,
        "in force until": validity.valid_until or validity.undetermined,
        "repealed": "yes" if validity.repealed else None,
        **{name: "; ".join(one.number or one.title or "" for one in ones) or None for name, ones in named.items()},
    }
    return [f"# {document.title}", *(f"  {name}: {fact}" for name, fact in facts.items() if fact)]


def name_left_out(corpus: Corpus) -> int:
    """Name on stderr every file of the corpus folder that is in no clause, and why; returns how many there are."""
    for why in corpus.left_out.values():
        sys.stderr.write(f"{why}\n")
    if corpus.left_out:
        sys.stderr.write(f"Files left out: {len(corpus.left_out)}; the others serve.\n")
    return len(corpus.left_out)
