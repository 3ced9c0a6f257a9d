"""Ways to hold the talk. A channel translates, never decides; channels never import each other."""
