"""What the explanations state: claims, the purchase directory, the glossary."""
