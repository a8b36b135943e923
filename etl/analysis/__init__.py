"""What is concluded from answers: whether it changed, why, and what broke. Nothing here is stored."""
