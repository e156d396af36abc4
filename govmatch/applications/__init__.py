"""Applications: drafted together, submitted as versions with receipts, sealed until opened."""
