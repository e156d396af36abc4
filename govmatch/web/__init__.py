"""HTTP for our pages: the way of a request, pages and fragments, headers, limits, static files.

Knows an `Actor` and nobody by name: what finds a person is injected by `govmatch.app`.
"""
