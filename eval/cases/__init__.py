"""Question files in (JSONL, CSV, XLSX), cases out."""
