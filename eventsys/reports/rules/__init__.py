"""Rules about what visitors look for: words that are found, diets and allergens that fit, the choice in the address."""
