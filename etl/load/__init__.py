"""From a staged file to landed rows: cast, quarantine, decide each record's fate, upsert, account."""
