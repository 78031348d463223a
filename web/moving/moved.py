"""What of a POLICYQA_HOME moves into a database, and where each of it lies on both sides."""

from __future__ import annotations

from bot.records.store import FILE as RECORDS_FILE
from bot.records.tables import COMPLAINT, FEEDBACK, SETTLED, TURN
from eval.runs.kept_runs import FOLDER as RUNS
from eval.sets.question_sets import FOLDER as QUESTION_SETS
from ingest.corpus.versions import FOLDER as VERSIONS
from ingest.database.blobs import BLOB, FILE
from web.http.api_keys import FILE as API_KEYS
from web.http.entry_table import ENTRY
from web.staff.identity.accounts import FILE as ACCOUNTS
from web.staff.identity.accounts import SIGN_ON_FILE as SIGN_ON
from web.staff.identity.known_devices import FILE as STAFF_SECRET
from web.staff.shell.audit_log import FILE as AUDIT_LOG
from web.staff.shell.audit_table import AUDIT

RECORD_TABLES = (TURN, FEEDBACK, COMPLAINT, SETTLED)
TABLES = (*RECORD_TABLES, ENTRY, AUDIT, FILE, BLOB)  # none of them may hold anything where all is to be moved in
LISTS = (ACCOUNTS, SIGN_ON, API_KEYS)  # names of files, and of lists in the database
TREES = (QUESTION_SETS, RUNS, VERSIONS)  # folders, and trees in the database
NAMES = (RECORDS_FILE, *LISTS, AUDIT_LOG, *TREES)  # none of them may be there where all is to be moved out
ROWS_AT_A_TIME = 200  # an answer is some ten kilobytes
__all__ = [
    "AUDIT_LOG",
    "LISTS",
    "NAMES",
    "RECORDS_FILE",
    "RECORD_TABLES",
    "ROWS_AT_A_TIME",
    "STAFF_SECRET",
    "TABLES",
    "TREES",
]
