"""The table of terms, loaded from content/taxonomy."""

from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govmatch.kit.db import Base, Json


class TermKind(StrEnum):
    THEME = "theme"
    TECHNOLOGY = "technology"


class Term(Base):
    """One theme or technology; a theme without a parent is a heading."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    slug: Mapped[str]
    parent: Mapped[str | None]
    labels: Mapped[dict[str, str]] = mapped_column(Json)
    descriptions: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    position: Mapped[int] = mapped_column(default=0)
