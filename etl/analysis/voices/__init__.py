"""What posts say: new themes among those that no cause explains, and the few that speak for the rest."""
