"""The printed lines of a text: how wide they are wrapped, and which of their blanks typesetting left."""
