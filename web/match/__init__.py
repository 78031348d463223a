"""What somebody says of themselves in, a page of everything they can claim out; also on paper, in Word and as a table."""
