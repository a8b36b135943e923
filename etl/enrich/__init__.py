"""Pure Arrow steps from batch to batch: redaction, normalised identifiers, customers, reply threads."""
