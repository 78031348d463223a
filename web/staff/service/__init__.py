"""The page of service cards: a card somebody typed in; it in a draft, or one sentence on why not, out."""
