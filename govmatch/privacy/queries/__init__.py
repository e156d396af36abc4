"""What people asked about their own data, and what is kept until when."""

from govmatch.privacy.queries.asking import (
    due_erasures,
    export_by_id,
    exports_of,
    get_own_export,
    is_only_administrator,
    kept_exports,
    lapsed_exports,
    open_erasure,
    runs,
    signed_in_since,
)
from govmatch.privacy.queries.cases import Case, cases, over
from govmatch.privacy.queries.due import due
from govmatch.privacy.queries.keeping import Kept, kept_of

__all__ = [
    "Case",
    "Kept",
    "cases",
    "due",
    "due_erasures",
    "export_by_id",
    "exports_of",
    "get_own_export",
    "is_only_administrator",
    "kept_exports",
    "kept_of",
    "lapsed_exports",
    "open_erasure",
    "over",
    "runs",
    "signed_in_since",
]
