"""What people say of themselves, and how their words stand to those of records."""
