"""What is measured: each metric one declaration; a question in, an answer out."""
