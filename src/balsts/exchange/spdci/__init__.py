"""Search between registries as the Social Protection Digital Convergence Initiative describes it (version 1)."""
