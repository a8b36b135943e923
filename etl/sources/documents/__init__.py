"""What several sources need whatever they are about: careful reading of JSON and heads, and text out of markup."""
