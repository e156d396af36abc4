"""Signed values: links and cookies that nobody else can make. One secret, one salt per purpose."""

from typing import Any

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer


class Signer:
    """Signs and reads back small JSON values; each purpose has its own signature."""

    def __init__(self, secret_key: str) -> None:
        self._secret = secret_key

    def sign(self, purpose: str, value: Any) -> str:
        return str(URLSafeSerializer(self._secret, salt=f"govmatch.{purpose}").dumps(value))

    def read(self, purpose: str, text: str) -> Any | None:
        """Return the signed value, or None when the signature is not ours."""
        try:
            return URLSafeSerializer(self._secret, salt=f"govmatch.{purpose}").loads(text)
        except BadData:
            return None

    def sign_timed(self, purpose: str, value: Any) -> str:
        return str(URLSafeTimedSerializer(self._secret, salt=f"govmatch.{purpose}").dumps(value))

    def read_timed(self, purpose: str, text: str, *, seconds: int) -> Any | None:
        """Return the signed value, or None when it is not ours or older than `seconds`."""
        serializer = URLSafeTimedSerializer(self._secret, salt=f"govmatch.{purpose}")
        try:
            return serializer.loads(text, max_age=seconds)
        except BadData:
            return None
