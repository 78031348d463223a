"""Records whose words changed in the text: before and now side by side, taken over by a person."""
