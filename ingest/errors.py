"""Every error of the project that a caller may want to tell apart.

    PolicyQAError                 what, where, what to do: one sentence; the command line ends with status 2
    ├── UnusableInput             the user gave something that cannot be used
    │   ├── SourceUnreadable      one source file cannot be read (missing, empty, scanned, locked, broken, too large)
    │   ├── CorpusUnusable        no corpus, or its corpus.toml is wrong
    │   │   └── EntitlementsUnusable  a file of its entitlements is wrong
    │   ├── DraftUnusable         a draft of a new corpus is not there, or cannot be changed as asked
    │   │   └── DraftOutdated     another version was published since it was begun
    │   └── QuestionUnusable      a question that cannot be asked (too long, not text)
    ├── VocabularyUnusable        a file of ingest/vocabulary is wrong: a fault of whoever edited it
    ├── LosslessnessBroken        a segmentation lost or doubled a character: a fault of ours, never of the user
    ├── ModelUnusable             an embedding, reranking or chat model cannot be loaded or answers nonsense
    ├── UnusableIndex             the search index
    │   ├── IndexMissing          there is none yet
    │   ├── IndexOutdated         built from other text, by another model or another version
    │   ├── IndexCorrupt          a file of it is damaged or foreign
    │   └── IndexBusy             another process is building it
    ├── EvaluationUnusable        a question set or a run folder is faulty
    ├── ChangedMeanwhile          somebody else changed what was opened before it was saved
    ├── RecordsUnusable           the file of transcripts and feedback cannot be used
    ├── DatabaseUnusable          the database of POLICYQA_DATABASE_URL: somebody has to mend something
    │   └── DatabaseAway          it cannot be reached just now
    └── ServiceUnavailable        a port is taken, a service does not answer

The message is meant for the person at the screen: it says what happened, where, and the next step.
"""

from __future__ import annotations

from ingest.sentences import Sentence


class PolicyQAError(Exception):
    """Base of every error the project raises on purpose.

    It is raised with the key of a sentence and what fills its blanks, or with a sentence that was made elsewhere.
    """

    def __init__(self, key: str, /, **blanks: object) -> None:
        self.sentence = key if isinstance(key, Sentence) else Sentence(key, **blanks)
        super().__init__(self.sentence)


class UnusableInput(PolicyQAError):
    """What the user gave cannot be used."""


class SourceUnreadable(UnusableInput):
    """One source file cannot be read; the other files of a corpus still can."""


class CorpusUnusable(UnusableInput):
    """There is no corpus here, or its ``corpus.toml`` is wrong."""


class EntitlementsUnusable(CorpusUnusable):
    """A record of an entitlement, or a file of them, cannot be used as it is written."""


class DraftUnusable(UnusableInput):
    """A draft of a new version of the corpus is not there, or cannot be changed or published as asked."""


class DraftOutdated(DraftUnusable):
    """Another version was published since the draft was begun; publishing it would undo that one."""


class QuestionUnusable(UnusableInput):
    """A question that cannot be asked."""


class VocabularyUnusable(PolicyQAError):
    """A file of the vocabulary cannot be read, or holds a key that nobody knows."""


class LosslessnessBroken(PolicyQAError):
    """A character of a source belongs to no clause, or to two."""


class ModelUnusable(PolicyQAError):
    """A model cannot be loaded, or what it returns cannot be used."""


class UnusableIndex(PolicyQAError):
    """The search index cannot be used; the message names the command that mends it."""


class IndexMissing(UnusableIndex):
    """No index has been built yet."""


class IndexOutdated(UnusableIndex):
    """The index was built from other text, by another model or by another version."""


class IndexCorrupt(UnusableIndex):
    """A file of the index is damaged, missing or foreign."""


class IndexBusy(UnusableIndex):
    """Another process is building the index."""


class EvaluationUnusable(PolicyQAError):
    """A question set or a run folder is faulty; the message names file and row."""


class ChangedMeanwhile(PolicyQAError):
    """Somebody else changed, or took away, what was opened before it was saved; nothing was written."""

    def __init__(self) -> None:
        super().__init__("ingest.changed_meanwhile")


class RecordsUnusable(PolicyQAError):
    """Transcripts and feedback cannot be read or kept."""


class DatabaseUnusable(PolicyQAError):
    """The database cannot be used as it is set up; the message names what is to be mended."""


class DatabaseAway(DatabaseUnusable):
    """The database cannot be reached just now; what is to be kept waits, and everything else goes on."""


class ServiceUnavailable(PolicyQAError):
    """A port is taken, or a service does not answer."""
