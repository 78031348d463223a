"""The area of the bureau's staff: plain pages made on the server, behind a login, every change in a log."""
