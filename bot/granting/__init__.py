"""What was found for a question and what its asker told in, the same with checked grants judged against it out."""
