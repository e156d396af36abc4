"""Threads of messages between two sides."""
