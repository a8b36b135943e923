"""What the declarations of social networks share: a post's one flat shape, and careful reading of JSON."""
