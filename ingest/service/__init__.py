"""``service_cards.toml`` of a corpus in, the bureau's own word on where and how a policy is applied for out."""
