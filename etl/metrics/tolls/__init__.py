"""What breakdowns cost those they failed, beside their count: answers, sightings, time, voices, parts."""
