"""Which searches somebody saved, and who follows what."""

from govmatch.following.queries.follows import (
    Follower,
    at_once_of,
    by_address,
    by_subscriber,
    due,
    find_subscriber,
    followers,
    get_own_follow,
    grouped,
    own_follow,
    own_follows,
    people_due,
    searches_at_once,
    these,
)
from govmatch.following.queries.requests import open_request, others_of, request_by_id
from govmatch.following.queries.saving import count, find_saved, get_own, saved

__all__ = [
    "Follower",
    "at_once_of",
    "by_address",
    "by_subscriber",
    "count",
    "due",
    "find_saved",
    "find_subscriber",
    "followers",
    "get_own",
    "get_own_follow",
    "grouped",
    "open_request",
    "others_of",
    "own_follow",
    "own_follows",
    "people_due",
    "request_by_id",
    "saved",
    "searches_at_once",
    "these",
]
