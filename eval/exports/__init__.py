"""Questions, evidence and a run in; the files of other people's evaluation tools out: BEIR, TREC, Ragas, promptfoo."""
