"""glossary.toml in, policy words for people's words out; rows are changed here too."""
