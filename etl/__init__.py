"""Files in, trustworthy numbers out: everything between an export file and an answer."""
