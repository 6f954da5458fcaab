// made by scripts/front
