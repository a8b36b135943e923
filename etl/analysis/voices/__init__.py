"""What posts say: new themes that no cause explains, the few that speak for the rest, how right told causes are."""
