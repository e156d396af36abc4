"""What people keep an eye on: searches that they saved, and what they follow by mail."""
