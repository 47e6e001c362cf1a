"""The population: microdata of persons and households, drawn from or calibrated to published figures."""
