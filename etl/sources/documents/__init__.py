"""What the flattening of JSON documents needs whatever they are about: careful reading, and text out of markup."""
