"""Files of office programs that only LibreOffice reads, turned into files that we read."""
